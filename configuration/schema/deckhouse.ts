import { z } from "zod";
import { text } from "./text";

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
