import type { z } from "zod";
import type { configurationSchema } from "../../configuration/schema";

type Written = z.input<typeof configurationSchema>;
type WrittenRegion = Written["regions"][number];

/**
 * The worked example of the documentation: two regions with two zones each, the role of the first setup
 * guide, and what is needed to make a cluster configuration for both regions.
 */
export const exampleConfiguration: Written = {
  regions: [
    region("x1", "10.20.0.0/24", [
      { name: "k8s-zone-x1-a", cluster: "x1_cluster_prod", datastores: ["x1_lun_1", "x1_lun_2"] },
      { name: "k8s-zone-x1-b", cluster: "x1_cluster_stage", datastores: ["x1_lun_3"] },
    ]),
    region("x2", "10.30.0.0/24", [
      { name: "k8s-zone-x2-a", cluster: "x2_cluster_prod", datastores: ["x2_lun_1"] },
      { name: "k8s-zone-x2-b", cluster: "x2_cluster_stage", datastores: ["x2_lun_2"] },
    ]),
  ],
  role: { preset: "seed", principals: ["deckhouse@vsphere.local"] },
  clusterConfiguration: {
    vmFolderExists: true,
    sshPublicKey:
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f admin@example.com",
  },
};

function region(name: string, subnet: string, zones: WrittenRegion["zones"]): WrittenRegion {
  return {
    name: `k8s-region-${name}`,
    datacenter: name.toUpperCase(),
    zones,
    clusterConfiguration: {
      vmFolderPath: `k8s/${name}`,
      networks: [{ path: "k8s-nodes", nodeAddress: "internal", subnet }],
      masterNodeGroup: {
        replicas: 3,
        instanceClass: {
          numCPUs: 4,
          memory: 8192,
          template: "Templates/ubuntu-24.04",
          mainNetwork: "k8s-nodes",
          datastore: `${name}_root`,
        },
      },
    },
  };
}
