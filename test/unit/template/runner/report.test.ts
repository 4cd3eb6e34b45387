import assert from "node:assert/strict";

import { RunFailure } from "../../../../template/runner/failure";
import { Cancellation } from "../../../../template/runner/lifeline";
import { failureText, type FailedRun } from "../../../../template/runner/report";
import { stageTexts, type StageName } from "../../../../template/runner/stages";
import { noPermission } from "../../../support/inMemoryVCenter";
import { exampleRequest } from "../../../support/templateImages";

const run: FailedRun = {
  ...{ request: exampleRequest, stage: "build", seconds: 245 },
  ...{ logFile: "/runs/run.log", remarks: [] },
};
const what = "The template ubuntu-noble-24.04-0123abcd in /X1";

/** The text of a failure, in which there is never a stack. */
function text(error: unknown, changes: Partial<FailedRun> = {}): string {
  const shown = failureText(error, { ...run, ...changes });
  assert.ok(!/^\s+at .+:\d+:\d+\)?$/m.test(shown), shown);
  assert.ok(!/\b\w+\.ts\b/.test(shown), shown);
  return shown;
}

describe("the text of a run that failed", () => {
  it("tells the stage that failed, what went wrong, what the tool said, what to do, and where the log is", () => {
    const failure = new RunFailure("init", "packer init failed (exit code 1)", "reach github.com", [
      "Error: no plugin",
      "  on a.pkr.hcl",
    ]);
    assert.equal(
      text(failure),
      [
        `${what} failed at "packer init", after 4 min 5 s:`,
        "  packer init failed (exit code 1)",
        "  | Error: no plugin",
        "  |   on a.pkr.hcl",
        "What to do: reach github.com.",
        "Log: /runs/run.log",
      ].join("\n"),
    );
  });

  it("has every line of a failure of several, and no remedy where the lines have it", () => {
    assert.equal(
      text(new RunFailure("tools", "git is too old\npacker is too old", "")),
      [
        `${what} failed at "looking for the tools", after 4 min 5 s:`,
        "  git is too old",
        "  packer is too old",
        "Log: /runs/run.log",
      ].join("\n"),
    );
  });

  it("has vCenter's own words, at the stage that the run was at", () => {
    assert.equal(
      text(noPermission("rename a virtual machine"), { stage: "check" }),
      [
        `${what} failed at "checking the template in vCenter", after 4 min 5 s:`,
        `  ${noPermission("rename a virtual machine").message}`,
        "Log: /runs/run.log",
      ].join("\n"),
    );
  });

  it("tells of an interruption what it means", () => {
    assert.equal(
      text(new Cancellation("Pulumi has ended it")),
      [
        `${what} was not finished, because Pulumi has ended it, at "packer build".`,
        "What it had begun is removed.",
        "Log: /runs/run.log",
      ].join("\n"),
    );
  });

  it("does not claim that all is clean when it is not", () => {
    const remarks = ["What the build had begun could not be removed"];
    const interrupted = text(new Cancellation("Pulumi has ended it"), { remarks });
    assert.ok(!interrupted.includes("is removed"), interrupted);
    for (const shown of [interrupted, text(new Error("x"), { remarks })]) {
      assert.ok(shown.includes(`\n${remarks[0] ?? ""}\nLog: `), shown);
    }
  });

  for (const error of [new TypeError("x is not a function"), "thrown text", 42, undefined]) {
    it(`has no stack of what is a fault of the program: ${String(error)}`, () => {
      const message = error instanceof Error ? error.message : String(error);
      assert.equal(
        text(error),
        `${what} failed at "packer build", after 4 min 5 s:\n  ${message}\nLog: /runs/run.log`,
      );
    });
  }

  it("names every stage", () => {
    for (const stage of Object.keys(stageTexts) as StageName[]) {
      assert.ok(text(new Error("x"), { stage }).includes(`failed at "${stageTexts[stage]}"`));
    }
  });
});
