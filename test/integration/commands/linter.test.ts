import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CommandFailure } from "../../../commands/runCommand";
import { lintWorkflows } from "../../../scripts/test/workflows";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";
import { workflowTexts } from "../../support/workflowFiles";

const drift = workflowTexts()["drift.yml"]!;

/** A workflow with a fault, and what the linter says of it. */
const faults: readonly { what: string; text: string; says: RegExp }[] = [
  {
    what: "a misspelt key",
    text: drift.replace("timeout-minutes:", "timeout-minute:"),
    says: /unexpected key "timeout-minute"/,
  },
  {
    what: "a misspelt variable of a context",
    text: drift.replace("github.token", "github.tokken"),
    says: /property "tokken" is not defined/,
  },
  {
    what: "a permission that does not exist",
    text: drift.replace("issues: write", "isues: write"),
    says: /unknown permission scope "isues"/,
  },
  {
    what: "what somebody else wrote, put into a script",
    text: drift.replace("run: node", "run: echo ${{ github.event.issue.title }} && node"),
    says: /"github\.event\.issue\.title" is potentially untrusted/,
  },
  {
    what: "a schedule that cannot be",
    text: drift.replace("23 4 * * *", "23 25 * * *"),
    says: /invalid CRON format/,
  },
];

describe("the linter of the workflows", function () {
  // It may have to be built first.
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    // By this it knows the root of a repository.
    mkdirSync(join(folder, ".git"));
  });

  afterEach(() => {
    removeFolder(folder);
  });

  for (const { what, text, says } of faults) {
    it(`refuses ${what}`, async () => {
      assert.notEqual(text, drift);
      writeFiles(folder, { ".github/workflows/drift.yml": text });
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
