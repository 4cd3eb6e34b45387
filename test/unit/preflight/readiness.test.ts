import assert from "node:assert/strict";
import { warning, type Finding } from "../../../findings/finding";
import { nothingOfTheKind, type CheckReport, type PreflightReport } from "../../../preflight/run";
import { readinessOf, type Readiness } from "../../../preflight/readiness";

const narrow: Finding = warning("categories.zone.name", "it is wide", "know it");

/** A report of some checks; what is not said passes. */
function reportOf(...checks: readonly Partial<CheckReport>[]): PreflightReport {
  const passing: CheckReport = { name: "version", claim: "", findings: [], facts: 1 };
  const made = checks.map((check) => ({ ...passing, ...check }));
  return { checks: made, findings: made.flatMap(({ findings }) => findings), facts: 0 };
}

/** What is reported, what was before, and what comes of it. */
const cases: Readonly<Record<string, readonly [PreflightReport, Readiness, Readiness]>> = {
  "counts those that pass, also those that had nothing to look at": [
    reportOf({}, { name: "templates", facts: 0, skipped: nothingOfTheKind }),
    {},
    { passed: "2 of 2 checks" },
  ],
  "has the sentences of a check that warns": [
    reportOf({}, { name: "categories", findings: [narrow] }),
    {},
    { passed: "1 of 2 checks", categories: ["categories.zone.name: it is wide: know it"] },
  ],
  "says why a check was not made": [
    reportOf({}, { name: "principals", facts: 0, skipped: "not allowed" }),
    {},
    { passed: "1 of 2 checks", principals: "not checked: not allowed" },
  ],
  "keeps of a check that could not be made now that it passed": [
    reportOf({}, { name: "principals", facts: 0, skipped: "not allowed" }),
    { passed: "2 of 2 checks" },
    { passed: "2 of 2 checks" },
  ],
  "keeps of a check that could not be made now what it found": [
    reportOf({}, { name: "principals", facts: 0, skipped: "not allowed" }),
    { passed: "1 of 2 checks", principals: ["there is none"] },
    { passed: "1 of 2 checks", principals: ["there is none"] },
  ],
  "leaves out what is about the account or the change": [
    reportOf({}, { name: "accountRights", findings: [narrow] }, { name: "zoneOrder" }),
    {},
    { passed: "1 of 1 checks" },
  ],
  "says once why nothing was looked at": [
    reportOf(
      { facts: 0, skipped: "preflight is off" },
      { name: "tags", facts: 0, skipped: "preflight is off" },
    ),
    { passed: "2 of 2 checks" },
    { passed: "0 of 2 checks: preflight is off" },
  ],
};

describe("readiness", () => {
  for (const [what, [report, before, expected]] of Object.entries(cases)) {
    it(what, () => {
      assert.deepEqual(readinessOf(report, before), expected);
    });
  }
});
