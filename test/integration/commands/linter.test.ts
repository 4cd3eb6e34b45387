import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CommandFailure } from "../../../commands/run";
import { lintWorkflows } from "../../../scripts/test/steps";
import { folderForEachTest, writeFiles } from "../../support/temporaryFolder";
import { workflowTexts } from "../../support/workflowFiles";

const drift = workflowTexts()["drift.yml"]!;

/** Faults: what is replaced by what, and what the linter says of it. */
const faults = [
  ["a misspelt key", "timeout-minutes:", "timeout-minute:", /unexpected key "timeout-minute"/],
  [
    "a misspelt variable of a context",
    "github.token",
    "github.tokken",
    /property "tokken" is not defined/,
  ],
  [
    "a permission that does not exist",
    "issues: write",
    "isues: write",
    /unknown permission scope "isues"/,
  ],
  [
    "what somebody else wrote, put into a script",
    "run: node",
    "run: echo ${{ github.event.issue.title }} && node",
    /"github\.event\.issue\.title" is potentially untrusted/,
  ],
  ["a schedule that cannot be", "23 4 * * *", "23 25 * * *", /invalid CRON format/],
] as const;

describe("the linter of the workflows", function () {
  // It may have to be built first.
  this.timeout(120_000);
  let folder: string;

  folderForEachTest((made) => {
    folder = made;
    // By this it knows the root of a repository.
    mkdirSync(join(folder, ".git"));
  });

  for (const [what, right, wrong, says] of faults) {
    it(`refuses ${what}`, async () => {
      assert.ok(drift.includes(right));
      writeFiles(folder, { ".github/workflows/drift.yml": drift.replace(right, wrong) });
      await assert.rejects(lintWorkflows(folder), (error) => {
        assert.ok(error instanceof CommandFailure);
        assert.match(error.output, says);
        return true;
      });
    });
  }

  it("accepts the same without the fault", async () => {
    writeFiles(folder, { ".github/workflows/drift.yml": drift });
    await lintWorkflows(folder);
  });

  it("refuses a repository without workflows", async () => {
    await assert.rejects(lintWorkflows(folder), CommandFailure);
  });
});
