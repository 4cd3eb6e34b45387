import { z } from "zod";
import { ipv4Address, ipv4WithPrefix, text } from "./text";

/** A static address of one node. */
export const mainNetworkAddressSchema = z.strictObject({
  address: ipv4WithPrefix.meta({
    description: "The node's address with the prefix length of its network.",
    examples: ["10.20.0.11/24"],
  }),
  gateway: ipv4Address.meta({
    description: "The default gateway, in the same network.",
    examples: ["10.20.0.1"],
  }),
  nameservers: z
    .strictObject({
      addresses: z
        .array(ipv4Address)
        .optional()
        .meta({
          description: "Addresses of the name servers.",
          examples: [["10.20.0.2"]],
          computedDefault: "none",
        }),
      search: z
        .array(text)
        .optional()
        .meta({
          description: "Domains to search for short names.",
          examples: [["example.com"]],
          computedDefault: "none",
        }),
    })
    .meta({
      description: "Name resolution of the node.",
      examples: [{ addresses: ["10.20.0.2"] }],
    }),
});

const share = z.int().min(0).max(100);

/** How ESXi shares processors and memory among virtual machines. */
export const runtimeOptionsSchema = z.strictObject({
  nestedHardwareVirtualization: z
    .boolean()
    .optional()
    .meta({
      description: "Whether virtual machines can run inside the nodes.",
      examples: [true],
      computedDefault: "Deckhouse's own",
    }),
  cpuShares: z
    .int()
    .min(0)
    .optional()
    .meta({
      description: "Processor shares relative to other virtual machines.",
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
      description: "Reserved processor frequency in MHz.",
      examples: [2000],
      computedDefault: "Deckhouse's own",
    }),
  memoryShares: share.optional().meta({
    description: "Memory shares relative to other virtual machines, from 0 to 100.",
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
    description: "Reserved part of the memory in percent, from 0 to 100.",
    examples: [80],
    computedDefault: "Deckhouse's own",
  }),
});

/**
 * The virtual machine of a node: Deckhouse's `instanceClass`, with its own names and units (memory in MiB,
 * disks in GiB).
 */
export const instanceClassSchema = z.strictObject({
  numCPUs: z
    .int()
    .min(1)
    .meta({ description: "Number of processors.", examples: [4] }),
  memory: z
    .int()
    .min(1)
    .meta({ description: "Memory in MiB.", examples: [8192] }),
  template: text.optional().meta({
    description:
      "The template to clone, as a path below the datacenter's vm folder: a template or a virtual machine that " +
      "is switched off, with exactly one disk and at least one network adapter.",
    examples: ["Templates/ubuntu-24.04"],
    computedDefault: "the template of `templateImage`; required without that",
  }),
  mainNetwork: text.meta({
    description:
      "Network of the first adapter, as a path below the datacenter. The default route goes there.",
    examples: ["k8s-nodes"],
  }),
  additionalNetworks: z
    .array(text)
    .optional()
    .meta({
      description: "Networks of further adapters, one for each, as paths below the datacenter.",
      examples: [["k8s-bgp"]],
      computedDefault: "none",
    }),
  datastore: text.meta({
    description:
      "Datastore of the root disk, mounted on the hosts of every zone the nodes are in. For masters " +
      "it has to be a bare name, not a path.",
    examples: ["x1_root"],
  }),
  rootDiskSize: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Size of the root disk in GiB; not smaller than the template's disk.",
      examples: [60],
      computedDefault: "Deckhouse's own, 50",
    }),
  resourcePool: text.optional().meta({
    description: "Resource pool for the nodes, relative to the cluster. It has to exist.",
    examples: ["k8s"],
    computedDefault: "the pool Deckhouse makes",
  }),
  mainNetworkIPAddresses: z
    .array(mainNetworkAddressSchema)
    .optional()
    .meta({
      description:
        "Static addresses on the main network in the order of the nodes, at least one for each node.",
      examples: [
        [
          {
            address: "10.20.0.11/24",
            gateway: "10.20.0.1",
            nameservers: { addresses: ["10.20.0.2"] },
          },
        ],
      ],
      computedDefault: "none, the nodes use DHCP",
    }),
  runtimeOptions: runtimeOptionsSchema.optional().meta({
    description: "How ESXi shares processors and memory among virtual machines.",
    examples: [{ memoryReservation: 80 }],
    computedDefault: "Deckhouse's own",
  }),
});
