import { z } from "zod";
import { text } from "./text";

/** What a cluster configuration says about storage; the datastores for volumes are those of the zones. */
export const storageKeys = {
  rootDiskDatastore: text.optional().meta({
    description:
      "The datastore for the root disks of all nodes whose instance class names none, relative to the datacenter's " +
      "datastore folder or as a full path. It may also be one of a zone's datastores, which hold volumes.",
    examples: ["x1_root"],
    computedDefault: "none: each instance class names its datastore",
  }),
  storagePolicy: z
    .strictObject({
      name: text.optional().meta({
        description: "Name of the storage policy. The program looks up its id in vCenter.",
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
      description:
        "The storage policy for the root disks of permanent nodes, by `name` or by `id`.",
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
            "StorageClasses that Deckhouse must not create: names, or Go regular expressions that match the whole name.",
          examples: [["x1-lun-2.*"]],
          computedDefault: "none",
        }),
      default: text.optional().meta({
        description:
          "Name of the default StorageClass: the name of a datastore as Deckhouse derives it, with a hash. If it is wrong, " +
          "the error lists the names that exist.",
        examples: ["x1-lun-1-3a782555"],
        computedDefault: "Deckhouse chooses",
      }),
      compatibilityFlag: z
        .enum(["Legacy", "Migration"])
        .optional()
        .meta({
          description: "Which storage drivers Deckhouse runs, for volumes of vSphere 6.",
          enumDescriptions: {
            Legacy: "Only the old driver: First Class Disks, which cannot be resized while in use.",
            Migration: "Both drivers at once, to move volumes from the old one to the new one.",
          },
          examples: ["Migration"],
          computedDefault: "only the new driver",
        }),
    })
    .optional()
    .meta({
      description:
        "Settings of the StorageClasses that Deckhouse creates for the zones' datastores.",
      examples: [{ exclude: ["x1-lun-2.*"] }],
      computedDefault: "Deckhouse's own",
    }),
};
