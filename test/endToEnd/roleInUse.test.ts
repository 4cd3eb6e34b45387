import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

describe("a role that others use too, at destroy", () => {
  const theirs = { path: "/X1/host/x1_cluster_prod", principal: "backup@vsphere.local" } as const;
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made));

  async function giveThem(role: string): Promise<void> {
    const permission = { operation: "setPermission", ...theirs, role, propagate: true } as const;
    await simulator.control.change(permission);
  }

  async function assertOnlyTheirsIsLeft(): Promise<void> {
    const { roles, permissions } = await simulator.control.snapshot();
    assert.ok(roles.some(({ name }) => name === "kubernetes"));
    assert.deepEqual(
      permissions.filter(({ role }) => role === "kubernetes").map(({ path }) => path),
      [theirs.path],
    );
  }

  before(async () => {
    await stack.up();
    await giveThem("kubernetes");
  });

  it("stays, and destroy says who uses it, where, and what to do", async () => {
    const output = await stack.refused("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.match(
      output,
      /role kubernetes: it is in use, so it stays: VSPHERE\.LOCAL\\backup on \/X1\/host\/x1_cluster_prod: give them another role there/,
    );
    assert.doesNotMatch(output, /RemoveFailed|ServerFaultCode|^ +at .*:\d+:\d+/m);
    await assertOnlyTheirsIsLeft();
  });

  it("goes when the advice was followed, and their permission stays", async () => {
    await giveThem("ReadOnly");
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
    await giveThem("kubernetes");
    const output = await stack.refused("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.match(output, /pulumi state delete --target-dependents/);
    const urns = (await stack.run("stack", "--show-urns")).output;
    const [urn = ""] = /urn:pulumi:\S*::kubernetes-role(?=\s)/.exec(urns) ?? [];
    await stack.accepted("state", "delete", "--yes", "--target-dependents", urn);
    await stack.destroy();
    await assertOnlyTheirsIsLeft();
  });
});
