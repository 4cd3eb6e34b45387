import type { ManagedObjectReference, Properties } from "./references";
import type { XmlElement } from "./xml";

/** A virtual machine or a template, as a list shows it. */
export interface VirtualMachineSummary extends ManagedObjectReference {
  /** As stored: `/ \ %` inside a name are `%2f %5c %25`. */
  readonly name: string;
  readonly isTemplate: boolean;
  readonly isPoweredOn: boolean;
  /** When it was made; undefined when vCenter does not tell. */
  readonly created?: Date;
}

/** A virtual disk. */
export interface VirtualDisk {
  /** What the device is called inside of its machine, for example 2000. */
  readonly key: number;
  /** "Hard disk 1". */
  readonly label: string;
  /** What the guest sees, not what the datastore holds. */
  readonly capacityBytes: number;
}

/** A network adapter. */
export interface NetworkAdapter {
  readonly key: number;
  /** "Network adapter 1". */
  readonly label: string;
  /** vCenter's type: `VirtualVmxnet3`. */
  readonly type: string;
}

/** A virtual machine or a template. One that is still being made may have no devices and no version yet. */
export interface VirtualMachine extends VirtualMachineSummary {
  /** `vmx-15`; empty when vCenter does not tell. */
  readonly hardwareVersion: string;
  /** In the order of the hardware. */
  readonly disks: readonly VirtualDisk[];
  /** In the order of the hardware, so that the first is the guest's first. */
  readonly networkAdapters: readonly NetworkAdapter[];
  /** The notes. */
  readonly annotation: string;
  /**
   * `guestToolsNotInstalled`, `guestToolsUnmanaged` (open-vm-tools), `guestToolsCurrent` and others of
   * VirtualMachineToolsVersionStatus; undefined when unknown, as before the first start.
   */
  readonly toolsStatus?: string;
}

/** The properties of a {@link VirtualMachineSummary}. */
export const summaryPaths: readonly string[] = [
  "name",
  "config.template",
  "config.createDate",
  "runtime.powerState",
];

/** Where the devices are. */
export const devicesPath = "config.hardware.device";

/** The properties of a {@link VirtualMachine}. */
export const machinePaths: readonly string[] = [
  ...summaryPaths,
  "config.version",
  "config.annotation",
  devicesPath,
  "guest.toolsVersionStatus2",
];

/** The types below VirtualEthernetCard (vSphere Web Services API 8.0). */
const adapterTypes: ReadonlySet<string> = new Set([
  "VirtualE1000",
  "VirtualE1000e",
  "VirtualPCNet32",
  "VirtualSriovEthernetCard",
  "VirtualVmxnet",
  "VirtualVmxnet2",
  "VirtualVmxnet3",
  "VirtualVmxnet3Vrdma",
]);

/** Reads a summary out of the properties of {@link summaryPaths}. */
export function readSummary(
  { type, id }: ManagedObjectReference,
  properties: Properties,
): VirtualMachineSummary {
  const created = Date.parse(properties.get("config.createDate")?.text ?? "");
  return {
    type,
    id,
    name: properties.get("name")?.text ?? "",
    isTemplate: properties.get("config.template")?.text === "true",
    isPoweredOn: isPoweredOn(properties),
    ...(Number.isNaN(created) ? {} : { created: new Date(created) }),
  };
}

/** Whether the property `runtime.powerState` says so. A suspended machine is not. */
export function isPoweredOn(properties: Properties): boolean {
  return properties.get("runtime.powerState")?.text === "poweredOn";
}

/** Reads a machine out of the properties of {@link machinePaths}. */
export function readVirtualMachine(
  reference: ManagedObjectReference,
  properties: Properties,
): VirtualMachine {
  const toolsStatus = properties.get("guest.toolsVersionStatus2")?.text;
  return {
    ...readSummary(reference, properties),
    hardwareVersion: properties.get("config.version")?.text ?? "",
    disks: devices(properties)
      .filter((device) => device.attribute("xsi:type") === "VirtualDisk")
      .map((disk) => ({ ...keyAndLabel(disk), capacityBytes: capacity(disk) })),
    networkAdapters: networkAdapterElements(properties).map((adapter) => ({
      ...keyAndLabel(adapter),
      type: adapter.attribute("xsi:type") ?? "",
    })),
    annotation: properties.get("config.annotation")?.text ?? "",
    ...(toolsStatus ? { toolsStatus } : {}),
  };
}

/** The devices that are network adapters, as they came. */
export function networkAdapterElements(properties: Properties): XmlElement[] {
  return devices(properties).filter((device) =>
    adapterTypes.has(device.attribute("xsi:type") ?? ""),
  );
}

function devices(properties: Properties): XmlElement[] {
  return properties.get(devicesPath)?.children("VirtualDevice") ?? [];
}

function keyAndLabel(device: XmlElement): { readonly key: number; readonly label: string } {
  return {
    key: Number(device.child("key")?.text),
    label: device.child("deviceInfo")?.child("label")?.text ?? "",
  };
}

/** The capacity in bytes is missing on disks of hosts before 5.5. */
function capacity(disk: XmlElement): number {
  const bytes = disk.child("capacityInBytes");
  return bytes ? Number(bytes.text) : Number(disk.child("capacityInKB")?.text ?? 0) * 1024;
}
