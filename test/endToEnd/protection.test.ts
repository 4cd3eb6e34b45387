import assert from "node:assert/strict";
import { exampleConfiguration } from "../support/exampleConfiguration";
import { Simulator } from "../support/simulator";
import { TestStack } from "../support/stack";

describe("keeping and deleting", () => {
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    stack = await TestStack.create(simulator, {
      configuration: { ...exampleConfiguration(), protect: true },
    });
    await stack.up();
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
  });

  it("one switch protects everything: destroy deletes nothing", async () => {
    const made = await simulator.control.snapshot();
    const destroy = await stack.run("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.notEqual(destroy.exitCode, 0);
    assert.match(destroy.output, /protect/);
    assert.deepEqual(await simulator.control.snapshot(), made);
  });

  it("every resource that the stack owns is protected", async () => {
    const { deployment } = JSON.parse(await stack.exportState()) as {
      deployment: { resources: { type: string; custom: boolean; protect?: boolean }[] };
    };
    const unprotected = deployment.resources.filter(
      ({ type, custom, protect }) =>
        custom && !type.startsWith("pulumi:providers:") && protect !== true,
    );
    assert.deepEqual(unprotected, []);
  });

  it("without the switch, and when the configuration says so, destroy deletes the categories too", async () => {
    const first = (await simulator.control.snapshot()).permissions.filter(
      ({ role }) => role !== "kubernetes",
    );
    stack.configure({ ...exampleConfiguration(), categories: { deleteOnDestroy: true } });
    await stack.up();
    await stack.destroy();
    const left = await simulator.control.snapshot();
    assert.deepEqual(
      left.categories.map(({ name }) => name),
      ["backup-policy"],
    );
    assert.deepEqual(left.permissions, first);
  });
});
