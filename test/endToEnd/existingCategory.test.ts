import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForEachTest } from "../support/stackForTests";

describe("existing: true for a category that is not there", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made), {
    configuration: {
      ...exampleConfiguration(),
      categories: { region: { existing: true }, zone: { existing: true } },
    },
  });

  it("is a finding like all others, without a stack trace and without colours", async () => {
    const output = await stack.refusedPreview("--color", "never");
    for (const kind of ["region", "zone"]) {
      const finding = `categories.${kind}.name: found "k8s-${kind}": vCenter has no such tag category`;
      assert.ok(output.includes(finding), output);
    }
    assertPlain(output);
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
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /categories\.zone\.name: found "k8s-zone": vCenter has no such tag category/,
    );
    assertPlain(output);
    // As the message says.
    stack.configure({ ...exampleConfiguration(), categories: { region: { existing: true } } });
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("a 503 while it is looked for is a sentence, or not noticed", async () => {
    await simulator.control.addFault({ match: "GET category", kind: "status", status: 503 });
    const output = await stack.refusedPreview();
    assert.match(output, /503/);
    assertPlain(output);
  });
});

function assertPlain(output: string): void {
  assert.doesNotMatch(output, /^\s+at .*:\d+:\d+\)?$/m, "a stack trace");
  assert.doesNotMatch(output, /unhandled exception/);
  assert.ok(!output.includes("\u001b["), "colours");
}
