import { z } from "zod";
import { text } from "./text";

/** Values of Deckhouse's own, of which this program knows nothing. */
const anything = z.record(z.string().meta({ title: "setting" }), z.unknown());

/** What is said of a module of Deckhouse beyond the keys of this program: parts of its `ModuleConfig`. */
const moduleSchema = z.strictObject({
  enabled: z
    .boolean()
    .optional()
    .meta({
      description: "Whether the module is on. Not for `global`, which is no module.",
      examples: [true],
      computedDefault: "`true`",
    }),
  version: z
    .int()
    .min(1)
    .optional()
    .meta({
      description:
        "The version of the module's settings. Of a module that this program writes settings for, it is the program's own.",
      examples: [1],
      computedDefault: "the program's own; required with `settings` of any other module",
    }),
  settings: anything.optional().meta({
    description:
      "Settings of the module. Those that have a key of their own in this program are refused.",
    examples: [{ retentionDays: 7 }],
    computedDefault: "none",
  }),
});

/** A document of Kubernetes, of which this program reads no more than how it is named. */
const documentSchema = z.looseObject({
  apiVersion: text.meta({
    description: "The document's version, with the group of its kind.",
    examples: ["deckhouse.io/v1"],
  }),
  kind: text.meta({ description: "The document's kind.", examples: ["NodeGroupConfiguration"] }),
  metadata: z
    .looseObject({
      name: text.meta({ description: "The document's name.", examples: ["sysctl.sh"] }),
      namespace: text.optional().meta({
        description: "The document's namespace.",
        examples: ["d8-system"],
        computedDefault: "none: most of Deckhouse's kinds are in no namespace",
      }),
    })
    .meta({
      description: "The document's name, and labels and annotations if you like.",
      examples: [{ name: "sysctl.sh" }],
    }),
});

/** What Deckhouse has and this program has no keys for. */
export const extraKeys = {
  extraSettings: z
    .record(z.string().meta({ title: "module" }), moduleSchema.meta({ title: "module" }))
    .optional()
    .meta({
      description:
        "Settings of Deckhouse's modules that this program has no key for, by the name of the module. They are added to " +
        "the `ModuleConfig` that the program writes, or make one. Only Deckhouse checks them. Write no secrets here: they " +
        "would stand in the state in the clear.",
      examples: [
        {
          prometheus: { version: 2, settings: { retentionDays: 7 } },
          deckhouse: {
            settings: { update: { notification: { webhook: "https://chat.example.com/updates" } } },
          },
        },
      ],
      computedDefault: "none",
    }),
  extraDocuments: z
    .array(documentSchema.meta({ title: "document" }))
    .optional()
    .meta({
      description:
        "Further documents for the cluster, of any kind that this program does not write itself. They come last, in the " +
        "order written. Only Deckhouse and Kubernetes check them. Write no secrets here: they would stand in the state in " +
        "the clear.",
      examples: [
        [
          {
            apiVersion: "deckhouse.io/v1alpha1",
            kind: "NodeGroupConfiguration",
            metadata: { name: "sysctl.sh" },
            spec: {
              nodeGroups: ["*"],
              bundles: ["*"],
              weight: 100,
              content: "sysctl -w vm.max_map_count=262144",
            },
          },
        ],
      ],
      computedDefault: "none",
    }),
};
