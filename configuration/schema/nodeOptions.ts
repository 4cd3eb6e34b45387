import { z } from "zod";
import { numberOrPercent, updateWindows } from "./text";

const size = z
  .string()
  .regex(
    /^[1-9][0-9]*(Ei|Pi|Ti|Gi|Mi|Ki|E|P|T|G|M|k)$/,
    "is not a size: write a number and a unit, like 512Mi or 1Gi",
  );

/** A path on a node; Deckhouse puts it into scripts. */
const nodePath = z
  .string()
  .regex(
    /^(\/[A-Za-z0-9._-]+)+$/,
    "is not a path on a node: begin with a slash, and use letters, digits, dots, dashes and underscores",
  );

const count = z.int().min(1);

/** What runs the containers of a group's nodes. */
const criSchema = z.strictObject({
  type: z.enum(["Containerd", "ContainerdV2", "NotManaged"]).meta({
    description: "What runs containers.",
    enumDescriptions: {
      Containerd: "Version 1 of containerd.",
      ContainerdV2:
        "Version 2 of containerd, which needs control groups v2 and a kernel of 5.8 or newer.",
      NotManaged: "Whatever the template brings along; Deckhouse neither installs nor updates it.",
    },
    examples: ["ContainerdV2"],
  }),
  maxConcurrentDownloads: count.optional().meta({
    description: "How many parts of an image are downloaded at a time. Not with `NotManaged`.",
    examples: [5],
    computedDefault: "Deckhouse's own, 3",
  }),
  criSocketPath: nodePath.optional().meta({
    description: "The socket of what runs containers. Only with `NotManaged`.",
    examples: ["/run/containerd/containerd.sock"],
    computedDefault: "Deckhouse looks for it",
  }),
});

/** What Deckhouse sets aside on each node of a group. */
const resourceReservationSchema = z.strictObject({
  mode: z
    .enum(["Off", "Auto", "Static"])
    .optional()
    .meta({
      description: "How much of a node is set aside for the system.",
      enumDescriptions: {
        Off: "Nothing: pods can take all of it.",
        Auto: "A part that follows from the size of the node.",
        Static: "What `static` says.",
      },
      examples: ["Off"],
      computedDefault: "Deckhouse's own, `Auto`",
    }),
  static: z
    .strictObject({
      cpu: z
        .string()
        .regex(/^[1-9][0-9]*m$/, "is not a share of processors: write thousandths, like 500m")
        .optional()
        .meta({
          description: "Processors, in thousandths of one.",
          examples: ["500m"],
          computedDefault: "none",
        }),
      memory: size.optional().meta({
        description: "How much memory.",
        examples: ["1Gi"],
        computedDefault: "none",
      }),
      ephemeralStorage: size.optional().meta({
        description: "How much space on the root disk.",
        examples: ["2Gi"],
        computedDefault: "none",
      }),
    })
    .optional()
    .meta({
      description:
        "What is set aside: one of these at least. Required with the mode `Static`, and only with it.",
      examples: [{ cpu: "500m", memory: "1Gi" }],
      computedDefault: "none",
    }),
});

/** How pods are kept together on nodes whose processors have memory of their own (NUMA). */
const topologyManagerSchema = z.strictObject({
  enabled: z
    .boolean()
    .optional()
    .meta({
      description:
        "Whether it runs. It needs a `resourceReservation`, with `cpu` where that is `Static`.",
      examples: [true],
      computedDefault: "Deckhouse's own, `false`",
    }),
  scope: z
    .enum(["Container", "Pod"])
    .optional()
    .meta({
      description: "What is kept together.",
      enumDescriptions: {
        Container: "Each container by itself.",
        Pod: "All containers of a pod.",
      },
      examples: ["Pod"],
      computedDefault: "Deckhouse's own, `Container`",
    }),
  policy: z
    .enum(["None", "BestEffort", "Restricted", "SingleNumaNode"])
    .optional()
    .meta({
      description: "How strictly it does so.",
      enumDescriptions: {
        None: "Not at all.",
        BestEffort: "Where it is possible.",
        Restricted: "Pods for which it is not possible are refused.",
        SingleNumaNode: "Pods that do not fit into one NUMA node are refused.",
      },
      examples: ["BestEffort"],
      computedDefault: "Deckhouse's own, `None`",
    }),
});

