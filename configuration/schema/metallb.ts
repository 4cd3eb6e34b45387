import { z } from "zod";
import { addressRange, autonomousSystem, ipv4Address, ipv4Network, port, text } from "./text";

const addresses = z.array(addressRange).min(1);

/** Of both ways: the announced address is one of a Service, for which Kubernetes itself can refuse packets. */
const sourceRanges = z
  .array(ipv4Network)
  .min(1)
  .optional()
  .meta({
    description:
      "The networks whose packets reach the ingress controller's addresses; Kubernetes drops all others on the node. " +
      "Deckhouse hands the list to the `Service`.",
    examples: [["198.51.100.0/24"]],
    computedDefault: "any",
  });

/** MetalLB in BGP mode: the frontend nodes announce addresses to routers, over a VLAN of its own. */
export const metallbBGPSchema = z.strictObject({
  network: text.meta({
    description:
      "The VLAN between the routers and the frontend nodes: one of `networks`, with DHCP and Internet access, and an " +
      "additional network of the frontend nodes.",
    examples: ["k8s-bgp"],
  }),
  routers: z
    .array(ipv4Address)
    .min(1)
    .meta({
      description: "The addresses of the BGP routers.",
      examples: [["192.0.2.1", "192.0.2.2"]],
    }),
  routerASN: autonomousSystem.meta({
    description: "The routers' autonomous system number (ASN).",
    examples: [64512],
  }),
  clusterASN: autonomousSystem.meta({
    description: "The cluster's autonomous system number (ASN).",
    examples: [64513],
  }),
  addresses: addresses.meta({
    description:
      "The addresses to announce: networks (`203.0.113.32/27`) or ranges (`203.0.113.40-203.0.113.60`).",
    examples: [["203.0.113.32/27"]],
  }),
  sourceRanges,
  routerPort: port.optional().meta({
    description: "The routers' BGP port.",
    examples: [1790],
    computedDefault: "MetalLB's own, 179",
  }),
  routerID: ipv4Address.optional().meta({
    description: "The BGP identifier of the nodes.",
    examples: ["192.0.2.10"],
    computedDefault: "MetalLB chooses",
  }),
  holdTime: z
    .string()
    .regex(/^[0-9]+(ms|s|m|h)$/, "is not a duration: write a number and ms, s, m or h")
    .default("3s")
    .meta({
      description: "How long a router waits for a sign of life before it considers a node dead.",
      examples: ["9s"],
    }),
  sourceAddresses: z
    .array(
      z
        .strictObject({
          nodeName: text.meta({ description: "Name of the node.", examples: ["x1-frontend-0"] }),
          address: ipv4Address.meta({
            description: "The source address of its BGP sessions.",
            examples: ["192.0.2.11"],
          }),
        })
        .meta({ title: "source address" }),
    )
    .min(1)
    .optional()
    .meta({
      description: "The addresses that nodes use as the source of their BGP sessions.",
      examples: [[{ nodeName: "x1-frontend-0", address: "192.0.2.11" }]],
      computedDefault: "each node's own",
    }),
  autoAssign: z
    .boolean()
    .optional()
    .meta({
      description:
        "Whether services that request no particular pool may also get addresses from this one.",
      examples: [false],
      computedDefault: "MetalLB's own, `true`",
    }),
  avoidBuggyIPs: z
    .boolean()
    .optional()
    .meta({
      description: "Whether to leave out addresses that end in .0 or .255.",
      examples: [true],
      computedDefault: "MetalLB's own, `false`",
    }),
  communities: z
    .array(
      z
        .string()
        .regex(
          /^([0-9]{1,5}:[0-9]{1,5}|no-export|no-advertise|local-as|none)$/,
          "is not a BGP community: write two numbers like 64512:100, or no-export, no-advertise, local-as or none",
        ),
    )
    .min(1)
    .optional()
    .meta({
      description: "The BGP communities of the announcement.",
      examples: [["64512:100"]],
      computedDefault: "none",
    }),
  localPref: z
    .int()
    .min(0)
    .max(4294967295)
    .optional()
    .meta({
      description: "The local preference of the announcement.",
      examples: [100],
      computedDefault: "none",
    }),
  aggregationLength: z
    .int()
    .min(0)
    .max(32)
    .optional()
    .meta({
      description: "The prefix length to which announced addresses are aggregated.",
      examples: [32],
      computedDefault: "MetalLB's own, 32",
    }),
});

/** MetalLB in L2 mode: one frontend node answers for an address in the nodes' own network. */
export const metallbL2Schema = z.strictObject({
  addresses: addresses.meta({
    description: "The addresses, in the frontend nodes' network and outside of its DHCP range.",
    examples: [["10.20.0.200-10.20.0.210"]],
  }),
  sourceRanges,
  interfaces: z
    .array(text)
    .min(1)
    .optional()
    .meta({
      description: "The network interfaces of the nodes that answer for the addresses.",
      examples: [["ens192"]],
      computedDefault: "all of them",
    }),
  addressCount: z
    .int()
    .min(1)
    .default(1)
    .meta({
      description: "How many addresses the ingress controller gets.",
      examples: [3],
    }),
});
