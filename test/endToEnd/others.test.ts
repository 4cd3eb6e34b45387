import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorControl";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const deckhouse = "deckhouse@vsphere.local";
const weekly = { category: "backup-policy", tag: "weekly" } as const;
const zoneA = { category: "k8s-zone", tag: "k8s-zone-x1-a" } as const;

/** What belongs to others: everything but the stack's categories, their tags, the role, and the permissions with it. */
function ofOthers({ categories, tags, attachments, roles, permissions }: Snapshot): Snapshot {
  const foreign = (category: string): boolean => !category.startsWith("k8s-");
  return {
    categories: categories.filter(({ name }) => foreign(name)),
    tags: tags.filter(({ category }) => foreign(category)),
    attachments: attachments.filter(({ category }) => foreign(category)),
    roles: roles.filter(({ name }) => name !== "kubernetes"),
    permissions: permissions.filter(({ role }) => role !== "kubernetes"),
  };
}

describe("what belongs to others", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let before_: Snapshot;

  const snapshot = (): Promise<Snapshot> => simulator.control.snapshot();

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(async () => {
    before_ = await snapshot();
    await stack.up();
  });

  it("is there to be harmed: tags on the same objects, a role and permissions on the same objects", () => {
    assert.ok(before_.attachments.some(({ path }) => path === "/X1"));
    assert.ok(before_.attachments.some(({ path }) => path.includes("/datastore/")));
    assert.ok(
      before_.permissions.some(({ path, role }) => path === "/X1" && role === "backup-operator"),
    );
    assert.deepEqual(
      before_.roles.map(({ name }) => name),
      ["backup-operator"],
    );
  });

  it("survives up", async () => {
    assert.deepEqual(ofOthers(await snapshot()), before_);
  });

  it("that somebody adds later survives refresh, update and a repair", async () => {
    await simulator.control.change(
      { operation: "attachTag", ...weekly, path: "/X1/datastore/x1_lun_1" },
      { operation: "attachTag", ...weekly, path: "/X2/host/x2_cluster_prod" },
      {
        operation: "setPermission",
        path: "/X1",
        principal: "kubernetes-admins@vsphere.local",
        group: true,
        role: "ReadOnly",
        propagate: false,
      },
      { operation: "detachTag", ...zoneA, path: "/X1/datastore/x1_lun_1" },
      { operation: "removePermission", path: "/X1", principal: deckhouse },
    );
    const theirs = ofOthers(await snapshot());
    await stack.refresh();
    assert.deepEqual(ofOthers(await snapshot()), theirs);
    await stack.up();
    assert.deepEqual(ofOthers(await snapshot()), theirs);
    const changed = exampleConfiguration();
    changed.regions[1]?.zones.pop();
    stack.configure(changed);
    await stack.up();
    assert.deepEqual(ofOthers(await snapshot()), theirs);
  });

  it("includes a tag of ours that somebody attached to an object that is not in the configuration", async () => {
    const pair = { ...zoneA, path: "/X1/datastore/x1_root" };
    await simulator.control.change({ operation: "attachTag", ...pair });
    assert.deepEqual((await stack.plan()).steps, []);
    await stack.up();
    const { attachments } = await snapshot();
    assert.ok(attachments.some(({ tag, path }) => tag === pair.tag && path === pair.path));
    await simulator.control.change({ operation: "detachTag", ...pair });
  });

  it("includes a permission whose role somebody changed before destroy", async () => {
    await simulator.control.change({
      operation: "setPermission",
      path: "/X2",
      principal: deckhouse,
      role: "backup-operator",
      propagate: true,
    });
    const theirs = ofOthers(await snapshot());
    await stack.destroy();
    assert.deepEqual(ofOthers(await snapshot()), theirs);
  });

  it("is all that destroy leaves, beside the two categories, which outlive it", async () => {
    const left = await snapshot();
    assert.deepEqual(
      left.categories.map(({ name }) => name),
      ["backup-policy", "k8s-region", "k8s-zone"],
    );
    assert.deepEqual(left.tags, before_.tags);
    assert.deepEqual(left.roles, before_.roles);
    assert.ok(left.permissions.every(({ role }) => role !== "kubernetes"));
    assert.ok(left.attachments.every(({ category }) => category === "backup-policy"));
  });

  it("stands in the way of an up after that, which says so and what to do: a role on the same object", async () => {
    stack.configure({
      ...exampleConfiguration(),
      categories: { region: { existing: true }, zone: { existing: true } },
    });
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /regions\[1\]\.datacenter: found "\/X2": deckhouse@vsphere\.local already has the role backup-operator there, .*of the 115 privileges of kubernetes it lacks \d+ \(.* more\), and it has .*to change nothing for whoever works with it, name another user in role\.principals, .*or grant on another object/,
    );
    assert.doesNotMatch(output, /permissions\.remove/);
    assert.doesNotMatch(output, /^ +at .*:\d+:\d+/m);
  });

  for (const [what, change] of [
    ["another principal", { principals: ["restricted@vsphere.local"] }],
    ["another object", { grant: [{ path: "/X1" }] }],
  ] as const) {
    it(`stands in the way no more when the advice was followed: ${what}`, async () => {
      const configuration = exampleConfiguration();
      stack.configure({
        ...configuration,
        categories: { region: { existing: true }, zone: { existing: true } },
        role: { ...configuration.role, ...change },
      });
      const output = await stack.acceptedPreview();
      assert.doesNotMatch(output, /there already/);
    });
  }

  it("is no category that the stack left: an up after that takes it back, until somebody changes it", async () => {
    const { role, ...configuration } = exampleConfiguration();
    const principals = ["restricted@vsphere.local"];
    stack.configure({ ...configuration, role: { ...role, principals } });
    await stack.acceptedPreview();
    await simulator.control.change({
      operation: "updateCategory",
      category: "k8s-zone",
      description: "of others",
    });
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /categories\.zone\.name: found "k8s-zone": vCenter has this tag category already, .*existing: true/,
    );
  });
});
