import { isObjectGone } from "./errors";
import { objectKey, type ManagedObjectReference } from "./objects";
import { readProperties, type SoapLink } from "./soap/link";
import type { Properties } from "./soap/messages";
import type { XmlElement } from "./soap/xml";

/** A virtual machine or a template, as a list shows it. */
export interface VirtualMachineSummary extends ManagedObjectReference {
  /** As stored: `/ \ %` inside a name are `%2f %5c %25`. */
  readonly name: string;
  readonly isTemplate: boolean;
  readonly isPoweredOn: boolean;
  /** When it was made; undefined when vCenter does not say. */
  readonly created?: Date;
}

/** A virtual disk. */
export interface VirtualDisk {
  /** Identifies the device within its machine, for example 2000. */
  readonly key: number;
  /** "Hard disk 1". */
  readonly label: string;
  /** What the guest sees, not what the disk takes on the datastore. */
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
  /** `vmx-15`; empty when vCenter does not say. */
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

/** The property that has the devices. */
export const devicesPath = "config.hardware.device";

/** The properties of a {@link VirtualMachine}. */
const machinePaths: readonly string[] = [
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

/** Reads a summary from the properties of {@link summaryPaths}. */
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

/** Whether the property `runtime.powerState` says so. A suspended machine is not powered on. */
function isPoweredOn(properties: Properties): boolean {
  return properties.get("runtime.powerState")?.text === "poweredOn";
}

/** Reads a machine from the properties of {@link machinePaths}. */
function readVirtualMachine(
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

/** The machine or template; undefined when it is gone. */
export async function readMachine(
  link: SoapLink,
  reference: ManagedObjectReference,
): Promise<VirtualMachine | undefined> {
  const description = { operation: "read a virtual machine", object: objectKey(reference) };
  try {
    const properties = await readProperties(link, description, reference, machinePaths);
    return readVirtualMachine(reference, properties);
  } catch (error) {
    if (isObjectGone(error)) return undefined;
    throw error;
  }
}

/**
 * Whether a machine is powered on.
 * @throws VCenterError `notFound` with the code ManagedObjectNotFound when it is gone
 */
export async function readPower(
  link: SoapLink,
  reference: ManagedObjectReference,
): Promise<boolean> {
  const description = { operation: "read a virtual machine", object: objectKey(reference) };
  const paths = ["runtime.powerState"];
  return isPoweredOn(await readProperties(link, description, reference, paths));
}

/** The devices that are network adapters, as vCenter wrote them. */
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

/** Hosts before 5.5 do not give the capacity in bytes. */
function capacity(disk: XmlElement): number {
  const bytes = disk.child("capacityInBytes");
  return bytes ? Number(bytes.text) : Number(disk.child("capacityInKB")?.text ?? 0) * 1024;
}
