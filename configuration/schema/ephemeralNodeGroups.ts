import { z } from "zod";
import { ephemeralInstanceClassSchema } from "./instanceClass";
import { nodeTemplateSchema, zones } from "./nodeGroups";
import { nodeOptionKeys } from "./nodeOptions";
import { numberOrPercent, text } from "./text";

const count = z.int().min(0);

/**
 * A group of nodes that is ordered from inside the cluster and can grow and shrink: Deckhouse's `NodeGroup` of the
 * type CloudEphemeral, with the `VsphereInstanceClass` of its nodes.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml`.
 */
export const ephemeralNodeGroupSchema = z.strictObject({
  name: text.meta({
    description: "Name of the group and of its instance class. `master` is taken.",
    examples: ["worker"],
  }),
  minPerZone: count.meta({ description: "Minimum number of nodes in each zone.", examples: [1] }),
  maxPerZone: count.meta({
    description: "Maximum number of nodes in each zone.",
    examples: [3],
  }),
  maxUnavailablePerZone: count.optional().meta({
    description: "How many nodes of a zone may be unavailable while nodes are being replaced.",
    examples: [0],
    computedDefault: "Deckhouse's own, 0",
  }),
  maxSurgePerZone: count.optional().meta({
    description: "How many extra nodes a zone may have while nodes are being replaced.",
    examples: [1],
    computedDefault: "Deckhouse's own, 1",
  }),
  standby: numberOrPercent.optional().meta({
    description:
      "How many nodes of the group stand by without work, so that pods need not wait for a new node: a number for all " +
      "zones together, or a percentage of the greatest number of nodes.",
    examples: [2, "10%"],
    computedDefault: "none",
  }),
  standbyHolder: z
    .strictObject({
      overprovisioningRate: z
        .int()
        .min(1)
        .max(80)
        .meta({
          description: "The percentage of a node's processors and memory.",
          examples: [70],
        }),
    })
    .optional()
    .meta({
      description: "How much of a node that stands by is kept free. Only with `standby`.",
      examples: [{ overprovisioningRate: 70 }],
      computedDefault: "Deckhouse's own, 50 percent",
    }),
  priority: z
    .int()
    .min(1)
    .optional()
    .meta({
      description:
        "Where several groups could grow, the one with the greatest number does; among equals chance decides.",
      examples: [50],
      computedDefault: "Deckhouse's own",
    }),
  zones,
  nodeTemplate: nodeTemplateSchema.optional().meta({
    description: "Labels, annotations and taints of the nodes.",
    examples: [{ labels: { "node-role.deckhouse.io/system": "" } }],
    computedDefault: "none",
  }),
  ...nodeOptionKeys,
  instanceClass: ephemeralInstanceClassSchema.meta({
    description: "The virtual machine of a node.",
    examples: [{ numCPUs: 4, memory: 8192 }],
  }),
});
