import { z } from "zod";
import { categoriesSchema } from "./categories";
import { clusterAccountSchema } from "./clusterAccount";
import { clusterConfigurationSchema } from "./clusterConfiguration";
import { deckhouseSchema } from "./deckhouse";
import { regionsSchema } from "./regions";
import { roleSchema } from "./role";
import { templateImageSchema } from "./templateImage";

/**
 * The stack configuration as a user writes it: every key is one of the namespace `deckhouse-vsphere`.
 * Secrets and the connection to vCenter are read apart (see `connectionKeys`). Each key carries its
 * description and an example; `docs/configuration.md` is made from them.
 *
 * The schema checks each key by itself. What has to hold between keys is in `../rules`.
 */
export const configurationSchema = z.strictObject({
  regions: regionsSchema,
  categories: categoriesSchema,
  role: roleSchema,
  protect: z
    .boolean()
    .default(false)
    .meta({
      description:
        "Whether every resource is protected from deletion, and every tag that the stack attached from being detached. " +
        "What is protected has to be released (`protect: false` and `pulumi up`) before it can go.",
      examples: [true],
    }),
  vCenter: z
    .strictObject({
      restoredAs: z
        .string()
        .regex(
          /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
          "is not the instance UUID of a vCenter: copy it from the message of the preview",
        )
        .optional()
        .meta({
          description:
            "The instance UUID that the vCenter has since it was restored or rebuilt, as the refused preview names it. " +
            "A stack works in the vCenter that it was made in and in no other; this says that it is the same one. It " +
            "may stay.",
          examples: ["4f0c2a1e-6f0b-4a57-9a1b-0d3a5b9c7e21"],
          computedDefault: "none: another vCenter than the stack's is refused",
        }),
    })
    .prefault({})
    .meta({
      description: "Which vCenter the stack belongs to, where that cannot be known.",
      examples: [{ restoredAs: "4f0c2a1e-6f0b-4a57-9a1b-0d3a5b9c7e21" }],
    }),
  templateImage: templateImageSchema.optional().meta({
    description:
      "The template that nodes are cloned from: built with Packer, copied to every region, and put into the " +
      "cluster configurations; or only checked. Names one of `builtin`, `deckhouse`, `directory` and `existing`.",
    examples: [{ builtin: { ubuntu: "24.04" } }],
    computedDefault:
      "none: nothing is built or checked, and each instance class names its template",
  }),
  clusterAccount: clusterAccountSchema,
  deckhouse: deckhouseSchema,
  clusterConfiguration: clusterConfigurationSchema.optional().meta({
    description:
      "What the clusters of all regions are like: networks, storage, nodes and ingress. Deckhouse's documents are " +
      "made from it, and most keys have the names of its fields. " +
      "A region can replace single keys in `regions[].clusterConfiguration`. When a region has " +
      "neither, no document is made for it.",
    examples: [{ vmFolderPath: "k8s", vmFolderExists: true }],
  }),
});

/** The configuration after the schema: as written, with the fixed defaults filled in. */
export type WrittenConfiguration = z.output<typeof configurationSchema>;
