import { z } from "zod";
import { text } from "./text";

const profile = {
  tcpAppProfileName: text.optional().meta({
    description: "Application profile for TCP.",
    examples: ["default-tcp-lb-app-profile"],
    computedDefault: "that of `nsxt`",
  }),
  udpAppProfileName: text.optional().meta({
    description: "Application profile for UDP.",
    examples: ["default-udp-lb-app-profile"],
    computedDefault: "that of `nsxt`",
  }),
};

/** Load balancers of NSX-T: Deckhouse's `nsxt`. Its password is the secret `nsxtPassword`. */
export const nsxtSchema = z.strictObject({
  host: text.meta({ description: "Address of the NSX-T manager.", examples: ["nsx.example.com"] }),
  user: text.meta({
    description: "User of NSX-T. Its password is the secret `nsxtPassword`.",
    examples: ["deckhouse"],
  }),
  insecureFlag: z
    .boolean()
    .optional()
    .meta({
      description: "`true` accepts any certificate of NSX-T. Excludes `caBundle`.",
      examples: [true],
      computedDefault: "Deckhouse's own, `false`",
    }),
  caBundle: z
    .string()
    .optional()
    .meta({
      description: "Certificates of the authority that signed NSX-T's, as PEM text.",
      examples: ["-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"],
      computedDefault: "none",
    }),
  defaultIpPoolName: text.meta({
    description: "The pool of addresses for load balancers without a class of their own.",
    examples: ["pool1"],
  }),
  tier1GatewayPath: text.meta({
    description: "Path of the Tier-1 gateway.",
    examples: ["/infra/tier-1s/gateway1"],
  }),
  size: z
    .enum(["SMALL", "MEDIUM", "LARGE", "XLARGE"])
    .optional()
    .meta({
      description: "Size of the load balancer service.",
      examples: ["SMALL"],
      computedDefault: "Deckhouse's own, `MEDIUM`",
    }),
  defaultTcpAppProfileName: text.optional().meta({
    description: "Application profile for TCP.",
    examples: ["default-tcp-lb-app-profile"],
    computedDefault: "Deckhouse's own",
  }),
  defaultUdpAppProfileName: text.optional().meta({
    description: "Application profile for UDP.",
    examples: ["default-udp-lb-app-profile"],
    computedDefault: "Deckhouse's own",
  }),
  loadBalancerClass: z
    .array(
      z.strictObject({
        name: text.meta({ description: "Name of the class.", examples: ["public"] }),
        ipPoolName: text.meta({ description: "Its pool of addresses.", examples: ["pool2"] }),
        ...profile,
      }),
    )
    .optional()
    .meta({
      description: "Further classes of load balancers.",
      examples: [[{ name: "public", ipPoolName: "pool2" }]],
      computedDefault: "none",
    }),
});
