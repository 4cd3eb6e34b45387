/** The types of vCenter that a network adapter can be connected to. */
export const networkTypes: readonly string[] = [
  "Network",
  "DistributedVirtualPortgroup",
  "OpaqueNetwork",
];

/** The types of vCenter's distributed switches. */
export const switchTypes: readonly string[] = [
  "DistributedVirtualSwitch",
  "VmwareDistributedVirtualSwitch",
];

const kinds: Readonly<Record<string, string>> = {
  ClusterComputeResource: "a cluster",
  ComputeResource: "a host",
  Datacenter: "a datacenter",
  Datastore: "a datastore",
  Folder: "a folder",
  HostSystem: "a host",
  ResourcePool: "a resource pool",
  StoragePod: "a datastore cluster",
  VirtualApp: "a vApp",
  VirtualMachine: "a virtual machine",
};

/** What people call an object of a type of vCenter: `a datastore cluster`. */
export function kindOf(type: string): string {
  if (networkTypes.includes(type)) return "a network";
  if (switchTypes.includes(type)) return "a distributed switch";
  return kinds[type] ?? `an object of the type ${type}`;
}
