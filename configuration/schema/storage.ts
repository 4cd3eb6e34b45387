import { z } from "zod";
import { text } from "./text";

/** What a cluster configuration says about storage; the datastores for volumes are those of the zones. */
export const storageKeys = {
  rootDiskDatastore: text.optional().meta({
    description:
      "Datastore for the root disks of all nodes whose instance class names none, below the datacenter's datastore " +
      "folder or as a full path. It may also be one of a zone's, for volumes.",
    examples: ["x1_root"],
    computedDefault: "none: each instance class names its datastore",
  }),
  storagePolicy: z
    .strictObject({
      name: text.optional().meta({
        description: "Name of the storage policy; the program finds its id in vCenter.",
        examples: ["Kubernetes nodes"],
        computedDefault: "none",
      }),
      id: text.optional().meta({
        description: "Id of the storage policy.",
        examples: ["aa6d5a82-1c88-45da-85d3-3d74b91a5bad"],
        computedDefault: "none",
      }),
    })
    .optional()
    .meta({
      description: "Storage policy for the root disks of permanent nodes: its `name` or its `id`.",
      examples: [{ name: "Kubernetes nodes" }],
      computedDefault: "none",
    }),
  storageClasses: z
    .strictObject({
      exclude: z
        .array(text)
        .optional()
        .meta({
          description:
            "Names of StorageClasses, or patterns of them, that Deckhouse is not to make: regular expressions of Go's for " +
            "the whole name.",
          examples: [["x1-lun-2.*"]],
          computedDefault: "none",
        }),
      default: text.optional().meta({
        description:
          "Name of the StorageClass to be the default one: that of a datastore, as Deckhouse makes it, with a hash. A wrong " +
          "one is told with those that there are.",
        examples: ["x1-lun-1-3a782555"],
        computedDefault: "Deckhouse's own choice",
      }),
      compatibilityFlag: z
        .enum(["Legacy", "Migration"])
        .optional()
        .meta({
          description:
            "Which storage drivers Deckhouse runs for volumes of vSphere 6: the old one alone, or both.",
          examples: ["Migration"],
          computedDefault: "the new driver alone",
        }),
    })
    .optional()
    .meta({
      description: "Settings of the StorageClasses that Deckhouse makes of the zones' datastores.",
      examples: [{ exclude: ["x1-lun-2.*"] }],
      computedDefault: "Deckhouse's own",
    }),
};
