import assert from "node:assert/strict";
import {
  exampleConfiguration,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";

/** The example with one of its regions. */
function withRegion(index: number): WrittenConfiguration {
  const configuration = exampleConfiguration();
  configuration.regions = configuration.regions.slice(index, index + 1);
  return configuration;
}

describe("two stacks with a region each share the categories", () => {
  let simulator: Simulator;
  let first: TestStack;
  let second: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    first = await TestStack.create(simulator, { configuration: withRegion(0) }, "first");
    const other = withRegion(1);
    second = await TestStack.create(
      simulator,
      {
        configuration: {
          ...other,
          categories: { region: { existing: true }, zone: { existing: true } },
          role: { ...other.role, name: "kubernetes-x2" },
        },
      },
      "second",
    );
  });

  after(async () => {
    first.dispose();
    second.dispose();
    await simulator.stop();
  });

  it("a category that does not exist, against the configuration, fails with its name", async () => {
    const output = await second.refusedPreview();
    assert.match(output, /k8s-region/);
  });

  it("the second uses what the first made", async () => {
    await first.up();
    assert.ok(!(await second.plan()).steps.some((step) => step.includes("category")));
    await second.up();
    assert.deepEqual((await first.plan()).steps, []);
    assert.deepEqual((await second.plan()).steps, []);
  });

  it("the end of the second leaves the first as it was", async () => {
    await second.destroy();
    assert.deepEqual((await first.plan()).steps, []);
    const { categories, tags } = await simulator.control.snapshot();
    assert.ok(categories.some(({ name }) => name === "k8s-zone"));
    assert.deepEqual(
      tags.filter(({ category }) => category === "k8s-region").map(({ name }) => name),
      ["k8s-region-x1"],
    );
  });

  it("the end of the first leaves the second as it was", async () => {
    await second.up();
    await first.destroy();
    assert.deepEqual((await second.plan()).steps, []);
  });
});
