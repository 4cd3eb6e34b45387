import type { Finding } from "../findings/finding";
import { topicOfCheck } from "../findings/pointers";
import { compareNaturally } from "../findings/text";
import type { Check, CheckResult, Wanted } from "./check";
import { preflightChecks } from "../configuration/preflightChecks";
import { checks as allChecks } from "./checks";
import type { VCenterFacts } from "./facts";

/** What one check has come to. */
export interface CheckReport extends CheckResult {
  readonly name: Check["name"];
  readonly claim: string;
}

/** What all checks together have come to. */
export interface PreflightReport {
  readonly checks: readonly CheckReport[];
  /** Of all checks, errors first, then in the order of their places. */
  readonly findings: readonly Finding[];
  /** How many facts of vCenter were looked at. */
  readonly facts: number;
}

/**
 * Runs every check over the same facts, so that everything is told at once. One that the stack takes less seriously says
 * so, with the reason.
 */
export function preflight(
  wanted: Wanted,
  facts: VCenterFacts,
  checks: readonly Check[] = allChecks,
): PreflightReport {
  const reports = checks.map((check): CheckReport => {
    const { name } = check;
    return { name, claim: preflightChecks[name], ...resultOf(check, wanted, facts) };
  });
  return {
    checks: reports,
    findings: reports
      .flatMap(({ findings }) => findings)
      .sort(
        (one, other) =>
          one.severity.localeCompare(other.severity) || compareNaturally(one.where, other.where),
      ),
    facts: reports.reduce((sum, report) => sum + report.facts, 0),
  };
}

function resultOf(check: Check, wanted: Wanted, facts: VCenterFacts): CheckResult {
  const said = wanted.configuration.preflight[check.name];
  const because = `preflight.${check.name} is ${said?.level ?? ""}: ${said?.reason ?? ""}`;
  if (said?.level === "off") return { findings: [], facts: 0, skipped: because };
  const looked = seen(check.run(wanted, facts));
  const findings = looked.findings.map((each) =>
    told(each, check, said === undefined ? each.severity : "warning"),
  );
  const result = { ...looked, findings };
  if (said === undefined) return result;
  return {
    ...result,
    skipped: [because, ...(result.skipped === undefined ? [] : [result.skipped])].join("; "),
  };
}

/**
 * The same as the finding of a check, of another severity perhaps. What to do may take long to find out, and is asked for
 * only where the finding is shown.
 */
function told(finding: Finding, { name }: Check, severity: Finding["severity"]): Finding {
  return {
    ...{ where: finding.where, found: finding.found, wrong: finding.wrong },
    ...{ severity, consequence: finding.consequence, kind: finding.kind },
    topic: topicOfCheck(name),
    get remedy() {
      return finding.remedy;
    },
  };
}

/** Why a check had nothing to look at, where nothing is amiss. */
export const nothingOfTheKind = "the configuration has nothing of the kind";

/** A check that looked at nothing does not pass in silence. */
function seen(result: CheckResult): CheckResult {
  const { facts, findings, skipped } = result;
  const isEmpty = facts === 0 && findings.length === 0 && skipped === undefined;
  return isEmpty ? { ...result, skipped: nothingOfTheKind } : result;
}
