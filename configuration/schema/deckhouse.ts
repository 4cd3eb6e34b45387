import { z } from "zod";
import { text, ipv4WithPrefix } from "./text";

/** The Deckhouse that is to be installed. */
export const deckhouseSchema = z
  .strictObject({
    version: z
      .string()
      .regex(
        /^1\.[0-9]{1,3}(\.[0-9]{1,3})?$/,
        'is not a version of Deckhouse: write it like "1.77"',
      )
      .default("1.77")
      .meta({
        description:
          "The version the documents are generated for. From 1.77 on, MetalLB is configured with custom resources.",
        examples: ["1.76"],
      }),
    releaseChannel: z
      .enum(["Alpha", "Beta", "EarlyAccess", "Stable", "RockSolid"])
      .default("Stable")
      .meta({
        description: "The release channel that updates come from.",
        enumDescriptions: {
          Alpha: "The least stable channel, which gets new versions first.",
          Beta: "More stable than `Alpha`.",
          EarlyAccess: "More stable than `Beta`.",
          Stable: "More stable than `EarlyAccess`.",
          RockSolid: "The most stable channel, which gets new versions last.",
        },
        examples: ["RockSolid"],
      }),
    bundle: z
      .enum(["Default", "Minimal", "Managed"])
      .default("Default")
      .meta({
        description: "The set of modules that are enabled at first.",
        enumDescriptions: {
          Default: "The recommended set: networking, monitoring, authorization and more.",
          Minimal:
            "Deckhouse alone, without even a network plugin: only for a cluster that has the rest already.",
          Managed: "For clusters whose control plane a cloud provider manages.",
        },
        examples: ["Minimal"],
      }),
    imagesRepo: text.optional().meta({
      description:
        "Address of the container registry with the images of your Deckhouse edition. Its credentials are the " +
        "secret `registryDockerCfg`.",
      examples: ["registry.example.com/deckhouse/ee"],
      computedDefault: "a placeholder for you to fill in",
    }),
    registryScheme: z
      .enum(["HTTP", "HTTPS"])
      .optional()
      .meta({
        description: "The protocol of the registry.",
        enumDescriptions: { HTTP: "Without encryption.", HTTPS: "Encrypted with TLS." },
        examples: ["HTTP"],
        computedDefault: "Deckhouse's own, `HTTPS`",
      }),
    registryCA: z
      .string()
      .optional()
      .meta({
        description:
          "Certificates of the authority that signed the registry's certificate, in PEM format.",
        examples: ["-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"],
        computedDefault: "none",
      }),
  })
  .prefault({})
  .meta({
    description: "The Deckhouse to install, and where its images come from.",
    examples: [{ version: "1.77", imagesRepo: "registry.example.com/deckhouse/ee" }],
  });

/**
 * Tells whether this version of Deckhouse configures MetalLB by custom resources, as from 1.77 on, or by the settings
 * of its module.
 *
 * Source: deckhouse/deckhouse#18660.
 *
 * @param version `1.77` or `1.77.3`; the caller has checked the form
 */
export function hasMetallbResources(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || minor >= 77;
}

/** What a cluster configuration says about Kubernetes itself: Deckhouse's `ClusterConfiguration`. */
export const kubernetesKeys = {
  podSubnetCIDR: ipv4WithPrefix.optional().meta({
    description: "The address range of pods.",
    examples: ["10.111.0.0/16"],
    computedDefault: "`10.111.0.0/16`",
  }),
  podSubnetNodeCIDRPrefix: z
    .int()
    .min(16)
    .max(30)
    .optional()
    .meta({
      description: "Prefix length of each node's share of `podSubnetCIDR`.",
      examples: [24],
      computedDefault: "Deckhouse's own, 24",
    }),
  serviceSubnetCIDR: ipv4WithPrefix.optional().meta({
    description: "The address range of services.",
    examples: ["10.222.0.0/16"],
    computedDefault: "`10.222.0.0/16`",
  }),
  clusterDomain: text
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u,
      "is not a domain: write words of lower-case letters, digits and dashes, with dots between them",
    )
    .optional()
    .meta({
      description: "The domain of services inside the cluster.",
      examples: ["cluster.local"],
      computedDefault: "`cluster.local`",
    }),
  kubernetesVersion: z
    .string()
    .regex(
      /^(Automatic|1\.[0-9]{1,2})$/,
      'is not a version of Kubernetes: write it like "1.31", or Automatic',
    )
    .optional()
    .meta({
      description: "The version of Kubernetes. `Automatic` follows Deckhouse's recommendation.",
      examples: ["1.31"],
      computedDefault: "`Automatic`",
    }),
};
