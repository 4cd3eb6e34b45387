import type { Danger } from "../../findings/change";
import { consequences } from "../../findings/consequences";
import { counted, countedText, say, type Words } from "../../findings/words";
import type { Review } from "./model";
import { isAboutTheAccount } from "./said";

/** What a reviewer should do about a plan. */
export type Level = "nothing" | "safe" | "closely" | "failed";

/** A reason to look closely: everything of one kind. */
export interface Reason {
  /** What happens, a sentence each, without its end. */
  readonly happenings: readonly Words[];
  /** What that means for a cluster that runs, or for the person who runs `up`. */
  readonly consequence: string;
}

/** What to think of a plan, and why. */
export interface Verdict {
  readonly level: Level;
  readonly heading: string;
  readonly summary: string;
  readonly reasons: readonly Reason[];
}

/** Judges a plan. */
export function verdictOf(review: Review): Verdict {
  const { succeeded, intent, drift, documents, said, steps } = review;
  // A preview may be made by an account that only reads: what it lacks for an up says nothing of the change.
  const warnings = said.warnings.filter((text) => !isAboutTheAccount(text));
  const reasons = [
    ...reasonsFor(intent.dangers),
    ...(drift.length > 0 ? [driftReason(drift.length)] : []),
    ...(warnings.length > 0 ? [warningReason(warnings.length)] : []),
  ];
  if (!succeeded) {
    return {
      ...{ level: "failed", heading: "The preview failed", reasons: [] },
      summary: "It does not tell what `pulumi up` would do. The reason is below.",
    };
  }
  const changes = intent.sentences.length + drift.length + documents.length + steps.length;
  if (changes === 0) {
    return {
      ...{ level: "nothing", heading: "Nothing changes", reasons: [] },
      summary: "vCenter is as the configuration says.",
    };
  }
  if (reasons.length > 0) {
    return {
      ...{ level: "closely", heading: "Look closely", reasons },
      summary: `${countedText(reasons.length, "reason")} to read before you approve.`,
    };
  }
  return { ...{ level: "safe", heading: "Safe", reasons }, summary: safeSummary(review) };
}

function safeSummary({ intent, documents, isFirst }: Review): string {
  if (intent.sentences.length > 0) {
    return isFirst
      ? "Everything is new, and nothing of others is touched."
      : "Nothing is taken away, and nothing that runs depends on what changes.";
  }
  return documents.length === 0
    ? "Nothing changes in vCenter, only what the stack keeps of it."
    : "Nothing changes in vCenter. Deckhouse's documents change, which a running cluster gets from you alone.";
}

function reasonsFor(dangers: readonly Danger[]): Reason[] {
  const kinds = [...new Set(dangers.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    happenings: dangers.filter((danger) => danger.kind === kind).map(({ words }) => words),
    consequence: consequences[kind],
  }));
}

/** How many happenings of one kind are told. */
const mostHappenings = 5;

/**
 * What happens of one kind, in one sentence.
 *
 * @param shown writes one of them
 */
export function joinedHappenings(
  happenings: readonly Words[],
  shown: (words: Words) => string,
): string {
  const more = happenings.length - mostHappenings;
  const told = happenings.slice(0, mostHappenings).map(shown).join("; ");
  return more > 0 ? `${told}; and ${more.toLocaleString("en-US")} more like that` : told;
}

function driftReason(count: number): Reason {
  return {
    happenings: [say`somebody else changed vCenter: ${counted(count, "difference")}`],
    consequence:
      "`up` undoes that. What should stay as it is now has to go into the configuration first.",
  };
}

function warningReason(count: number): Reason {
  return {
    happenings: [say`the preflight has ${counted(count, "warning")}`],
    consequence: "Each is below, with what to do.",
  };
}
