import type { ClusterLookupInputs } from "../../components/clusterLookup/clusterLookup";
import type { InMemoryVCenter } from "./inMemoryVCenter";
import { templateVCenter } from "./templateVCenter";

/** The ids of the two policies of {@link clusterVCenter}. */
export const policyIds = {
  nodes: "5c3f1a52-6f0e-4f0a-9d6b-2b7a4c8e9d10",
  standard: "aa6d5a82-1c88-45da-85d3-3d74b91a5bad",
} as const;

/** What the documents of the first region's cluster name, all of which {@link clusterVCenter} has. */
export const exampleLookup: ClusterLookupInputs = {
  region: "k8s-region-x1",
  datacenter: "/X1",
  networks: ["/X1/network/k8s-nodes"],
  datastores: [
    {
      path: "/X1/datastore/x1_root",
      isOfMasters: true,
      clusters: ["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"],
    },
  ],
  resourcePools: ["/X1/host/x1_cluster_prod/Resources/kubernetes"],
  vmFolder: { path: "/X1/vm/k8s/x1", exists: true },
  templates: [{ path: "/X1/vm/Templates/ubuntu", smallestRootDisk: 50 }],
  storagePolicy: { name: "Kubernetes nodes" },
};

/** The first region of the example with its hosts, a template, a resource pool and storage policies; and a second one. */
export function clusterVCenter(): InMemoryVCenter {
  const vCenter = templateVCenter();
  for (const [key, name, parent] of [
    ["ClusterComputeResource:domain-c2", "x1_cluster_stage", "Folder:group-h1"],
    ["Datastore:datastore-1", "x1_lun_1", "Folder:group-s1"],
    ["VmwareDistributedVirtualSwitch:dvs-1", "x1_switch", "Folder:group-n1"],
    ["Folder:group-v3", "k8s", "Folder:group-v1"],
    ["Folder:group-v4", "x1", "Folder:group-v3"],
    ["Datacenter:datacenter-2", "X2", undefined],
    ["Folder:group-n2", "network", "Datacenter:datacenter-2"],
    ["DistributedVirtualPortgroup:dvportgroup-2", "k8s-nodes", "Folder:group-n2"],
    ["Folder:group-s2", "datastore", "Datacenter:datacenter-2"],
    ["Datastore:datastore-19", "x1_root", "Folder:group-s2"],
  ] as const) {
    vCenter.place(key, name, parent);
  }
  const [prod, stage] = [
    ["host-11", "host-12", "host-13"],
    ["host-21", "host-22"],
  ] as const;
  vCenter.hosts.ofCluster("ClusterComputeResource:domain-c1", ...prod);
  vCenter.hosts.ofCluster("ClusterComputeResource:domain-c2", ...stage);
  vCenter.hosts.ofDatastore("Datastore:datastore-9", ...prod, ...stage);
  vCenter.hosts.ofDatastore("Datastore:datastore-1", ...prod);
  vCenter.machines.add("/X1/host/x1_cluster_prod/Resources/kubernetes", "ResourcePool:resgroup-3");
  vCenter.machines.addTemplate("/X1/vm/Templates/ubuntu");
  vCenter.storagePolicies.push(
    { id: policyIds.nodes, name: "Kubernetes nodes" },
    { id: policyIds.standard, name: "vSAN Default Storage Policy" },
  );
  return vCenter;
}
