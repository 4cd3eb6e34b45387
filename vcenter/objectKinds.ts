/** The kinds of objects in the words of the vSphere Client, each with vCenter's own types. */
const typesByKind = {
  folder: ["Folder"],
  datacenter: ["Datacenter"],
  cluster: ["ClusterComputeResource"],
  "standalone host": ["ComputeResource"],
  host: ["HostSystem"],
  "resource pool": ["ResourcePool"],
  vApp: ["VirtualApp"],
  "virtual machine": ["VirtualMachine"],
  datastore: ["Datastore"],
  "datastore cluster": ["StoragePod"],
  "standard network": ["Network"],
  "distributed port group": ["DistributedVirtualPortgroup"],
  "NSX network": ["OpaqueNetwork"],
  "distributed switch": ["DistributedVirtualSwitch", "VmwareDistributedVirtualSwitch"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A kind of object, as the vSphere Client calls it. */
export type ObjectKind = keyof typeof typesByKind;

/** The kinds that a network adapter can be connected to. */
export const networkKinds = [
  "distributed port group",
  "standard network",
  "NSX network",
] as const satisfies readonly ObjectKind[];

/** The kinds of objects below a folder or a datacenter that the inventory lists. */
export const listedKinds = [
  "folder",
  "datacenter",
  "cluster",
  "standalone host",
  "datastore",
  "datastore cluster",
  ...networkKinds,
  "distributed switch",
] as const satisfies readonly ObjectKind[];

/** vCenter's types of some kinds, in their order. */
export function typesOf(kinds: readonly ObjectKind[]): string[] {
  return kinds.flatMap((kind) => typesByKind[kind]);
}

/** What people call an object of a type of vCenter: `a datastore cluster`. */
export function kindOf(type: string): string {
  const known = Object.entries(typesByKind).find(([, types]) =>
    (types as readonly string[]).includes(type),
  );
  return known === undefined ? `an object of the type ${type}` : withArticle(known[0]);
}

/** Kinds for the middle of a sentence: `a datacenter, a cluster or a datastore`. */
export function anyOf(kinds: readonly ObjectKind[]): string {
  const words = kinds.map(withArticle);
  const last = words.pop() ?? "";
  return words.length === 0 ? last : `${words.join(", ")} or ${last}`;
}

function withArticle(kind: string): string {
  return `${kind.startsWith("NSX") ? "an" : "a"} ${kind}`;
}
