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
      description: "Domains to search for short names.",
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
      "The network or port group, below the datacenter's network folder (`k8s-nodes`, `folder/k8s-nodes`) or " +
      "as a full path (`/X1/network/k8s-nodes`). Node groups name it in any of these spellings.",
    examples: ["k8s-nodes"],
  }),
  nodeAddress: z
    .enum(["internal", "external", "both"])
    .optional()
    .meta({
      description:
        "Whether the nodes' addresses on it are reported as internal, as external or as both. Mark a network " +
        "with public addresses as `external`: nodes on it then need a second, internal network.",
      examples: ["internal"],
      computedDefault: "none: the addresses are not reported",
    }),
  subnet: ipv4WithPrefix.optional().meta({
    description:
      "The subnet, as a network address with its prefix length. That of the masters' internal network (the " +
      "additional one if they have one, else the main one) is required: Deckhouse's `internalNetworkCIDR`.",
    examples: ["10.20.0.0/24"],
    computedDefault: "unknown, and not checked",
  }),
  dhcp: z
    .boolean()
    .default(true)
    .meta({
      description:
        "Whether there is a DHCP server. Without one, nodes whose main network this is need " +
        "`mainNetworkIPAddresses`.",
      examples: [false],
    }),
  dhcpRange: addressRange.optional().meta({
    description:
      "What the DHCP server gives out. With it, the program can tell whether that leaves alone what has its address " +
      "for good: masters on an additional network, static nodes, addresses of MetalLB in L2 mode.",
    examples: ["10.20.0.100-10.20.0.199"],
    computedDefault: "unknown; the program warns where it matters",
  }),
  gateway: ipv4Address.optional().meta({
    description: "The gateway of nodes with static addresses, unless the address names one.",
    examples: ["10.20.0.1"],
    computedDefault: "none",
  }),
  nameservers: nameserversSchema.optional().meta({
    description:
      "The name resolution of nodes with static addresses, unless the address names its own.",
    examples: [{ addresses: ["10.20.0.2"] }],
    computedDefault: "none",
  }),
});
