import assert from "node:assert/strict";

import { LaunchedProject, type Outcome } from "../../support/launchedProject";

/** What the SDK does with an error that nobody caught (@pulumi/pulumi, cmd/run/run.ts), and a program that fails. */
const script = [
  'const { RunError } = require("@pulumi/pulumi");',
  'for (const event of ["unhandledRejection", "uncaughtException"]) {',
  "  process.on(event, (error) => console.log(RunError.isInstance(error) ? error.message : error.stack));",
  "}",
  'require("./launch/index.js");',
  'void Promise.reject(new TypeError("of a promise"));',
  'setTimeout(() => { throw new Error("of a timer"); }, 1);',
].join("\n");

describe("a program that fails in an unexpected way", function () {
  this.timeout(30_000);

  let project: LaunchedProject;

  before(async () => {
    project = await LaunchedProject.create();
  });

  after(() => project.remove());

  it("ends as one sentence, whatever promise was rejected", async () => {
    assert.equal((await run({})).stdout, "of a promise\nof a timer\n");
  });

  it("shows its stack traces to who develops it", async () => {
    const { stdout } = await run({ DECKHOUSE_VSPHERE_STACK_TRACES: "1" });
    assert.match(stdout, /^TypeError: of a promise\n {4}at /);
  });

  function run(variables: Readonly<Record<string, string>>): Promise<Outcome> {
    const assignments = Object.entries(variables).map(
      ([name, value]) => `process.env.${name} = ${JSON.stringify(value)};`,
    );
    return project.node("-e", [...assignments, script].join("\n"));
  }
});
