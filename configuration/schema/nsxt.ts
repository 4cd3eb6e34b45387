import { z } from "zod";
import { text } from "./text";

const profile = {
  tcpAppProfileName: text.optional().meta({
    description: "Application profile for TCP.",
    examples: ["default-tcp-lb-app-profile"],
    computedDefault: "the one of `nsxt`",
  }),
  udpAppProfileName: text.optional().meta({
    description: "Application profile for UDP.",
    examples: ["default-udp-lb-app-profile"],
    computedDefault: "the one of `nsxt`",
  }),
};

/** Load balancers of NSX-T: Deckhouse's `nsxt`. Its password is the secret `nsxtPassword`. */
export const nsxtSchema = z.strictObject({
  host: text.meta({ description: "Address of the NSX-T manager.", examples: ["nsx.example.com"] }),
  user: text.meta({
    description: "The user of NSX-T. Its password is the secret `nsxtPassword`.",
    examples: ["deckhouse"],
  }),
  insecureFlag: z
    .boolean()
    .optional()
    .meta({
      description: "`true` accepts any certificate from NSX-T. Cannot be combined with `caBundle`.",
      examples: [true],
      computedDefault: "Deckhouse's own, `false`",
    }),
  caBundle: z
    .string()
    .optional()
    .meta({
      description: "Certificates of the authority that signed NSX-T's certificate, in PEM format.",
      examples: ["-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"],
      computedDefault: "none",
    }),
  defaultIpPoolName: text.meta({
    description: "The address pool for load balancers without a class of their own.",
    examples: ["pool1"],
  }),
  tier1GatewayPath: text.meta({
    description: "Path of the tier-1 gateway.",
    examples: ["/infra/tier-1s/gateway1"],
  }),
  size: z
    .enum(["SMALL", "MEDIUM", "LARGE", "XLARGE"])
    .optional()
    .meta({
      description: "Size of the load balancer service.",
      enumDescriptions: {
        SMALL: "The least capacity, on the smallest edge node.",
        MEDIUM: "Medium capacity.",
        LARGE: "Large capacity.",
        XLARGE: "The most capacity, on the largest edge node.",
      },
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
      z
        .strictObject({
          name: text.meta({ description: "Name of the class.", examples: ["public"] }),
          ipPoolName: text.meta({
            description: "The address pool of the class.",
            examples: ["pool2"],
          }),
          ...profile,
        })
        .meta({ title: "load balancer class" }),
    )
    .optional()
    .meta({
      description: "Further classes of load balancers.",
      examples: [[{ name: "public", ipPoolName: "pool2" }]],
      computedDefault: "none",
    }),
});
