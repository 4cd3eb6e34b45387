import { findingText, folded, kindOf } from "../findings/finding";
import type { PreflightCheckName } from "../configuration/preflightChecks";
import { nothingOfTheKind, type CheckReport, type PreflightReport } from "./run";

/**
 * What the checks have come to, for the stack's outputs: how many passed, and of each other one the sentences of its
 * warnings, or why it was not made.
 */
export type Readiness = Readonly<
  Partial<Record<PreflightCheckName | "passed", string | readonly string[]>>
>;

/**
 * Not about the vCenter: about the account that looks, which may be another one in each pipeline, and about what this one
 * `up` changes.
 */
const aboutTheRun: ReadonlySet<PreflightCheckName> = new Set([
  "accountRights",
  "names",
  "permissionsInTheWay",
  "zoneOrder",
]);

/**
 * What the checks have come to. What an account may not look at stays as an account with more rights last saw it: a
 * pipeline that may only read must not show a change for that.
 *
 * @param before what they had come to, from the state; empty when there is none
 */
export function readinessOf({ checks }: PreflightReport, before: Readiness): Readiness {
  const made = checks.filter(({ name }) => !aboutTheRun.has(name));
  const reasons = new Set(made.map(({ facts, skipped }) => (facts > 0 ? undefined : skipped)));
  const [reason] = reasons;
  if (reasons.size === 1 && reason !== undefined && reason !== nothingOfTheKind) {
    return { passed: `0 of ${made.length} checks: ${reason}` };
  }
  const others = made.flatMap((check) => {
    const result = resultOf(check, before);
    return result === undefined ? [] : [[check.name, result] as const];
  });
  return {
    passed: `${made.length - others.length} of ${made.length} checks`,
    ...Object.fromEntries(others),
  };
}

/** Undefined for a check that has passed. */
function resultOf(
  { name, findings, facts, skipped }: CheckReport,
  before: Readiness,
): string | readonly string[] | undefined {
  if (findings.length > 0) {
    // Without where to read on: the state keeps no headings, which another version of this program may have renamed.
    return folded(
      findings.map((each) => ({
        kind: kindOf(each),
        about: each.where,
        text: () => findingText(each),
      })),
    );
  }
  // The template of a first up, for example, is nothing to check yet; that it is there later is no change to tell.
  if (facts > 0 || skipped === undefined || skipped === nothingOfTheKind) return undefined;
  return before.passed === undefined ? `not checked: ${skipped}` : before[name];
}
