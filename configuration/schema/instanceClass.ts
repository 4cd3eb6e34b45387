import { z } from "zod";
import { nameserversSchema } from "./networks";
import { runtimeOptionsSchema } from "./runtimeOptions";
import { ipv4Address, ipv4WithPrefix, text } from "./text";

/** A static address of one node. */
export const mainNetworkAddressSchema = z.strictObject({
  address: ipv4WithPrefix.meta({
    description: "The node's address with the prefix length of its network.",
    examples: ["10.20.0.11/24"],
  }),
  gateway: ipv4Address.optional().meta({
    description: "The default gateway, in the same network.",
    examples: ["10.20.0.1"],
    computedDefault: "the gateway of the main network",
  }),
  nameservers: nameserversSchema.optional().meta({
    description: "Name resolution of the node.",
    examples: [{ addresses: ["10.20.0.2"] }],
    computedDefault: "that of the main network",
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
    "The template to clone, below the datacenter's vm folder or as a full path: a template or a virtual machine " +
    "that is switched off, with exactly one disk and at least one network adapter.",
  examples: ["Templates/ubuntu-24.04"],
  computedDefault: "the template of `templateImage`; required without that",
});
const mainNetwork = text.meta({
  description:
    "Network of the first adapter, below the datacenter's network folder or as a full path; one of `networks`. " +
    "The default route goes there.",
  examples: ["k8s-nodes"],
});
const additionalNetworks = z
  .array(text)
  .optional()
  .meta({
    description:
      "Networks of further adapters, one for each, in the same spellings. The platform gives masters an address on " +
      "theirs, and other nodes none: those need DHCP there.",
    examples: [["k8s-bgp"]],
    computedDefault: "none",
  });
const datastore = text.optional().meta({
  description:
    "Datastore of the root disk, below the datacenter's datastore folder or as a full path, mounted on the hosts " +
    "of every zone the nodes are in.",
  examples: ["x1_root"],
  computedDefault: "`rootDiskDatastore`; required without that",
});
const resourcePool = text.optional().meta({
  description: "Resource pool for the nodes, relative to the cluster. It has to exist.",
  examples: ["k8s"],
  computedDefault: "the pool Deckhouse makes",
});
const runtimeOptions = runtimeOptionsSchema.optional().meta({
  description: "How ESXi shares processors and memory.",
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
      description: "Size of the root disk in GiB; not smaller than the template's disk.",
      examples: [60],
      computedDefault: "Deckhouse's own, 50",
    }),
  resourcePool,
  mainNetworkIPAddresses: z
    .array(mainNetworkAddressSchema)
    .optional()
    .meta({
      description:
        "Static addresses on the main network in the order of the nodes, at least one for each node.",
      examples: [[{ address: "10.20.0.11/24" }]],
      computedDefault: "none, the nodes use DHCP",
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
      "Network of the first adapter, one of `networks`, with DHCP. The default route goes there.",
    examples: ["k8s-nodes"],
    computedDefault: "the main network of the masters",
  }),
  ...{ additionalNetworks, datastore },
  rootDiskSize: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Size of the root disk in GiB; not smaller than the template's disk.",
      examples: [40],
      computedDefault: "Deckhouse's own, 20",
    }),
  resourcePool,
  disableTimesync: z
    .boolean()
    .optional()
    .meta({
      description: "Whether ESXi is kept from correcting the nodes' clocks.",
      examples: [false],
      computedDefault: "Deckhouse's own, `true`",
    }),
  runtimeOptions,
});
