import { InMemoryVCenter } from "./inMemoryVCenter";
import { examplePlace } from "./templateImages";

/** The template that is looked for. */
export const lookedUpPath = `${examplePlace.folder}/ubuntu-noble-24.04-0123abcd`;

/** A vCenter with everything that the example's place names, and no template yet. */
export function templateVCenter(): InMemoryVCenter {
  const vCenter = new InMemoryVCenter();
  vCenter.place("Datacenter:datacenter-1", "X1");
  for (const [folder, name, key, object] of [
    ["Folder:group-h1", "host", "ClusterComputeResource:domain-c1", "x1_cluster_prod"],
    ["Folder:group-s1", "datastore", "Datastore:datastore-9", "x1_root"],
    ["Folder:group-n1", "network", "DistributedVirtualPortgroup:dvportgroup-1", "k8s-nodes"],
    ["Folder:group-v1", "vm", "Folder:group-v2", "Templates"],
  ] as const) {
    vCenter.place(folder, name, "Datacenter:datacenter-1");
    vCenter.place(key, object, folder);
    // The runner asks for each object by its path.
    vCenter.machines.add(`/X1/${name}/${object}`, key);
  }
  vCenter.machines.add(`${examplePlace.cluster}/Resources`, "ResourcePool:resgroup-1");
  vCenter.machines.add(`${examplePlace.cluster}/Resources/packer`, "ResourcePool:resgroup-2");
  vCenter.machines.add(`${examplePlace.cluster}/esxi-01`, "HostSystem:host-1");
  return vCenter;
}
