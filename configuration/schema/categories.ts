import { z } from "zod";
import { text } from "./text";

const existing = z
  .boolean()
  .default(false)
  .meta({
    description:
      "`true` if another stack or a person created the category. The program then looks it up by name " +
      "and never changes or deletes it.",
    examples: [true],
  });

/**
 * The tag category for regions. A new one takes one tag for each object, and datacenters and datastores
 * only.
 */
export const regionCategorySchema = z.strictObject({
  name: text.default("k8s-region").meta({
    description:
      "Name of the category. It becomes part of a Kubernetes label key, and Deckhouse gets it as " +
      "`regionTagCategory`.",
    examples: ["k8s-region"],
  }),
  description: z
    .string()
    .default("Kubernetes region")
    .meta({
      description: "Description of the category, as shown in vCenter.",
      examples: ["Kubernetes region"],
    }),
  existing,
});

/** The tag category for zones. A new one takes one tag for each object, and clusters and datastores only. */
export const zoneCategorySchema = z.strictObject({
  name: text.default("k8s-zone").meta({
    description:
      "Name of the category. It becomes part of a Kubernetes label key, and Deckhouse gets it as " +
      "`zoneTagCategory`.",
    examples: ["k8s-zone"],
  }),
  description: z
    .string()
    .default("Kubernetes zone")
    .meta({
      description: "Description of the category, as shown in vCenter.",
      examples: ["Kubernetes zone"],
    }),
  existing,
});

/** Both tag categories. Every key has a default, so the whole part can be left out. */
export const categoriesSchema = z
  .strictObject({
    region: regionCategorySchema.prefault({}).meta({
      description: "The category of the region tags.",
      examples: [{ name: "k8s-region" }],
    }),
    zone: zoneCategorySchema.prefault({}).meta({
      description: "The category of the zone tags.",
      examples: [{ name: "k8s-zone" }],
    }),
    deleteOnDestroy: z
      .boolean()
      .default(false)
      .meta({
        description:
          "Whether `pulumi destroy` deletes the two categories. Deleting a category deletes every tag in " +
          "it, including those of other stacks, so the categories are kept by default.",
        examples: [false],
      }),
  })
  .prefault({})
  .meta({
    description:
      "The two tag categories. vSphere has no notion of regions and zones: a tag of the first category " +
      "makes a datacenter a region, and a tag of the second makes a cluster a zone.",
    examples: [{ region: { name: "k8s-region" }, zone: { name: "k8s-zone" } }],
  });
