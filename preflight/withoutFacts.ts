import { preflightChecks, type PreflightCheckName } from "../configuration/preflightChecks";
import { onTopic, type Finding } from "../findings/finding";
import { topicOfCheck } from "../findings/pointers";
import type { AboutVCenter } from "../vcenter";
import { checks } from "./checks";
import { versionFindings } from "./checks/version";
import type { CheckReport, PreflightReport } from "./run";

const because = "because vCenter could not be asked";

/**
 * The report of a look at a vCenter that could not be asked: everything else is skipped. What it says of itself without a
 * login is told all the same; a vCenter that is too old explains why it could not answer.
 *
 * @param finding why it could not be asked
 * @param about what it said of itself, if it did
 */
export function withoutFacts(finding: Finding, about?: AboutVCenter): PreflightReport {
  const versions =
    about === undefined ? [] : onTopic(topicOfCheck("version"), versionFindings(about));
  const isExplained =
    finding.where === "vsphere:vsphereServer" &&
    versions.some(({ severity }) => severity === "error");
  return report((name): Part => {
    if (name === "connection" && !isExplained) return { findings: [finding] };
    if (name === "version" && about !== undefined) return { findings: versions, facts: 1 };
    return { skipped: because };
  });
}

/** The report of a stack that has turned the preflight off as a whole: nothing is known, so nothing is promised. */
export function turnedOff(): PreflightReport {
  return report(() => ({ skipped: "preflight is off" }));
}

type Part = Partial<Omit<CheckReport, "name" | "claim">>;

function report(partOf: (name: PreflightCheckName) => Part): PreflightReport {
  const reports = checks.map(({ name }): CheckReport => ({
    name,
    claim: preflightChecks[name],
    findings: [],
    facts: 0,
    ...partOf(name),
  }));
  return {
    checks: reports,
    findings: reports.flatMap(({ findings }) => findings),
    facts: reports.reduce((sum, { facts }) => sum + facts, 0),
  };
}
