import { z } from "zod";
import { preflightChecks, type PreflightCheckName } from "../preflightChecks";
import { text } from "./text";

/** What a stack says of single checks: nobody turns one down without a reason that others can read. */
const levels = z.partialRecord(
  z.enum(Object.keys(preflightChecks) as [PreflightCheckName, ...PreflightCheckName[]]).meta({
    title: "check",
    enumDescriptions: { ...preflightChecks },
  }),
  z
    .strictObject({
      level: z.enum(["warn", "off"]).meta({
        description: "What becomes of the check.",
        enumDescriptions: {
          warn: "What it finds is a warning, and stops nothing.",
          off: "It is not made.",
        },
        examples: ["warn"],
      }),
      reason: text.meta({
        description: "Why. It is shown each time.",
        examples: ["the hosts of the new rack get their mounts next week"],
      }),
    })
    .meta({ title: "check" }),
);

/** How serious the checks are, by their names, as far as a stack says it. */
export type PreflightLevels = z.output<typeof levels>;

/** All checks at once, or single ones. */
export const preflightSchema = z
  .union([
    z.enum(["off"]).meta({
      enumDescriptions: {
        off:
          "No check is made, and a preview works with no vCenter at hand: it shows what the configuration and the state " +
          "say. A warning says so each time, and `npm run check` promises nothing. `pulumi up` needs vCenter as ever.",
      },
    }),
    levels,
  ])
  .default({})
  .meta({
    description:
      "Checks of `npm run check` that this stack takes less seriously, by their names, each with its reason; or `off` for " +
      "all of them. " +
      `The checks: ${Object.entries(preflightChecks)
        .map(([name, claim]) => `\`${name}\` (${claim})`)
        .join("; ")}.`,
    examples: [
      {
        volumeDatastores: {
          level: "warn",
          reason: "the hosts of the new rack get their mounts next week",
        },
      },
    ],
  });
