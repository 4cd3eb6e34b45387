import assert from "node:assert/strict";

import {
  Cancellation,
  failure,
  failureText,
  RunFailure,
  type FailedRun,
} from "../../../../template/runner/failure";
import { stageTexts, type StageName } from "../../../../template/runner/progress";
import { noPermission } from "../../../support/inMemoryVCenter";
import { exampleRequest } from "../../../support/templateImages";
import { withoutPointers } from "../../../support/pointers";

const run: FailedRun = {
  request: exampleRequest,
  stage: "build",
  seconds: 245,
  logFile: "/runs/run.log",
  remarks: [],
};
const template = "The template ubuntu-noble-24.04-0123abcd in /X1";
const failed = (stage: StageName, ...lines: readonly string[]): string[] => [
  `${template} failed at "${stageTexts[stage]}", after 4 min 5 s:`,
  ...lines,
  "Log: /runs/run.log",
];
const unreachable = { where: "packer init", wrong: "failed", remedy: "reach github.com" };
const tool = (where: string) =>
  ({ severity: "error", where, wrong: "it is too old", remedy: "install it" }) as const;
const cancellation = new Cancellation("Pulumi ended it");
const cancelled = `${template} was not finished, because Pulumi ended it, at "packer build".`;
const remarks = ["The unfinished machine could not be removed"];

/** The lines that a user sees of an error. */
const cases: readonly (readonly [
  what: string,
  error: unknown,
  lines: readonly string[],
  changes?: Partial<FailedRun>,
])[] = [
  [
    "the stage that failed, what to do, what the tool printed, and where the log is",
    failure("init", unreachable, ["Error: no plugin", "  on a.pkr.hcl"]),
    failed(
      "init",
      "  packer init: failed: reach github.com",
      "  | Error: no plugin",
      "  |   on a.pkr.hcl",
    ),
  ],
  [
    "each of several findings",
    new RunFailure("tools", [tool("git"), tool("packer")]),
    failed("tools", "  git: it is too old: install it", "  packer: it is too old: install it"),
  ],
  [
    "vCenter's own words, at the stage of the run",
    noPermission("rename a virtual machine"),
    failed("check", `  ${noPermission("rename a virtual machine").message}`),
    { stage: "check" },
  ],
  [
    "what an interruption means",
    cancellation,
    [cancelled, "The unfinished machine and its files are removed.", "Log: /runs/run.log"],
  ],
  [
    "what was not removed after an interruption",
    cancellation,
    [cancelled, ...remarks, "Log: /runs/run.log"],
    { remarks },
  ],
  ["what was not removed after a failure", "x", failed("build", "  x", ...remarks), { remarks }],
  [
    "a session that may still be open",
    "x",
    failed("build", "  x", "A session may be open."),
    { leftSessions: "A session may be open." },
  ],
  ...[new TypeError("x is not a function"), "thrown text", 42, undefined].map(
    (error) =>
      [
        `no stack trace of a defect of the program: ${String(error)}`,
        error,
        failed("build", `  ${error instanceof Error ? error.message : String(error)}`),
      ] as const,
  ),
];

describe("the text of a failed run shows", () => {
  for (const [what, error, lines, changes] of cases) {
    it(what, () => {
      assert.deepEqual(
        withoutPointers(failureText(error, { ...run, ...changes })).split("\n"),
        lines,
      );
    });
  }

  for (const stage of Object.keys(stageTexts) as StageName[]) {
    it(`the stage ${stage}`, () => {
      assert.deepEqual(
        withoutPointers(failureText("x", { ...run, stage })).split("\n"),
        failed(stage, "  x"),
      );
    });
  }
});
