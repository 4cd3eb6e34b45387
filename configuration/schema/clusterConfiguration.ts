import { z } from "zod";
import { ephemeralNodeGroupSchema } from "./ephemeralNodeGroups";
import { additionalIngressSchema, ingressSchema } from "./ingress";
import { kubernetesKeys } from "./deckhouse";
import { extraKeys } from "./extra";
import { firstUserSchema } from "./firstUser";
import { globalKeys } from "./global";
import { networkSchema, storageKeys } from "./networks";
import { masterNodeGroupSchema, nodeGroupSchema } from "./nodeGroups";
import { nsxtSchema } from "./nsxt";
import { proxySchema } from "./proxy";
import { text } from "./text";

/**
 * What a region's cluster is like, beyond what the program knows itself (the account, the region, the zones and the
 * categories). Every key is optional here, because the defaults for all regions and what one region adds share this
 * schema; the rule `clusterConfigurationComplete` says what is required in the end.
 */
export const clusterConfigurationSchema = z.strictObject({
  controlPlane: z
    .enum(["vSphere", "elsewhere"])
    .optional()
    .meta({
      description: "Where the masters run.",
      enumDescriptions: {
        vSphere: "In this vSphere. The documents that install the cluster are generated.",
        elsewhere:
          "Outside of vSphere, in an existing cluster that gets nodes here: the `ModuleConfig` of the vSphere provider is generated instead.",
      },
      examples: ["elsewhere"],
      computedDefault: "`vSphere`",
    }),
  cloudPrefix: text.optional().meta({
    description:
      "The cluster's `cloud.prefix`: the name of its resource pools and the beginning of its node names.",
    examples: ["x1"],
    computedDefault: "the name of the region",
  }),
  vmFolderPath: text.optional().meta({
    description:
      "The folder for the cluster's virtual machines, relative to the datacenter's vm folder. Each cluster needs its own.",
    examples: ["k8s/x1"],
    computedDefault: "required for a cluster configuration",
  }),
  vmFolderExists: z
    .boolean()
    .optional()
    .meta({
      description:
        "`true` if the folder exists already. Otherwise the installer creates it, which takes the privilege " +
        "`Folder.Create`.",
      examples: [true],
      computedDefault: "Deckhouse's own, `false`",
    }),
  sshPublicKey: text.optional().meta({
    description: "The public SSH key for the nodes, in OpenSSH's one-line format.",
    examples: [
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f admin@example.com",
    ],
    computedDefault: "required for a cluster configuration",
  }),
  networks: z
    .array(networkSchema.meta({ title: "network" }))
    .min(1)
    .optional()
    .meta({
      description:
        "The networks that node groups are connected to. Deckhouse's `internalNetworkCIDR`, `internalNetworkNames` " +
        "and `externalNetworkNames` are derived from them.",
      examples: [
        [{ path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.0.0/24" }],
        [
          { path: "k8s-public", nodeAddress: "external" },
          { path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.0.0/24", dhcp: false },
        ],
      ],
      computedDefault: "required for a cluster configuration",
    }),
  ...storageKeys,
  masterNodeGroup: masterNodeGroupSchema.optional().meta({
    description: "The control plane nodes.",
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
    .array(nodeGroupSchema.meta({ title: "node group" }))
    .optional()
    .meta({
      description: "Further permanent nodes, such as frontends.",
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
  ephemeralNodeGroups: z
    .array(ephemeralNodeGroupSchema.meta({ title: "ephemeral node group" }))
    .optional()
    .meta({
      description:
        "Groups of nodes that Deckhouse creates from inside the cluster, and that can grow and shrink.",
      examples: [
        [
          {
            name: "worker",
            minPerZone: 1,
            maxPerZone: 3,
            instanceClass: { numCPUs: 4, memory: 8192 },
          },
        ],
      ],
      computedDefault: "none",
    }),
  ingress: ingressSchema.optional().meta({
    description:
      "How traffic gets into the cluster. Takes exactly one of `externalLoadBalancer`, `metallbBGP` and `metallbL2`.",
    examples: [{ metallbL2: { addresses: ["10.20.0.200-10.20.0.210"] } }],
    computedDefault: "none: no ingress controller is generated",
  }),
  additionalIngresses: z
    .array(additionalIngressSchema.meta({ title: "additional ingress" }))
    .optional()
    .meta({
      description:
        "Further ingress controllers beside `ingress`, each with its own way of traffic, addresses, routers and node group.",
      examples: [
        [
          {
            name: "internal",
            ingressClass: "internal",
            externalLoadBalancer: { httpPort: 8080, httpsPort: 8443 },
          },
        ],
      ],
      computedDefault: "none",
    }),
  baseResourcePool: text.optional().meta({
    description:
      "The resource pool, relative to each zone's cluster, in which Deckhouse creates the cluster's own " +
      "pool. It must exist.",
    examples: ["kubernetes"],
    computedDefault: "the root pool of each cluster",
  }),
  useNestedResourcePool: z
    .boolean()
    .optional()
    .meta({
      description: "Whether Deckhouse creates a resource pool for the cluster in each zone.",
      examples: [false],
      computedDefault: "Deckhouse's own, `true`",
    }),
  disableTimesync: z
    .boolean()
    .optional()
    .meta({
      description: "Whether to keep ESXi from adjusting the nodes' clocks.",
      examples: [false],
      computedDefault: "Deckhouse's own, `true`",
    }),
  ...kubernetesKeys,
  proxy: proxySchema.optional().meta({
    description:
      "The proxies through which nodes and Deckhouse reach what is outside of the cluster, for example the container " +
      "registry.",
    examples: [{ httpsProxy: "http://proxy.example.com:3128", noProxy: ["10.20.0.0/24"] }],
    computedDefault: "none",
  }),
  ...globalKeys,
  firstUser: firstUserSchema.optional().meta({
    description:
      "A user who can log in to the web interfaces after the installation, and may do everything in the cluster. The hash " +
      "of the password is the secret `firstUserPasswordHash`. Needs `publicDomainTemplate`.",
    examples: [{ email: "admin@example.com" }],
    computedDefault: "none: nobody can log in until somebody adds a user with `kubectl`",
  }),
  nsxt: nsxtSchema.optional().meta({
    description: "NSX-T load balancers.",
    examples: [
      {
        host: "nsx.example.com",
        user: "deckhouse",
        defaultIpPoolName: "pool1",
        tier1GatewayPath: "/infra/tier-1s/gateway1",
      },
    ],
    computedDefault: "none",
  }),
  ...extraKeys,
});
