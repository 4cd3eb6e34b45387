import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";

describe("a role that others use too, at destroy", () => {
  const theirs = { path: "/X1/host/x1_cluster_prod", principal: "backup@vsphere.local" } as const;
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    stack = await TestStack.create(simulator, { configuration: exampleConfiguration() });
    await stack.up();
    await simulator.control.change({
      operation: "setPermission",
      ...theirs,
      role: "kubernetes",
      propagate: true,
    });
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
  });

  it("stays, and destroy says who uses it, where, and what to do", async () => {
    const { exitCode, output } = await stack.run(
      ...["destroy", "--yes", "--non-interactive", "--skip-preview"],
    );
    assert.notEqual(exitCode, 0);
    assert.match(
      output,
      /role kubernetes: it is in use, so it stays: VSPHERE\.LOCAL\\backup on \/X1\/host\/x1_cluster_prod: give them another role there/,
    );
    assert.doesNotMatch(output, /RemoveFailed|ServerFaultCode|^ +at .*:\d+:\d+/m);
    const { roles, permissions } = await simulator.control.snapshot();
    assert.ok(roles.some(({ name }) => name === "kubernetes"));
    assert.deepEqual(
      permissions.filter(({ role }) => role === "kubernetes").map(({ path }) => path),
      [theirs.path],
    );
  });

  it("goes when the advice was followed, and their permission stays", async () => {
    await simulator.control.change({
      operation: "setPermission",
      ...theirs,
      role: "ReadOnly",
      propagate: true,
    });
    await stack.destroy();
    const { roles, permissions } = await simulator.control.snapshot();
    assert.ok(!roles.some(({ name }) => name === "kubernetes"));
    assert.ok(permissions.some(({ path, role }) => path === theirs.path && role === "ReadOnly"));
  });

  it("stays in vCenter, and destroy ends well, when the stack was told to forget it", async () => {
    stack.configure({
      ...exampleConfiguration(),
      categories: { region: { existing: true }, zone: { existing: true } },
    });
    await stack.up();
    await simulator.control.change({
      operation: "setPermission",
      ...theirs,
      role: "kubernetes",
      propagate: true,
    });
    const refused = await stack.run("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.match(refused.output, /pulumi state delete --target-dependents/);
    const urns = (await stack.run("stack", "--show-urns")).output;
    const [urn = ""] = /urn:pulumi:\S*::kubernetes-role(?=\s)/.exec(urns) ?? [];
    const forgotten = await stack.run("state", "delete", "--yes", "--target-dependents", urn);
    assert.equal(forgotten.exitCode, 0, forgotten.output);
    await stack.destroy();
    const { roles, permissions } = await simulator.control.snapshot();
    assert.ok(roles.some(({ name }) => name === "kubernetes"));
    assert.deepEqual(
      permissions.filter(({ role }) => role === "kubernetes").map(({ path }) => path),
      [theirs.path],
    );
  });
});
