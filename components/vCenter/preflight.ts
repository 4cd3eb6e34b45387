import type { Configuration } from "../../configuration";
import type { NamedObject } from "../../configuration/namedObjects";
import { findingTexts, type Finding } from "../../findings/finding";
import type { Wanted } from "../../preflight/check";
import { askedFor } from "../../preflight/earlier";
import { privilegesLeftOut } from "../../preflight/privilegesLeftOut";
import { readinessOf } from "../../preflight/readiness";
import { nothingOfTheKind, preflight, type PreflightReport } from "../../preflight/run";
import { turnedOff } from "../../preflight/withoutFacts";
import { policiesWithoutId, storagePolicyIds } from "../../preflight/storagePolicyIds";
import { grantTexts } from "../kubernetesRole/changes/grants";
import type { LiveView } from "../dynamic/liveView";
import { unknownValue } from "../dynamic/dynamicProvider";
import { readFacts, readPrivileges, readStoragePolicies } from "../preflight/readFacts";
import type { Seen } from "./identity";

/** What the preflight goes by. */
export interface Look {
  readonly configuration: Configuration;
  readonly names: readonly NamedObject[];
  /** The account that looks. */
  readonly user: string;
  /** Whether this is a preview. */
  readonly isPreview: boolean;
}

/** What a look at the whole vCenter has come to. */
export interface LookResult {
  readonly seen: Seen;
  /** What stops the preview. */
  readonly errors: readonly Finding[];
  /** What else a user should know, a sentence each, with what passed. */
  readonly remarks: readonly string[];
}

/**
 * Checks everything that the stack wants of vCenter, before any other resource looks at its own part. A stack that has
 * turned the preflight off is only asked for what its role and its documents cannot be
 * made without.
 *
 * @param before what the state holds of the last up; "none" before the first, "unknown" where it holds nothing of the kind
 * @throws VCenterError when vCenter cannot be asked
 */
export async function lookAround(
  live: LiveView,
  { configuration, names, user, isPreview }: Look,
  before: Seen | "none" | "unknown",
): Promise<LookResult> {
  const [earlier, seenBefore] =
    typeof before === "string" ? [before, undefined] : [before.asked, before];
  const ofGrants = grantChanges(configuration, earlier);
  if (configuration.isPreflightOff) {
    const [storagePolicies, privileges] = await Promise.all([
      readStoragePolicies(live, configuration),
      readPrivileges(live),
    ]);
    const ids = storagePolicyIds(configuration, storagePolicies, seenBefore?.storagePolicyIds);
    return {
      seen: {
        ...notChecked(configuration, earlier),
        storagePolicyIds: ids,
        privilegesLeftOut: privilegesLeftOut(configuration, { privileges }),
      },
      errors: policiesWithoutId(configuration, ids),
      remarks: ofGrants,
    };
  }
  const wanted = { configuration, names, isReady: false, isPreview, earlier };
  const facts = await readFacts(live, wanted, user);
  const report = preflight(wanted, facts);
  const ids = storagePolicyIds(configuration, facts.storagePolicies, seenBefore?.storagePolicyIds);
  const errors = report.findings.filter(({ severity }) => severity === "error");
  return {
    seen: {
      asked: askedFor(wanted, facts),
      storagePolicyIds: ids,
      privilegesLeftOut: privilegesLeftOut(configuration, facts),
      readiness: readinessOf(report, seenBefore?.readiness ?? {}),
    },
    // A policy that a check refuses has no id either.
    errors: errors.length > 0 ? errors : policiesWithoutId(configuration, ids),
    remarks: errors.length > 0 ? remarksOn(report) : [...ofGrants, ...remarksOn(report)],
  };
}

/** What changes of permissions; nothing where nobody knows what was granted. */
function grantChanges({ role }: Configuration, earlier: Wanted["earlier"]): string[] {
  if (earlier === "unknown") return [];
  return grantTexts(earlier === "none" ? undefined : earlier, role);
}

/** Whether the stack does without a vCenter that cannot be asked: a preview alone changes nothing in it. */
export function mayDoWithout({ configuration, isPreview }: Look): boolean {
  return isPreview && configuration.isPreflightOff;
}

/** What a preview leaves that does without vCenter: what the program asks for, and what was last seen. */
export function unseen({ configuration }: Look, before: Seen | undefined): Seen {
  return {
    ...notChecked(configuration, before?.asked ?? "unknown"),
    storagePolicyIds: storagePolicyIds(
      configuration,
      undefined,
      before?.storagePolicyIds,
      unknownValue,
    ),
    privilegesLeftOut: before?.privilegesLeftOut ?? [],
  };
}

function notChecked(
  configuration: Configuration,
  earlier: Wanted["earlier"],
): Pick<Seen, "asked" | "readiness"> {
  return {
    asked: askedFor({ configuration, earlier }, {}),
    readiness: readinessOf(turnedOff(), {}),
  };
}

function remarksOn({ checks, findings, facts }: PreflightReport): string[] {
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const skipped = checks.flatMap(({ name, skipped: why }) =>
    why === undefined || why === nothingOfTheKind ? [] : [`not checked by ${name}: ${why}`],
  );
  const outcome = [
    ...counted(findings.length - warnings.length, "fault"),
    ...counted(warnings.length, "warning"),
  ].join(", ");
  return [
    ...findingTexts(warnings).map((text) => `warning: ${text}`),
    ...skipped,
    `${facts.toLocaleString("en-US")} facts of vCenter checked: ${outcome || "nothing is wrong"}`,
  ];
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count.toLocaleString("en-US")} ${count === 1 ? what : `${what}s`}`];
}
