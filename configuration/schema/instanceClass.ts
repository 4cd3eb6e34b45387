import { z } from "zod";
import { nameserversSchema } from "./networks";
import { ipv4Address, ipv4WithPrefix, text } from "./text";

const share = z.int().min(0).max(100);

/** How ESXi shares processors and memory among virtual machines. */
export const runtimeOptionsSchema = z.strictObject({
  nestedHardwareVirtualization: z
    .boolean()
    .optional()
    .meta({
      description: "Whether the nodes can run virtual machines themselves.",
      examples: [true],
      computedDefault: "Deckhouse's own",
    }),
  cpuShares: z
    .int()
    .min(0)
    .optional()
    .meta({
      description: "Processor shares, relative to other virtual machines.",
      examples: [1000],
      computedDefault: "Deckhouse's own",
    }),
  cpuLimit: z
    .int()
    .optional()
    .meta({
      description: "Processor limit in MHz.",
      examples: [8000],
      computedDefault: "Deckhouse's own",
    }),
  cpuReservation: z
    .int()
    .min(0)
    .optional()
    .meta({
      description: "Reserved processor capacity in MHz.",
      examples: [2000],
      computedDefault: "Deckhouse's own",
    }),
  memoryShares: share.optional().meta({
    description: "Memory shares, relative to other virtual machines, from 0 to 100.",
    examples: [80],
    computedDefault: "Deckhouse's own",
  }),
  memoryLimit: z
    .int()
    .optional()
    .meta({
      description: "Memory limit in MiB.",
      examples: [8192],
      computedDefault: "Deckhouse's own",
    }),
  memoryReservation: share.optional().meta({
    description:
      "Share of the memory that is reserved, in percent from 0 to 100. For masters and permanent nodes, the installer " +
      "hands the number to vSphere as megabytes, so it reserves next to nothing there.",
    examples: [80],
    computedDefault: "Deckhouse's own",
  }),
});

/** A static address of one node. */
const mainNetworkAddressSchema = z.strictObject({
  address: ipv4WithPrefix.meta({
    description: "The node's address, with the prefix length of its network.",
    examples: ["10.20.0.11/24"],
  }),
  gateway: ipv4Address.optional().meta({
    description: "The default gateway, in the same network.",
    examples: ["10.20.0.1"],
    computedDefault: "the gateway of the main network",
  }),
  nameservers: nameserversSchema.optional().meta({
    description: "The name servers of the node.",
    examples: [{ addresses: ["10.20.0.2"] }],
    computedDefault: "those of the main network",
  }),
});

const numCPUs = z
  .int()
  .min(1)
  .meta({ description: "Number of processors.", examples: [4] });
const memory = z
  .int()
  .min(1)
  .meta({ description: "Memory in MiB.", examples: [8192] });
const template = text.optional().meta({
  description:
    "The template to clone, relative to the datacenter's vm folder or as a full path: a template or a powered-off " +
    "virtual machine, with exactly one disk and at least one network adapter.",
  examples: ["Templates/ubuntu-24.04"],
  computedDefault: "the template of `templateImage`; required without it",
});
const mainNetwork = text.meta({
  description:
    "The network of the first adapter, which has the default route: one of `networks`, relative to the " +
    "datacenter's network folder or as a full path.",
  examples: ["k8s-nodes"],
});
const additionalNetworks = z
  .array(text)
  .optional()
  .meta({
    description:
      "The networks of further adapters, one each, in the same spellings. Deckhouse assigns the masters an address " +
      "there, but no other nodes: those need DHCP.",
    examples: [["k8s-bgp"]],
    computedDefault: "none",
  });
const datastore = text.optional().meta({
  description:
    "The datastore of the root disk, relative to the datacenter's datastore folder or as a full path. It must be " +
    "mounted on the hosts of every zone of the nodes.",
  examples: ["x1_root"],
  computedDefault: "`rootDiskDatastore`; required without it",
});
const resourcePool = text.optional().meta({
  description: "The resource pool for the nodes, relative to the cluster. It must exist.",
  examples: ["k8s"],
  computedDefault: "the pool that Deckhouse creates",
});
const runtimeOptions = runtimeOptionsSchema.optional().meta({
  description: "How ESXi allocates processors and memory to the nodes.",
  examples: [{ memoryReservation: 80 }],
  computedDefault: "Deckhouse's own",
});

/**
 * The virtual machine of a node: Deckhouse's `instanceClass`, with its own names and units (memory in MiB,
 * disks in GiB).
 */
export const instanceClassSchema = z.strictObject({
  ...{ numCPUs, memory, template, mainNetwork, additionalNetworks, datastore },
  rootDiskSize: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Size of the root disk in GiB, at least the size of the template's disk.",
      examples: [60],
      computedDefault: "Deckhouse's own, 50",
    }),
  resourcePool,
  mainNetworkIPAddresses: z
    .array(mainNetworkAddressSchema.meta({ title: "static address" }))
    .optional()
    .meta({
      description:
        "Static addresses on the main network, in the order of the nodes and at least one per node.",
      examples: [[{ address: "10.20.0.11/24" }]],
      computedDefault: "none: the nodes use DHCP",
    }),
  runtimeOptions,
});

/**
 * The virtual machine of a node that is ordered from inside the cluster: Deckhouse's `VsphereInstanceClass`. Such
 * nodes know DHCP only, and take from the masters what is left out here.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/`.
 */
export const ephemeralInstanceClassSchema = z.strictObject({
  ...{ numCPUs, memory, template },
  mainNetwork: mainNetwork.optional().meta({
    description:
      "The network of the first adapter, which has the default route: one of `networks`, with DHCP.",
    examples: ["k8s-nodes"],
    computedDefault: "the main network of the masters",
  }),
  ...{ additionalNetworks, datastore },
  rootDiskSize: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Size of the root disk in GiB, at least the size of the template's disk.",
      examples: [40],
      computedDefault: "Deckhouse's own, 20",
    }),
  resourcePool,
  disableTimesync: z
    .boolean()
    .optional()
    .meta({
      description: "Whether to keep ESXi from adjusting the nodes' clocks.",
      examples: [false],
      computedDefault: "Deckhouse's own, `true`",
    }),
  runtimeOptions,
});