/** Settings of Kubernetes' agent on the nodes of a group. */
const kubeletSchema = z.strictObject({
  maxPods: count.optional().meta({
    description: "How many pods a node takes.",
    examples: [200],
    computedDefault: "Deckhouse's own, which follows from `podSubnetNodeCIDRPrefix`: 120 for 24",
  }),
  rootDir: nodePath.optional().meta({
    description: "The folder for volumes and other files of pods.",
    examples: ["/mnt/kubelet"],
    computedDefault: "Deckhouse's own, `/var/lib/kubelet`",
  }),
  containerLogMaxSize: size.optional().meta({
    description: "How large a container's log gets before another file is begun.",
    examples: ["100Mi"],
    computedDefault: "Deckhouse's own, `50Mi`",
  }),
  containerLogMaxFiles: z
    .int()
    // The schema of Deckhouse takes 1 too, with which kubelet does not start (pkg/kubelet/logs in kubernetes/kubernetes).
    .min(2)
    .max(20)
    .optional()
    .meta({
      description: "How many files of a container's log are kept.",
      examples: [10],
      computedDefault: "Deckhouse's own, 4",
    }),
  resourceReservation: resourceReservationSchema.optional().meta({
    description: "What is set aside on each node for the system.",
    examples: [{ mode: "Static", static: { cpu: "500m", memory: "1Gi" } }],
    computedDefault: "Deckhouse's own, the mode `Auto`",
  }),
  topologyManager: topologyManagerSchema.optional().meta({
    description:
      "Keeps pods that ask for whole processors close to their memory, on nodes with several NUMA nodes.",
    examples: [{ enabled: true, policy: "BestEffort" }],
    computedDefault: "Deckhouse's own: it does not run",
  }),
});

/** How updates that interrupt the work of a group's nodes are approved. */
const disruptionsSchema = z.strictObject({
  approvalMode: z.enum(["Automatic", "Manual", "RollingUpdate"]).meta({
    description: "How such an update is approved.",
    enumDescriptions: {
      Automatic: "Without asking: the node is drained and updated.",
      Manual: "Only after somebody has approved the update of the node.",
      RollingUpdate: "The node is replaced by a new one that is up to date.",
    },
    examples: ["RollingUpdate"],
  }),
  drainBeforeApproval: z
    .boolean()
    .optional()
    .meta({
      description:
        "Whether pods move to other nodes first. Without that they stop when the node does. Only with `Automatic`.",
      examples: [false],
      computedDefault: "Deckhouse's own, `true`",
    }),
  windows: updateWindows.optional().meta({
    description: "When nodes may be updated. Only with `Automatic` and `RollingUpdate`.",
    examples: [[{ from: "22:00", to: "23:30", days: ["Sat", "Sun"] }]],
    computedDefault: "any time",
  }),
});

/**
 * What Deckhouse does on the nodes of an ephemeral group, beside creating them. All versions of Deckhouse that are known
 * here have these fields; those that only some have are not offered.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` at v1.74.17, v1.75.9, v1.76.2 and 38b23a3e.
 */
export const nodeOptionKeys = {
  cri: criSchema.optional().meta({
    description: "What runs the containers of these nodes.",
    examples: [{ type: "ContainerdV2", maxConcurrentDownloads: 5 }],
    computedDefault: "that of the cluster",
  }),
  kubelet: kubeletSchema.optional().meta({
    description: "Settings of Kubernetes' agent on these nodes.",
    examples: [{ maxPods: 200 }],
    computedDefault: "Deckhouse's own",
  }),
  disruptions: disruptionsSchema.optional().meta({
    description: "How updates that interrupt a node's work are approved, and when.",
    examples: [
      { approvalMode: "RollingUpdate" },
      { approvalMode: "Automatic", windows: [{ from: "22:00", to: "23:30" }] },
    ],
    computedDefault: "Deckhouse's own, `Automatic` at any time",
  }),
  nodeDrainTimeoutSecond: count.optional().meta({
    description:
      "How many seconds a node that is to go waits for its pods to move. Those that are left then are stopped.",
    examples: [300],
    computedDefault: "Deckhouse's own",
  }),
  update: z
    .strictObject({
      maxConcurrent: numberOrPercent.meta({
        description:
          "How many nodes are updated at a time: a number, or a percentage of the group.",
        examples: [2, "10%"],
      }),
    })
    .optional()
    .meta({
      description: "How nodes are updated.",
      examples: [{ maxConcurrent: 2 }],
      computedDefault: "Deckhouse's own, one at a time",
    }),
} as const;
