import { z } from "zod";

const share = z.int().min(0).max(100);

/** How ESXi shares processors and memory among virtual machines. */
export const runtimeOptionsSchema = z.strictObject({
  nestedHardwareVirtualization: z
    .boolean()
    .optional()
    .meta({
      description: "Whether the nodes can run virtual machines themselves.",
      examples: [true],
      computedDefault: "Deckhouse's own",
    }),
  cpuShares: z
    .int()
    .min(0)
    .optional()
    .meta({
      description: "Processor shares, relative to other virtual machines.",
      examples: [1000],
      computedDefault: "Deckhouse's own",
    }),
  cpuLimit: z
    .int()
    .optional()
    .meta({
      description: "Processor limit in MHz.",
      examples: [8000],
      computedDefault: "Deckhouse's own",
    }),
  cpuReservation: z
    .int()
    .min(0)
    .optional()
    .meta({
      description: "Reserved processor capacity in MHz.",
      examples: [2000],
      computedDefault: "Deckhouse's own",
    }),
  memoryShares: share.optional().meta({
    description: "Memory shares, relative to other virtual machines, from 0 to 100.",
    examples: [80],
    computedDefault: "Deckhouse's own",
  }),
  memoryLimit: z
    .int()
    .optional()
    .meta({
      description: "Memory limit in MiB.",
      examples: [8192],
      computedDefault: "Deckhouse's own",
    }),
  memoryReservation: share.optional().meta({
    description: "Share of the memory that is reserved, in percent from 0 to 100.",
    examples: [80],
    computedDefault: "Deckhouse's own",
  }),
});
