import { z } from "zod";
import { deckhouseVersions } from "../deckhouseVersions";
import { addressRange, autonomousSystem, ipv4Address, port, text } from "./text";

/** A load balancer of the user's own in front of the frontend nodes, on whose ports the ingress controller listens. */
export const externalLoadBalancerSchema = z.strictObject({
  httpPort: port.default(80).meta({
    description: "The port for HTTP on each frontend node.",
    examples: [80],
  }),
  httpsPort: port.default(443).meta({
    description: "The port for HTTPS on each frontend node.",
    examples: [443],
  }),
  proxyProtocol: z
    .boolean()
    .default(false)
    .meta({
      description:
        "Whether the load balancer uses the PROXY protocol, which passes on the clients' addresses.",
      examples: [true],
    }),
});

const addresses = z.array(addressRange).min(1);

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

/** How traffic gets into the cluster. */
export const ingressSchema = z.strictObject({
  externalLoadBalancer: externalLoadBalancerSchema.optional().meta({
    description:
      "A load balancer of your own sends traffic straight to the frontend nodes. Cannot be combined with `metallbBGP` or `metallbL2`.",
    examples: [{ httpsPort: 443 }],
    computedDefault: "none",
  }),
  metallbBGP: metallbBGPSchema.optional().meta({
    description:
      "MetalLB announces addresses to BGP routers. Cannot be combined with the other two.",
    examples: [
      {
        network: "k8s-bgp",
        routers: ["192.0.2.1"],
        routerASN: 64512,
        clusterASN: 64513,
        addresses: ["203.0.113.32/27"],
      },
    ],
    computedDefault: "none",
  }),
  metallbL2: metallbL2Schema.optional().meta({
    description:
      "MetalLB answers for addresses in the nodes' network. Cannot be combined with the other two.",
    examples: [{ addresses: ["10.20.0.200-10.20.0.210"] }],
    computedDefault: "none",
  }),
  nodeGroup: text.default("frontend").meta({
    description:
      "The node group that receives the traffic. Its nodes carry the label `node-role.deckhouse.io/frontend`.",
    examples: ["frontend"],
  }),
  ingressClass: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      "is not the name of an ingress class: use lower-case letters, digits, dashes and dots",
    )
    .default("nginx")
    .meta({
      description: "The ingress class the controller serves.",
      examples: ["nginx"],
    }),
  controllerVersion: text.optional().meta({
    description:
      "Version of the ingress controller, one of those that `deckhouse.version` accepts: " +
      deckhouseVersions
        .map(({ version, ingressControllers }) => `${ingressControllers.join(", ")} for ${version}`)
        .join("; ") +
      ".",
    examples: ["1.14"],
    computedDefault: "Deckhouse's own",
  }),
});
