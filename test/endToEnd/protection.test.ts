import assert from "node:assert/strict";
import { exampleConfiguration, zoneOf } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

describe("keeping and deleting", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: { ...exampleConfiguration(), protect: true },
  });

  before(() => stack.up());

  it("one switch protects everything: destroy deletes nothing", async () => {
    const made = await simulator.control.snapshot();
    const output = await stack.refused("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.match(output, /protect/);
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

  it("a datastore taken out of the configuration keeps its tags: the preview refuses, with the pairs that would go", async () => {
    const made = await simulator.control.snapshot();
    const smaller = exampleConfiguration();
    zoneOf(smaller, "k8s-zone-x1-a").datastores = ["x1_lun_1"];
    stack.configure({ ...smaller, protect: true });
    for (const output of [await stack.refusedPreview(), await stack.refusedUp()]) {
      assert.match(
        output,
        /protect: found true: this change would detach k8s-region-x1 from \/X1\/datastore\/x1_lun_2; k8s-zone-x1-a from \/X1\/datastore\/x1_lun_2: .*set protect to false/,
      );
    }
    assert.deepEqual(await simulator.control.snapshot(), made);
    stack.configure({ ...exampleConfiguration(), protect: true });
  });

  it("a zone, and a principal, taken out of the configuration keep all they had", async () => {
    const made = await simulator.control.snapshot();
    const withoutZone = exampleConfiguration();
    withoutZone.regions[1]?.zones.pop();
    const others = exampleConfiguration();
    const otherPrincipal = {
      ...others,
      role: { ...others.role, principals: ["restricted@vsphere.local"] },
    };
    stack.configure({ ...withoutZone, protect: true });
    for (const output of [await stack.refusedPreview(), await stack.refusedUp()]) {
      assert.match(output, /protect: found true: .* would detach .*k8s-zone-x2-b from/);
    }
    stack.configure({ ...otherPrincipal, protect: true });
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /Permission::kubernetes-deckhouse@vsphere\.local-on-\/X1" cannot be deleted\s+because it is protected/,
    );
    assert.deepEqual(await simulator.control.snapshot(), made);
    stack.configure({ ...exampleConfiguration(), protect: true });
  });

  it("a wrong tag on a protected object is still taken off, and the right one put back", async () => {
    const made = await simulator.control.snapshot();
    const path = "/X1/datastore/x1_lun_2";
    await simulator.control.change(
      { operation: "detachTag", category: "k8s-zone", tag: "k8s-zone-x1-a", path },
      { operation: "attachTag", category: "k8s-zone", tag: "k8s-zone-x1-b", path },
    );
    assert.match((await stack.plan()).messages, /k8s-zone-x1-b will be detached from/);
    await stack.up();
    assert.deepEqual(await simulator.control.snapshot(), made);
  });

  it("a refresh of a protected stack that nobody touched changes nothing", async () => {
    await stack.accepted("refresh", "--yes", "--skip-preview", "--expect-no-changes");
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
