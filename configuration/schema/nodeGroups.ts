import { z } from "zod";
import { instanceClassSchema } from "./instanceClass";
import { text } from "./text";

/** The zones of a group of nodes. */
export const zones = z
  .array(text)
  .min(1)
  .optional()
  .meta({
    description:
      "The zones to spread the nodes over, by tag name. Nodes are assigned to them in turn, in alphabetical order " +
      "whatever the order here; without this key, in the order of the region's `zones`.",
    examples: [["k8s-zone-x1-a", "k8s-zone-x1-b"]],
    computedDefault: "all zones of the region",
  });

/** The control-plane nodes: Deckhouse's `masterNodeGroup`. */
export const masterNodeGroupSchema = z.strictObject({
  replicas: z
    .int()
    .min(1)
    .meta({
      description: "Number of masters. An odd number lets the others outvote one that is lost.",
      examples: [3],
    }),
  zones,
  instanceClass: instanceClassSchema.meta({
    description: "The virtual machine of a master.",
    examples: [
      {
        numCPUs: 4,
        memory: 8192,
        template: "Templates/ubuntu-24.04",
        mainNetwork: "k8s-nodes",
        datastore: "x1_root",
      },
    ],
  }),
});

/** What Kubernetes nodes of a group carry. */
export const nodeTemplateSchema = z.strictObject({
  labels: z
    .record(z.string().meta({ title: "label" }), z.string())
    .optional()
    .meta({
      description: "Labels of the nodes.",
      examples: [{ "node-role.deckhouse.io/frontend": "" }],
      computedDefault: "none",
    }),
  annotations: z
    .record(z.string().meta({ title: "annotation" }), z.string())
    .optional()
    .meta({
      description: "Annotations of the nodes.",
      examples: [{ "example.com/rack": "7" }],
      computedDefault: "none",
    }),
  taints: z
    .array(
      z
        .strictObject({
          effect: z
            .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
            .optional()
            .meta({
              description: "What happens to pods that do not tolerate the taint.",
              enumDescriptions: {
                NoSchedule: "No new pods are placed on the node.",
                PreferNoSchedule: "New pods are placed on other nodes where possible.",
                NoExecute: "No new pods are placed on the node, and running ones are evicted.",
              },
              examples: ["NoExecute"],
              computedDefault: "Deckhouse's own",
            }),
          key: text.optional().meta({
            description: "Key of the taint.",
            examples: ["dedicated.deckhouse.io"],
            computedDefault: "none",
          }),
          value: z
            .string()
            .optional()
            .meta({
              description: "Value of the taint.",
              examples: ["frontend"],
              computedDefault: "none",
            }),
        })
        .meta({ title: "taint" }),
    )
    .optional()
    .meta({
      description: "Taints of the nodes.",
      examples: [[{ effect: "NoExecute", key: "dedicated.deckhouse.io", value: "frontend" }]],
      computedDefault: "none",
    }),
});

/** A group of permanent nodes beside the masters: an item of Deckhouse's `nodeGroups`. */
export const nodeGroupSchema = z.strictObject({
  name: text.meta({
    description: "Name of the group, which becomes part of its nodes' names. `master` is taken.",
    examples: ["frontend"],
  }),
  replicas: z
    .int()
    .min(0)
    .meta({ description: "Number of nodes.", examples: [2] }),
  zones,
  nodeTemplate: nodeTemplateSchema.optional().meta({
    description: "Labels, annotations and taints of the nodes.",
    examples: [{ labels: { "node-role.deckhouse.io/frontend": "" } }],
    computedDefault: "none",
  }),
  instanceClass: instanceClassSchema.meta({
    description: "The virtual machine of a node.",
    examples: [
      {
        numCPUs: 2,
        memory: 4096,
        template: "Templates/ubuntu-24.04",
        mainNetwork: "k8s-nodes",
        datastore: "x1_root",
      },
    ],
  }),
});
