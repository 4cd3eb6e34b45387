import { z } from "zod";
import { clusterConfigurationSchema } from "./clusterConfiguration";
import { text, verbatimText } from "./text";

/** The datastores of a zone, in the configuration or in a file of their own. */
export const datastoresSchema = z.array(text).min(1);

/** Whether a tag was there before the stack. */
const existingTag = z.boolean().default(false);

/** The name that a tag had before. */
const formerName = text.optional();

/** One zone: a tag, the one cluster that is the zone, and the datastores for its volumes. */
const zoneSchema = z.strictObject({
  name: text.meta({
    description:
      "Name of the zone's tag: lower-case letters, digits and dashes, at most 63 characters; that of an existing " +
      "tag may have capitals, dots and underscores too. Deckhouse gets it among `zones`, and nodes carry it as a label.",
    examples: ["k8s-zone-x1-a"],
  }),
  formerName: formerName.meta({
    description:
      "The name that the zone's tag had until now, to give it another one: vCenter then renames the tag, which stays on " +
      "its cluster and datastores. Without it, a new tag takes the place of the old one. Nodes and volumes that exist " +
      "keep the old name in either case. After `pulumi up` the key has no effect any more, and can go.",
    examples: ["k8s-zone-x1-old"],
    computedDefault: "the tag keeps its name",
  }),
  description: z
    .string()
    .optional()
    .meta({
      description: "Description of the tag, as shown in vCenter.",
      examples: ["Kubernetes Zone X1-A"],
      computedDefault: "derived from the name: `Kubernetes Zone X1-A` for `k8s-zone-x1-a`",
    }),
  existing: existingTag.meta({
    description:
      "`true` if another stack or a person created the zone's tag. The program then looks it up by name in the " +
      "category of zones, attaches it where it is not attached yet, and never changes or deletes it. What it was " +
      "attached to before stays tagged, also after `pulumi destroy`.",
    examples: [true],
  }),
  cluster: text.meta({
    description:
      "The compute cluster that forms the zone, either relative to the datacenter's host folder " +
      "(`x1_cluster_prod`, `folder/x1_cluster_prod`) or as a full path " +
      "(`/X1/host/x1_cluster_prod`). A zone is exactly one cluster.",
    examples: ["x1_cluster_prod"],
  }),
  datastores: datastoresSchema.optional().meta({
    description:
      "The datastores to tag with the region and the zone. Deckhouse creates a StorageClass for each. " +
      "Write them relative to the datacenter's datastore folder (`x1_lun_1`) or as full paths " +
      "(`/X1/datastore/x1_lun_1`). Leave out datastores that hold only root disks. A datastore is in one zone, unless " +
      "`categories.zone.cardinality` is `MULTIPLE`.",
    examples: [["x1_lun_1", "x1_lun_2"]],
    computedDefault: "required, unless `datastoresFile` names a file that lists them",
  }),
  datastoresFile: verbatimText.optional().meta({
    description:
      "A file that lists the zone's datastores, in place of `datastores`: YAML or JSON in UTF-8, containing nothing " +
      "but the list. Pulumi passes the stack configuration on in one piece, which Linux limits to 128 KiB, or about " +
      "6,500 datastores; a file has no such limit. The path is relative to the project's folder, where " +
      "`Pulumi.yaml` is, and cannot lead out of it. Faults in the file are reported with its name, as in " +
      "`datastores/zone-a.yaml[12]`. For editors, `configuration/jsonSchema/datastores.json` is the JSON Schema of such a file.",
    examples: ["datastores/k8s-zone-x1-a.yaml"],
  }),
});

/** One region: a tag, the datacenter that is the region, and its zones. */
const regionSchema = z.strictObject({
  name: text.meta({
    description:
      "Name of the region's tag: lower-case letters, digits and dashes, at most 63 characters; that of an existing " +
      "tag may have capitals, dots and underscores too. Deckhouse gets it as `region`.",
    examples: ["k8s-region-x1"],
  }),
  formerName: formerName.meta({
    description:
      "The name that the region's tag had until now, to give it another one: vCenter then renames the tag, which stays " +
      "on its datacenter and datastores. Without it, a new tag takes the place of the old one. Nodes and volumes that " +
      "exist keep the old name in either case. After `pulumi up` the key has no effect any more, and can go.",
    examples: ["k8s-region-old"],
    computedDefault: "the tag keeps its name",
  }),
  description: z
    .string()
    .optional()
    .meta({
      description: "Description of the tag, as shown in vCenter.",
      examples: ["Kubernetes Region X1"],
      computedDefault: "derived from the name: `Kubernetes Region X1` for `k8s-region-x1`",
    }),
  existing: existingTag.meta({
    description:
      "`true` if another stack or a person created the region's tag. The program then looks it up by name in the " +
      "category of regions, attaches it where it is not attached yet, and never changes or deletes it. What it was " +
      "attached to before stays tagged, also after `pulumi destroy`.",
    examples: [true],
  }),
  datacenter: text.meta({
    description:
      "Inventory path of the datacenter that is the region: `X1`, `/X1`, or with its folders " +
      "`/folder/X1`.",
    examples: ["X1"],
  }),
  zones: z
    .array(zoneSchema.meta({ title: "zone" }))
    .min(1)
    .meta({
      description:
        "The zones of the region. Their order is carried over to the cluster configuration and decides " +
        "which node is placed in which zone, so add new zones at the end.",
      examples: [[{ name: "k8s-zone-x1-a", cluster: "x1_cluster_prod", datastores: ["x1_lun_1"] }]],
    }),
  clusterConfiguration: clusterConfigurationSchema.optional().meta({
    description:
      "What is different in this region's cluster from the top-level `clusterConfiguration`. A key given " +
      "here replaces the top-level one as a whole.",
    examples: [{ vmFolderPath: "k8s/x1" }],
  }),
});

/** All regions this stack prepares. */
export const regionsSchema = z
  .array(regionSchema.meta({ title: "region" }))
  .min(1)
  .meta({
    description: "The regions to prepare. Each becomes a Deckhouse cluster of its own.",
    examples: [
      [
        {
          name: "k8s-region-x1",
          datacenter: "X1",
          zones: [{ name: "k8s-zone-x1-a", cluster: "x1_cluster_prod", datastores: ["x1_lun_1"] }],
        },
      ],
    ],
  });

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
const regionCategorySchema = z.strictObject({
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

/**
 * The tag category for zones. A new one takes clusters and datastores only, and one tag for each object unless it is
 * made for several.
 *
 * Source: vSphere Automation API, `CategoryModel.Cardinality`; that MULTIPLE never becomes SINGLE again is in its
 * `CategoryTypes.UpdateSpec`. For several zone tags on a datastore, deckhouse/deckhouse
 * `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC).
 */
const zoneCategorySchema = z.strictObject({
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
  cardinality: z
    .enum(["SINGLE", "MULTIPLE"])
    .default("SINGLE")
    .meta({
      description:
        "How many tags of the category an object can carry, in vCenter's terms. A category can grow from `SINGLE` to " +
        "`MULTIPLE`, and never back. The program creates a new category like this and changes none that is there: " +
        "where one has to grow, the preview names the command. docs/clusters.md says more about it.",
      enumDescriptions: {
        SINGLE: "One tag: each datastore is in one zone.",
        MULTIPLE:
          "Several tags: a datastore can be listed in several zones of its region, and Deckhouse creates one " +
          "StorageClass for all of them. The price: vCenter no longer prevents a second zone tag on a cluster, which " +
          "stops the CSI driver. The program still refuses that; nothing stops other people.",
      },
      examples: ["MULTIPLE"],
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
