import { z } from "zod";
import { categoriesSchema, regionsSchema } from "./regions";
import { clusterAccountSchema, roleSchema } from "./role";
import { clusterConfigurationSchema } from "./clusterConfiguration";
import { deckhouseSchema } from "./deckhouse";
import { preflightSchema } from "./preflight";
import { templateImageSchema } from "./templateImage";

/**
 * The stack configuration as a user writes it: every key is one of the namespace `deckhouse-vsphere`.
 * Secrets and the connection to vCenter are read apart (see `allSettings`). Each key carries its
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
        "Whether to protect every resource from deletion, and every tag the stack attached from being detached. " +
        "Protected resources have to be released (`protect: false` and `pulumi up`) before they can be removed.",
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
            "The new instance UUID of a vCenter that was restored or rebuilt, as the refused preview reports it. A " +
            "stack works only in the vCenter it was created in; this declares the new one to be the same. You can " +
            "leave it in place.",
          examples: ["4f0c2a1e-6f0b-4a57-9a1b-0d3a5b9c7e21"],
          computedDefault: "none: any vCenter but the stack's own is refused",
        }),
    })
    .prefault({})
    .meta({
      description: "Which vCenter the stack belongs to, where the program cannot tell by itself.",
      examples: [{ restoredAs: "4f0c2a1e-6f0b-4a57-9a1b-0d3a5b9c7e21" }],
    }),
  preflight: preflightSchema,
  templateImage: templateImageSchema.optional().meta({
    description:
      "The template that nodes are cloned from: built with Packer, copied to every region and entered in the " +
      "cluster configurations; or an existing one, which is only checked. Takes exactly one of `builtin`, " +
      "`deckhouse`, `directory` and `existing`.",
    examples: [{ builtin: { ubuntu: "24.04" } }],
    computedDefault:
      "none: nothing is built or checked, and each instance class names its template",
  }),
  clusterAccount: clusterAccountSchema,
  deckhouse: deckhouseSchema,
  clusterConfiguration: clusterConfigurationSchema.optional().meta({
    description:
      "The clusters of all regions: networks, storage, nodes and ingress. The Deckhouse documents are generated " +
      "from it, and most keys are named after Deckhouse's fields. A region can replace individual keys in " +
      "`regions[].clusterConfiguration`. A region with neither gets no documents.",
    examples: [
      {
        vmFolderPath: "k8s/x1",
        sshPublicKey:
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f admin@example.com",
        networks: [{ path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.0.0/24" }],
        masterNodeGroup: {
          replicas: 3,
          instanceClass: {
            numCPUs: 4,
            memory: 8192,
            template: "Templates/ubuntu-24.04",
            mainNetwork: "k8s-nodes",
            datastore: "x1_root",
          },
        },
      },
    ],
  }),
});

type Parsed = z.output<typeof configurationSchema>;
type ParsedRegion = Parsed["regions"][number];
type ParsedZone = ParsedRegion["zones"][number];

/** A zone after the schema: with its datastores, wherever they were written. */
export type WrittenZone = Omit<ParsedZone, "datastores" | "datastoresFile"> & {
  readonly datastores: readonly string[];
};

/** A region after the schema. */
export type WrittenRegion = Omit<ParsedRegion, "zones"> & {
  readonly zones: readonly WrittenZone[];
};

/** The configuration after the schema: as written, with the fixed defaults filled in. */
export type WrittenConfiguration = Omit<Parsed, "regions"> & {
  readonly regions: readonly WrittenRegion[];
};
