/**
 * A managed object reference: what vCenter calls an object. It is stable while the object stays registered, but not
 * across registering it again: resolve it from the inventory path on each run.
 */
export interface ManagedObjectReference {
  /** For example `Datacenter`, `ClusterComputeResource`, `Datastore`, `Folder`. */
  readonly type: string;
  /** For example `datacenter-21`. */
  readonly id: string;
}

/** The key of a reference in a Map or Set, and its form in texts: `Datastore:datastore-12`. */
export function objectKey(reference: ManagedObjectReference): string {
  return `${reference.type}:${reference.id}`;
}

/** The bare reference of what may be a whole object: vCenter refuses fields it does not know. */
export function plainReference({ type, id }: ManagedObjectReference): ManagedObjectReference {
  return { type, id };
}

/** The bare references without repeats, in the order of their first appearance. */
export function distinctObjects(
  references: readonly ManagedObjectReference[],
): ManagedObjectReference[] {
  const distinct = new Map(
    references.map((reference) => [objectKey(reference), plainReference(reference)]),
  );
  return [...distinct.values()];
}

/** The kinds of objects, named as in the vSphere Client, each with vCenter's types for it. */
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

/** A kind of object, named as in the vSphere Client. */
export type ObjectKind = keyof typeof typesByKind;

/** The kinds of networks that a network adapter can be connected to. */
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

/** vCenter's types of these kinds, in their order. */
export function typesOf(kinds: readonly ObjectKind[]): string[] {
  return kinds.flatMap((kind) => typesByKind[kind]);
}

/** What people call an object of one of vCenter's types: `a datastore cluster`. */
export function kindOf(type: string): string {
  const known = Object.entries(typesByKind).find(([, types]) =>
    (types as readonly string[]).includes(type),
  );
  return known === undefined ? `an object of type ${type}` : withArticle(known[0]);
}

/** Kinds as a part of a sentence: `a datacenter, a cluster or a datastore`. */
export function anyOf(kinds: readonly ObjectKind[]): string {
  const words = kinds.map(withArticle);
  const last = words.pop() ?? "";
  return words.length === 0 ? last : `${words.join(", ")} or ${last}`;
}

function withArticle(kind: string): string {
  return `${kind.startsWith("NSX") ? "an" : "a"} ${kind}`;
}
