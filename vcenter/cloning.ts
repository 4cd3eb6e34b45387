import { callError, type CallDescription } from "./errors";
import { objectKey, type ManagedObjectReference } from "./objects";
import { readProperties, type SoapLink } from "./soap/link";
import { readReference, referenceContent } from "./soap/messages";
import { runTask, type TaskOptions } from "./soap/tasks";
import type { XmlContent, XmlElement } from "./soap/xml";
import { devicesPath, networkAdapterElements, readMachine } from "./virtualMachineAnswers";

/** What a clone is called and where it goes, which may be another datacenter than the source's. */
export interface CloneTarget {
  /** As stored: `/ \ %` inside a name must be `%2f %5c %25`. */
  readonly name: string;
  readonly folder: ManagedObjectReference;
  /** A template is in no pool, but vCenter needs one of the target's cluster to choose the host. */
  readonly resourcePool: ManagedObjectReference;
  readonly datastore: ManagedObjectReference;
  /** By default any compatible host of the pool's cluster, which vCenter chooses. */
  readonly host?: ManagedObjectReference;
  /** The network of the first adapter: a Network, DistributedVirtualPortgroup or OpaqueNetwork. */
  readonly network: ManagedObjectReference;
}

const remedies: NonNullable<CallDescription["remedies"]> = {
  noPermission:
    "grant the account VirtualMachine.Provisioning.CloneTemplate on the template (CreateTemplateFromVM on a machine), VirtualMachine.Inventory.CreateFromExisting on the folder, Datastore.AllocateSpace on the datastore, Network.Assign on the network and Resource.AssignVMToPool on the resource pool",
  notFound: "check that the template and every object that the clone uses still exist",
  alreadyExists: "choose another name, or use the existing one; it may be in use",
};

/** What {@link VirtualMachines.clone} does. */
export async function cloneTemplate(
  link: SoapLink,
  source: ManagedObjectReference,
  target: CloneTarget,
  options: TaskOptions,
): Promise<ManagedObjectReference> {
  const description: CallDescription = {
    operation: "clone a template",
    object: `${objectKey(source)} to ${target.name} in ${objectKey(target.folder)}`,
    remedies,
  };
  const existing = await findChild(link, description, target);
  if (existing) {
    const answer = `${objectKey(existing)} already has this name`;
    throw callError(description, { kind: "alreadyExists", answer });
  }
  const properties = await readProperties(link, description, source, [devicesPath]);
  const [adapter] = networkAdapterElements(properties);
  const backing = await networkBacking(link, target.network);
  return runTask(
    link,
    {
      ...description,
      method: "CloneVM_Task",
      target: source,
      parameters: {
        folder: referenceContent(target.folder),
        name: target.name,
        spec: cloneSpec(target, adapter, backing),
      },
      result: (value) => value && readReference(value),
      effect: async () => {
        const made = await findChild(link, description, target);
        const machine = made && (await readMachine(link, made));
        return machine?.isTemplate ? made : undefined;
      },
    },
    options,
  );
}

/** The object in the clone's folder that has its name. */
async function findChild(
  link: SoapLink,
  description: CallDescription,
  { folder, name }: CloneTarget,
): Promise<ManagedObjectReference | undefined> {
  const { searchIndex } = await link.serviceContent();
  const [child] = await link.call({
    ...description,
    method: "FindChild",
    target: searchIndex,
    parameters: { entity: referenceContent(folder), name },
  });
  return child && readReference(child);
}

/**
 * The VirtualMachineCloneSpec of a template, its elements in the order of the WSDL.
 * @param adapter the source's first network adapter as vCenter wrote it, if it has one
 * @param backing what connects it to the target's network
 */
function cloneSpec(
  target: CloneTarget,
  adapter: XmlElement | undefined,
  backing: XmlContent,
): XmlContent {
  const { datastore, resourcePool, host } = target;
  return {
    location: {
      datastore: referenceContent(datastore),
      pool: referenceContent(resourcePool),
      ...(host ? { host: referenceContent(host) } : {}),
      ...(adapter ? { deviceChange: adapterChange(adapter, backing) } : {}),
    },
    template: true,
    powerOn: false,
  };
}

/** Without its MAC address, so that the clone gets a new one. */
function adapterChange(adapter: XmlElement, backing: XmlContent): XmlContent {
  const connectable = adapter.child("connectable");
  return {
    operation: "edit",
    device: {
      "@xsi:type": adapter.attribute("xsi:type") ?? "",
      ...texts(adapter, "key"),
      backing,
      ...(connectable
        ? { connectable: texts(connectable, "startConnected", "allowGuestControl", "connected") }
        : {}),
      ...texts(adapter, "controllerKey", "unitNumber"),
    },
  };
}

/** The child elements of these names that exist. */
function texts(element: XmlElement, ...names: readonly string[]): Record<string, XmlContent> {
  const present = names.flatMap((name) => {
    const child = element.child(name);
    return child ? [[name, child.text] as const] : [];
  });
  return Object.fromEntries(present);
}

/**
 * The `backing` that connects an adapter to a network.
 * @throws VCenterError `noPermission` when the account may not read what that takes
 */
async function networkBacking(
  link: SoapLink,
  network: ManagedObjectReference,
): Promise<XmlContent> {
  if (network.type === "DistributedVirtualPortgroup") return portgroupBacking(link, network);
  if (network.type === "OpaqueNetwork") return opaqueBacking(link, network);
  const required = await readRequired(link, network, ["name"]);
  return {
    "@xsi:type": "VirtualEthernetCardNetworkBackingInfo",
    deviceName: required("name").text,
    network: referenceContent(network),
  };
}

async function portgroupBacking(
  link: SoapLink,
  portgroup: ManagedObjectReference,
): Promise<XmlContent> {
  const paths = ["config.key", "config.distributedVirtualSwitch"] as const;
  const required = await readRequired(link, portgroup, paths);
  const virtualSwitch = readReference(required("config.distributedVirtualSwitch"));
  const requiredOfSwitch = await readRequired(link, virtualSwitch, ["uuid"]);
  return {
    "@xsi:type": "VirtualEthernetCardDistributedVirtualPortBackingInfo",
    port: {
      switchUuid: requiredOfSwitch("uuid").text,
      portgroupKey: required("config.key").text,
    },
  };
}

async function opaqueBacking(link: SoapLink, network: ManagedObjectReference): Promise<XmlContent> {
  const required = await readRequired(link, network, ["summary"]);
  const summary = required("summary");
  return {
    "@xsi:type": "VirtualEthernetCardOpaqueNetworkBackingInfo",
    opaqueNetworkId: summary.child("opaqueNetworkId")?.text ?? "",
    opaqueNetworkType: summary.child("opaqueNetworkType")?.text ?? "",
  };
}

/** Reads properties that every network has: a missing one is one that the account may not read. */
async function readRequired<Path extends string>(
  link: SoapLink,
  object: ManagedObjectReference,
  paths: readonly Path[],
): Promise<(path: Path) => XmlElement> {
  const description = {
    operation: "read a network",
    object: objectKey(object),
    remedies: { noPermission: "grant the account the role ReadOnly on the network and its switch" },
  };
  const properties = await readProperties(link, description, object, paths);
  return (path) => {
    const value = properties.get(path);
    if (value) return value;
    const answer = `vCenter does not show its property ${path} to this account`;
    throw callError(description, { kind: "noPermission", answer });
  };
}
