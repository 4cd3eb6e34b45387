import XMLBuilder from "fast-xml-builder";
import { findingText, type Finding } from "../../findings/finding";
import { pointerTo, topicOfCheck } from "../../findings/pointers";
import { visibleText } from "../../findings/text";
import type { CheckReport, PreflightReport } from "../../preflight/run";

/** The forms in which a report can be written. */
export const formats = ["text", "markdown", "json", "junit"] as const;

/** A form of a report. */
export type Format = (typeof formats)[number];

/** Writes a report in one of the forms, with a line break at the end. */
export function formatted(report: PreflightReport, format: Format, stack: string): string {
  switch (format) {
    case "text":
      return textReport(report);
    case "markdown":
      return markdownReport(report, stack);
    case "json":
      return `${JSON.stringify(jsonReport(report), null, 2)}\n`;
    case "junit":
      return junitReport(report, stack);
  }
}

/** `PASS`, `WARN`, `FAIL` or `SKIP`: a check that looked at nothing is not passed. */
export function verdictOf({ findings, facts, skipped }: CheckReport): string {
  if (findings.some(({ severity }) => severity === "error")) return "FAIL";
  if (findings.length > 0) return "WARN";
  return skipped !== undefined && facts === 0 ? "SKIP" : "PASS";
}

/** `312 facts of vCenter checked, 2 errors, 1 warning`. */
export function summaryOf({ facts, findings }: PreflightReport): string {
  const count = (severity: Finding["severity"]): string => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${number} ${severity}${number === 1 ? "" : "s"}`;
  };
  return `${facts} facts of vCenter checked, ${count("error")}, ${count("warning")}`;
}

function textReport(report: PreflightReport): string {
  const lines = report.checks.flatMap((check) => [
    `${verdictOf(check)}  ${check.claim}`,
    ...check.findings.map((finding) => `      ${finding.severity}: ${findingText(finding)}`),
    ...readOn(check).map((pointer) => `      see ${pointer}`),
    ...(check.skipped === undefined ? [] : [`      not checked: ${check.skipped}`]),
  ]);
  return visibleText(`${[...lines, "", `${summaryOf(report)}.`].join("\n")}\n`);
}

/** Where to read on about a check that has found something. */
function readOn({ name, findings }: CheckReport): string[] {
  return findings.length === 0 ? [] : [pointerTo(topicOfCheck(name))];
}

function markdownReport(report: PreflightReport, stack: string): string {
  const rows = report.checks.map(
    (check) => `| ${verdictOf(check)} | ${check.claim} | ${check.facts} |`,
  );
  const findings = report.findings.map(
    (finding) => `- **${finding.severity}** ${escaped(findingText(finding))}`,
  );
  const skipped = report.checks.flatMap(({ skipped: why }) =>
    why === undefined ? [] : [`- not checked: ${escaped(why)}`],
  );
  const pointers = report.checks.flatMap(readOn).map((pointer) => `\`${pointer}\``);
  const open = [
    ...findings,
    ...skipped,
    ...(pointers.length > 0 ? [`- what to do: ${pointers.join(", ")}`] : []),
  ];
  return [
    `# Readiness of ${escaped(stack)}`,
    "",
    `${summaryOf(report)}.`,
    "",
    "| | Check | Facts |",
    "|---|---|---|",
    ...rows,
    ...(open.length > 0 ? ["", ...open] : []),
    "",
  ].join("\n");
}

/** Names from vCenter must not become markup. */
function escaped(text: string): string {
  return visibleText(text).replaceAll(/[\\`*_{}[\]<>|#]/g, "\\$&");
}

function jsonReport(report: PreflightReport): object {
  return {
    facts: report.facts,
    checks: report.checks.map((check) => ({
      name: check.name,
      claim: check.claim,
      verdict: verdictOf(check),
      facts: check.facts,
      skipped: check.skipped,
      readOn: readOn(check)[0],
      findings: check.findings.map(({ kind: _kind, topic: _topic, ...finding }) => finding),
    })),
  };
}

/** JUnit as test reporters of pipelines read it: a case for each check. */
function junitReport(report: PreflightReport, stack: string): string {
  const failures = report.checks.filter((check) => verdictOf(check) === "FAIL").length;
  const skips = report.checks.filter((check) => verdictOf(check) === "SKIP").length;
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    format: true,
    suppressBooleanAttributes: false,
  });
  return builder.build({
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuite: {
      "@name": `deckhouse-vsphere ${stack}`,
      "@tests": report.checks.length,
      "@failures": failures,
      "@skipped": skips,
      testcase: report.checks.map((check) => {
        const said = [
          ...check.findings.map(findingText),
          ...readOn(check).map((pointer) => `see ${pointer}`),
        ].join("\n");
        return {
          "@classname": "deckhouse-vsphere",
          "@name": check.claim,
          ...(verdictOf(check) === "FAIL" && {
            failure: { "@message": check.name, "#text": said },
          }),
          ...(verdictOf(check) === "SKIP" && { skipped: { "@message": check.skipped ?? "" } }),
          ...(verdictOf(check) === "WARN" && { "system-out": said }),
        };
      }),
    },
  });
}
