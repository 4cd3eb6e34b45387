import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack, type Run } from "../../scripts/lab/stack";

describe("existing: true for a category that is not there", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    stack = await TestStack.create(simulator, {
      configuration: {
        ...exampleConfiguration(),
        categories: { region: { existing: true }, zone: { existing: true } },
      },
    });
  });

  afterEach(async () => {
    stack.dispose();
    await simulator.stop();
  });

  it("is a finding like all others, without a stack trace and without colours", async () => {
    const run = await stack.preview("--color", "never");
    assert.notEqual(run.exitCode, 0);
    for (const kind of ["region", "zone"]) {
      const finding = `categories.${kind}.existing: found true: vCenter has no tag category k8s-${kind}`;
      assert.ok(run.output.includes(finding), run.output);
    }
    assertPlain(run);
  });

  it("is one also when somebody deletes it later, and the stack goes on without it", async () => {
    const changes = ["k8s-region", "k8s-zone"].map((category) => ({
      operation: "createCategory" as const,
      category,
      cardinality: "SINGLE" as const,
    }));
    await simulator.control.change(...changes);
    await stack.up();
    await simulator.control.change({ operation: "deleteCategory", category: "k8s-zone" });
    const run = await stack.preview();
    assert.notEqual(run.exitCode, 0);
    assert.match(
      run.output,
      /categories\.zone\.existing: found true: vCenter has no tag category k8s-zone/,
    );
    assertPlain(run);
    // As the message says.
    stack.configure({ ...exampleConfiguration(), categories: { region: { existing: true } } });
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("a 503 while it is looked for is a sentence, or not noticed", async () => {
    await simulator.control.addFault({ match: "GET category", kind: "status", status: 503 });
    const run = await stack.preview();
    assert.notEqual(run.exitCode, 0);
    assert.match(run.output, /503/);
    assertPlain(run);
  });
});

function assertPlain({ output }: Run): void {
  assert.doesNotMatch(output, /^\s+at .*:\d+:\d+\)?$/m, "a stack trace");
  assert.doesNotMatch(output, /unhandled exception/);
  assert.ok(!output.includes("\u001b["), "colours");
}
