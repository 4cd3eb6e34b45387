import assert from "node:assert/strict";
import { changedInventory } from "../support/changedInventory";
import { exampleConfiguration, zoneOf } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const password = "of-the-reading-account-7d20aa";
const reader = "reader@vsphere.local";

/** The example's inventory, with an account that may read both datacenters, and no tags: those hang on the root. */
const withReader = (folder: string): string =>
  changedInventory(folder, ({ users, permissions }) => {
    users.push({ name: reader, password });
    for (const path of ["/X1", "/X2"]) {
      permissions.push({ path, principal: reader, role: "ReadOnly" });
    }
  });

describe("what an account cannot read is not taken for gone:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let restricted: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), { inventory: withReader });

  before(async () => {
    await stack.up();
    restricted = stack.with({ VSPHERE_USER: reader, VSPHERE_PASSWORD: password });
  });

  for (const options of [[], ["--refresh=false"]]) {
    it(`tags (preview ${options.join(" ")})`, async () => {
      const output = await restricted.refusedPreview(...options);
      assert.match(
        output,
        /this account cannot read the tags k8s-region-x1, .*so nothing is known of the objects that carry them: grant it/,
      );
      assert.doesNotMatch(output, /no longer attached/);
    });
  }

  it("tags, in an up, which attaches nothing and loses nothing", async () => {
    const made = await simulator.control.snapshot();
    const state = await stack.exportState();
    const output = await restricted.refusedUp();
    assert.match(output, /this account cannot read the tags/);
    assert.deepEqual(await simulator.control.snapshot(), made);
    assert.deepEqual(attachmentsIn(await stack.exportState()), attachmentsIn(state));
    assert.deepEqual((await stack.plan()).steps, []);
  });

  describe("an object that is hidden from the account", () => {
    const path = "/X1/datastore/x1_lun_2";
    const smaller = exampleConfiguration();
    zoneOf(smaller, "k8s-zone-x1-a").datastores = ["x1_lun_1"];

    before(async () => {
      await simulator.control.change(
        { operation: "setPermission", path: "/", principal: reader, role: "Admin" },
        { operation: "setPermission", path, principal: reader, role: "NoAccess" },
        { operation: "removePermission", path: "/X1", principal: reader },
        { operation: "removePermission", path: "/X2", principal: reader },
      );
      stack.configure(smaller);
    });

    it("keeps its pairs in the state when it leaves the configuration, and up says that it cannot be seen", async () => {
      const state = await stack.exportState();
      assert.match(
        (await restricted.plan()).messages,
        /\/X1\/datastore\/x1_lun_2: vCenter has it, but this account cannot see it/,
      );
      const output = await restricted.refusedUp();
      assert.match(output, /\/X1\/datastore\/x1_lun_2: vCenter has it, .*System\.View/);
      assert.deepEqual(attachmentsIn(await stack.exportState()), attachmentsIn(state));
    });

    it("loses its tags in the up of an account that sees it", async () => {
      await stack.up();
      const { attachments } = await simulator.control.snapshot();
      assert.deepEqual(
        attachments.filter((attachment) => attachment.path === path),
        [],
      );
      assert.deepEqual((await stack.plan()).steps, []);
    });
  });

  describe("an object that is hidden from the account, and has a permission", () => {
    before(async () => {
      await simulator.control.change(
        { operation: "setPermission", path: "/", principal: reader, role: "Admin" },
        { operation: "setPermission", path: "/X2", principal: reader, role: "NoAccess" },
      );
    });

    it("keeps it in the state in a destroy, which says that it cannot be seen", async () => {
      const output = await restricted.refused("destroy", "--yes", "--skip-preview");
      assert.match(
        output,
        /\/X2: vCenter has it, but this account cannot see it, .*deckhouse@vsphere\.local .*System\.View/,
      );
    });

    it("loses it in the destroy of an account that sees it", async () => {
      await stack.destroy();
      const { attachments, permissions } = await simulator.control.snapshot();
      assert.ok(permissions.every(({ role }) => role !== "kubernetes"));
      assert.ok(attachments.every(({ category }) => category === "backup-policy"));
    });
  });
});

/** What the state holds of the attachments. */
function attachmentsIn(state: string): unknown {
  const { deployment } = JSON.parse(state) as {
    deployment: { resources: { urn: string; outputs?: { attachments?: unknown } }[] };
  };
  return deployment.resources.find(({ urn }) => urn.endsWith("topology-attachments"))?.outputs
    ?.attachments;
}
