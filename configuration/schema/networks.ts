import { z } from "zod";
import { addressRange, ipv4Address, ipv4WithPrefix, text } from "./text";

/** Name resolution of a node: Deckhouse's `nameservers`. */
export const nameserversSchema = z.strictObject({
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
      description: "Search domains for short names.",
      examples: [["example.com"]],
      computedDefault: "none",
    }),
});

/**
 * A network of a region, as nodes see it. It is written once, by path; the program makes of it the paths and
 * the bare names that Deckhouse takes in different places.
 */
export const networkSchema = z.strictObject({
  path: text.meta({
    description:
      "The network or port group, relative to the datacenter's network folder (`k8s-nodes`, " +
      "`folder/k8s-nodes`) or as a full path (`/X1/network/k8s-nodes`). Node groups can refer to it in any of " +
      "these spellings.",
    examples: ["k8s-nodes"],
  }),
  nodeAddress: z
    .enum(["internal", "external", "both"])
    .optional()
    .meta({
      description: "How Kubernetes reports the nodes' addresses on this network.",
      enumDescriptions: {
        internal: "As the nodes' internal addresses.",
        external:
          "As the nodes' external addresses, for a network with public addresses: its nodes need a second, internal network.",
        both: "As internal and as external addresses.",
      },
      examples: ["internal"],
      computedDefault: "none: the addresses are not reported",
    }),
  subnet: ipv4WithPrefix.optional().meta({
    description:
      "The subnet, as a network address with its prefix length. That of the masters' internal network " +
      "(their additional network if they have one, otherwise the main one) becomes Deckhouse's " +
      "`internalNetworkCIDR`, and is required with an additional network or node groups.",
    examples: ["10.20.0.0/24"],
    computedDefault: "unknown, and not checked",
  }),
  dhcp: z
    .boolean()
    .default(true)
    .meta({
      description:
        "Whether there is a DHCP server. Without one, nodes with this as their main network need " +
        "`mainNetworkIPAddresses`.",
      examples: [false],
    }),
  dhcpRange: addressRange.optional().meta({
    description:
      "The addresses the DHCP server assigns. The program uses it to check that they stay clear of fixed addresses: " +
      "masters on an additional network, nodes with static addresses, and MetalLB in L2 mode.",
    examples: ["10.20.0.100-10.20.0.199"],
    computedDefault: "unknown; the program warns where it matters",
  }),
  gateway: ipv4Address.optional().meta({
    description: "The gateway of nodes with static addresses, unless the address has its own.",
    examples: ["10.20.0.1"],
    computedDefault: "none",
  }),
  nameservers: nameserversSchema.optional().meta({
    description: "The name servers of nodes with static addresses, unless the address has its own.",
    examples: [{ addresses: ["10.20.0.2"] }],
    computedDefault: "none",
  }),
});

/** What a cluster configuration says about storage; the datastores for volumes are those of the zones. */
export const storageKeys = {
  rootDiskDatastore: text.optional().meta({
    description:
      "The datastore for the root disks of all nodes whose instance class names none, relative to the datacenter's " +
      "datastore folder or as a full path. It may also be one of a zone's datastores, which hold volumes.",
    examples: ["x1_root"],
    computedDefault: "none: each instance class names its datastore",
  }),
  storagePolicy: z
    .strictObject({
      name: text.optional().meta({
        description: "Name of the storage policy. The program looks up its id in vCenter.",
        examples: ["Kubernetes nodes"],
        computedDefault: "none",
      }),
      id: text.optional().meta({
        description: "Id of the storage policy.",
        examples: ["aa6d5a82-1c88-45da-85d3-3d74b91a5bad"],
        computedDefault: "none",
      }),
    })
    .optional()
    .meta({
      description:
        "The storage policy for the root disks of permanent nodes, by `name` or by `id`.",
      examples: [{ name: "Kubernetes nodes" }],
      computedDefault: "none",
    }),
  storageClasses: z
    .strictObject({
      exclude: z
        .array(text)
        .optional()
        .meta({
          description:
            "StorageClasses that Deckhouse must not create: names, or Go regular expressions that match the whole name.",
          examples: [["x1-lun-2.*"]],
          computedDefault: "none",
        }),
      default: text.optional().meta({
        description:
          "Name of the default StorageClass: the name of a datastore as Deckhouse derives it, with a hash. If it is wrong, " +
          "the error lists the names that exist.",
        examples: ["x1-lun-1-3a782555"],
        computedDefault: "Deckhouse chooses",
      }),
      compatibilityFlag: z
        .enum(["Legacy", "Migration"])
        .optional()
        .meta({
          description: "Which storage drivers Deckhouse runs, for volumes of vSphere 6.",
          enumDescriptions: {
            Legacy: "Only the old driver: First Class Disks, which cannot be resized while in use.",
            Migration: "Both drivers at once, to move volumes from the old one to the new one.",
          },
          examples: ["Migration"],
          computedDefault: "only the new driver",
        }),
    })
    .optional()
    .meta({
      description:
        "Settings of the StorageClasses that Deckhouse creates for the zones' datastores.",
      examples: [{ exclude: ["x1-lun-2.*"] }],
      computedDefault: "Deckhouse's own",
    }),
};
