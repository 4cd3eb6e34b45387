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
          "The version that the documents are for. From 1.77 on, MetalLB is configured by custom resources.",
        examples: ["1.76"],
      }),
    releaseChannel: z
      .enum(["Alpha", "Beta", "EarlyAccess", "Stable", "RockSolid"])
      .default("Stable")
      .meta({ description: "The channel that updates come from.", examples: ["RockSolid"] }),
    bundle: z
      .enum(["Default", "Minimal", "Managed"])
      .default("Default")
      .meta({ description: "The set of modules to start with.", examples: ["Minimal"] }),
    imagesRepo: text.optional().meta({
      description:
        "Address of the container registry with the images of your edition. Its credentials are the secret " +
        "`registryDockerCfg`.",
      examples: ["registry.example.com/deckhouse/ee"],
      computedDefault: "a placeholder, for you to fill in",
    }),
    registryScheme: z
      .enum(["HTTP", "HTTPS"])
      .optional()
      .meta({
        description: "How the registry is reached.",
        examples: ["HTTP"],
        computedDefault: "Deckhouse's own, `HTTPS`",
      }),
    registryCA: z
      .string()
      .optional()
      .meta({
        description: "Certificates of the authority that signed the registry's, as PEM text.",
        examples: ["-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"],
        computedDefault: "none",
      }),
  })
  .prefault({})
  .meta({
    description: "The Deckhouse that is to be installed, and where its images come from.",
    examples: [{ version: "1.76", imagesRepo: "registry.example.com/deckhouse/ee" }],
  });
