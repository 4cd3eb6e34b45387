import assert from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";
import { formatted, summaryOf, verdictOf } from "../../../commands/check/formats";
import type { Finding } from "../../../findings/finding";
import type { PreflightReport } from "../../../preflight/run";

const finding = (severity: Finding["severity"], where = "regions[0].name"): Finding => ({
  severity,
  where,
  found: '"a|b*<c>"',
  wrong: "it is wrong",
  remedy: "mend it",
});

const report: PreflightReport = {
  facts: 12,
  findings: [finding("error"), finding("warning")],
  checks: [
    { name: "version", claim: "all is well", facts: 7, findings: [] },
    { name: "objects", claim: "nothing is wrong", facts: 3, findings: [finding("error")] },
    {
      name: "tags",
      claim: "nothing is odd",
      facts: 2,
      findings: [finding("warning")],
      skipped: "half",
    },
    {
      name: "templates",
      claim: "somebody knows",
      facts: 0,
      findings: [],
      skipped: "nobody <said>",
    },
  ],
};

describe("the report of npm run check", () => {
  it("calls a check passed only when it looked at something and found nothing", () => {
    assert.deepEqual(report.checks.map(verdictOf), ["PASS", "FAIL", "WARN", "SKIP"]);
  });

  it("ends with how much was looked at and what was found", () => {
    assert.equal(summaryOf(report), "12 facts of vCenter checked, 1 error, 1 warning");
  });

  it("is lines of text for people", () => {
    assert.equal(
      formatted(report, "text", "prod"),
      [
        "PASS  all is well",
        "FAIL  nothing is wrong",
        '      error: regions[0].name: found "a|b*<c>": it is wrong: mend it',
        "      see docs/troubleshooting.md#objects",
        "WARN  nothing is odd",
        '      warning: regions[0].name: found "a|b*<c>": it is wrong: mend it',
        "      see docs/troubleshooting.md#tags",
        "      not checked: half",
        "SKIP  somebody knows",
        "      not checked: nobody <said>",
        "",
        "12 facts of vCenter checked, 1 error, 1 warning.",
        "",
      ].join("\n"),
    );
  });

  it("is Markdown in which no name becomes markup", () => {
    const text = formatted(report, "markdown", "prod|x");
    assert.match(text, /^# Readiness of prod\\\|x$/m);
    assert.match(text, /^\| FAIL \| nothing is wrong \| 3 \|$/m);
    assert.match(text, /^- \*\*error\*\* regions\\\[0\\\]\.name: found "a\\\|b\\\*\\<c\\>"/m);
    assert.match(text, /^- not checked: nobody \\<said\\>$/m);
  });

  it("is JSON with everything in it", () => {
    const read = JSON.parse(formatted(report, "json", "prod")) as {
      checks: { verdict: string; findings: Finding[] }[];
    };
    assert.deepEqual(
      read.checks.map(({ verdict }) => verdict),
      ["PASS", "FAIL", "WARN", "SKIP"],
    );
    assert.deepEqual(read.checks[1]?.findings, [finding("error")]);
  });

  it("is JUnit, a case for each check", () => {
    const parser = new XMLParser({ ignoreAttributes: false });
    const { testsuite } = parser.parse(formatted(report, "junit", "prod")) as {
      testsuite: Record<string, unknown> & { testcase: Record<string, unknown>[] };
    };
    assert.deepEqual(
      ["@_name", "@_tests", "@_failures", "@_skipped"].map((key) => testsuite[key]),
      ["deckhouse-vsphere prod", "4", "1", "1"],
    );
    const [passed, failed, warned, skipped] = testsuite.testcase;
    assert.deepEqual(Object.keys(passed!), ["@_classname", "@_name"]);
    assert.equal((failed!["failure"] as { "#text": string })["#text"].includes("a|b*<c>"), true);
    assert.ok("system-out" in warned!);
    assert.equal((skipped!["skipped"] as Record<string, string>)["@_message"], "nobody <said>");
  });
});
