import { z } from "zod";
import { masterNodeGroupSchema, nodeGroupSchema } from "./nodeGroups";
import { ipv4WithPrefix, text } from "./text";

const networkNames = z.array(text).optional();

/**
 * What goes into `VsphereClusterConfiguration` beyond what the program knows itself (the account, the
 * region, the zones and the categories), under Deckhouse's own field names. Every key is optional here,
 * because the defaults for all regions and what one region adds share this schema; the rule
 * `clusterConfigurationComplete` says what is required in the end.
 */
export const clusterConfigurationSchema = z.strictObject({
  cloudPrefix: text.optional().meta({
    description:
      "`cloud.prefix` of the cluster: the name of its resource pools and the start of its node names. " +
      "It is only checked, and belongs into Deckhouse's ClusterConfiguration.",
    examples: ["x1"],
    computedDefault: "none, nothing is checked",
  }),
  vmFolderPath: text.optional().meta({
    description:
      "Folder for the cluster's virtual machines, below the datacenter's vm folder. One cluster for " +
      "each folder.",
    examples: ["k8s/x1"],
    computedDefault: "required for a cluster configuration",
  }),
  vmFolderExists: z
    .boolean()
    .optional()
    .meta({
      description:
        "`true` when the folder is there already. Otherwise the installer makes it, and needs " +
        "`Folder.Create` for that.",
      examples: [true],
      computedDefault: "Deckhouse's own, `false`",
    }),
  sshPublicKey: text.optional().meta({
    description: "Public SSH key for the nodes, in OpenSSH's one-line form.",
    examples: [
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f admin@example.com",
    ],
    computedDefault: "required for a cluster configuration",
  }),
  internalNetworkCIDR: ipv4WithPrefix.optional().meta({
    description:
      "Subnet of the nodes' internal network, as a network address with its prefix length.",
    examples: ["10.20.0.0/24"],
    computedDefault: "required for a cluster configuration",
  }),
  internalNetworkNames: networkNames.meta({
    description:
      "Names (not paths) of the port groups whose addresses become the nodes' internal addresses.",
    examples: [["k8s-nodes"]],
    computedDefault: "none",
  }),
  externalNetworkNames: networkNames.meta({
    description:
      "Names (not paths) of the port groups whose addresses become the nodes' external addresses.",
    examples: [["k8s-public"]],
    computedDefault: "none",
  }),
  masterNodeGroup: masterNodeGroupSchema.optional().meta({
    description: "The masters.",
    examples: [
      {
        replicas: 3,
        instanceClass: {
          numCPUs: 4,
          memory: 8192,
          template: "Templates/ubuntu-24.04",
          mainNetwork: "k8s-nodes",
          datastore: "x1_root",
        },
      },
    ],
    computedDefault: "required for a cluster configuration",
  }),
  nodeGroups: z
    .array(nodeGroupSchema)
    .optional()
    .meta({
      description: "Further permanent nodes, for example frontends.",
      examples: [
        [
          {
            name: "frontend",
            replicas: 2,
            instanceClass: {
              numCPUs: 2,
              memory: 4096,
              template: "Templates/ubuntu-24.04",
              mainNetwork: "k8s-nodes",
              datastore: "x1_root",
            },
          },
        ],
      ],
      computedDefault: "none",
    }),
  baseResourcePool: text.optional().meta({
    description:
      "Resource pool, relative to each zone's cluster, in which Deckhouse makes the cluster's own " +
      "pool. It has to exist.",
    examples: ["kubernetes"],
    computedDefault: "the root pool of each cluster",
  }),
  useNestedResourcePool: z
    .boolean()
    .optional()
    .meta({
      description: "Whether Deckhouse makes a resource pool for the cluster in each zone.",
      examples: [false],
      computedDefault: "Deckhouse's own, `true`",
    }),
  storagePolicyID: text.optional().meta({
    description: "Id (not the name) of the storage policy for the root disks of permanent nodes.",
    examples: ["aa6d5a82-1c88-45da-85d3-3d74b91a5bad"],
    computedDefault: "none",
  }),
  disableTimesync: z
    .boolean()
    .optional()
    .meta({
      description: "Whether ESXi is kept from correcting the nodes' clocks.",
      examples: [false],
      computedDefault: "Deckhouse's own, `true`",
    }),
});
