import assert from "node:assert/strict";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Change, Snapshot } from "../../scripts/lab/simulatorControl";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

/** What somebody does by hand, and the steps by which a plain preview shows it. */
interface Drift {
  readonly what: string;
  readonly changes: readonly Change[];
  readonly steps: readonly string[];
  /** What the preview says in words, where the steps alone do not tell. */
  readonly says?: RegExp;
}

const attachments = "update topology-attachments";
/** What the checks have come to is an output, which changes with them. */
const readiness = "update vcenter";
const permission = "kubernetes-deckhouse@vsphere.local-on-/X1";
const permissionOnX2 = "kubernetes-deckhouse@vsphere.local-on-/X2";
const zoneA = { category: "k8s-zone", tag: "k8s-zone-x1-a" } as const;
const zoneB = { category: "k8s-zone", tag: "k8s-zone-x1-b" } as const;
const cluster = "/X1/host/x1_cluster_prod";
const onX1 = { path: "/X1", principal: "deckhouse@vsphere.local" } as const;

const drifts: readonly Drift[] = [
  {
    what: "a tag detached from a cluster",
    changes: [{ operation: "detachTag", ...zoneA, path: cluster }],
    steps: [attachments],
    says: /k8s-zone-x1-a is no longer attached to \/X1\/host\/x1_cluster_prod/,
  },
  {
    what: "both tags detached from a datastore",
    changes: [
      { operation: "detachTag", ...zoneA, path: "/X1/datastore/x1_lun_1" },
      {
        operation: "detachTag",
        category: "k8s-region",
        tag: "k8s-region-x1",
        path: "/X1/datastore/x1_lun_1",
      },
    ],
    steps: [attachments],
    says: /k8s-region-x1 is no longer attached to \/X1\/datastore\/x1_lun_1[^]*k8s-zone-x1-a is no longer attached to \/X1\/datastore\/x1_lun_1/,
  },
  {
    what: "the wrong zone's tag in the place of the right one",
    changes: [
      { operation: "detachTag", ...zoneA, path: cluster },
      { operation: "attachTag", ...zoneB, path: cluster },
    ],
    steps: [attachments],
    says: /k8s-zone-x1-b is attached to \/X1\/host\/x1_cluster_prod, and does not belong there/,
  },
  {
    what: "a tag renamed",
    changes: [{ operation: "updateTag", ...zoneA, newName: "k8s-zone-renamed" }],
    steps: ["update topology-k8s-zone-x1-a"],
    says: /^not checked by foreignTags: k8s-zone-x1-a .* a tag with another name may be the same one$/,
  },
  {
    what: "a tag's description changed",
    changes: [{ operation: "updateTag", ...zoneA, description: "changed" }],
    steps: ["update topology-k8s-zone-x1-a"],
  },
  {
    what: "a tag deleted, with all its attachments",
    changes: [{ operation: "deleteTag", ...zoneA }],
    steps: ["create topology-k8s-zone-x1-a", attachments],
    says: /k8s-zone-x1-a is no longer attached to/,
  },
  {
    what: "a category's description changed",
    changes: [{ operation: "updateCategory", category: "k8s-zone", description: "changed" }],
    steps: ["update topology-zone-category"],
  },
  {
    what: "a privilege taken from the role",
    changes: [{ operation: "updateRole", role: "kubernetes", privileges: ["Datastore.Browse"] }],
    steps: ["update kubernetes-role"],
  },
  {
    what: "a permission removed",
    changes: [{ operation: "removePermission", ...onX1 }],
    steps: [`create ${permission}`],
    says: /\/X1: the permission of deckhouse@vsphere\.local with the role kubernetes is no longer there/,
  },
  {
    what: "a permission with another role",
    changes: [{ operation: "setPermission", ...onX1, role: "ReadOnly", propagate: true }],
    steps: [`update ${permission}`],
    says: /\/X1: the permission of deckhouse@vsphere\.local has the role ReadOnly instead of kubernetes/,
  },
  {
    what: "a permission that no longer propagates",
    changes: [{ operation: "setPermission", ...onX1, role: "kubernetes", propagate: false }],
    steps: [`update ${permission}`],
    says: /\/X1: the permission of deckhouse@vsphere\.local does not propagate to the objects below/,
  },
  // The last one: that the category stays wide is a warning from then on.
  {
    what: "a wrong second tag, after somebody made the category MULTIPLE",
    changes: [
      { operation: "updateCategory", category: "k8s-zone", cardinality: "MULTIPLE" },
      { operation: "attachTag", ...zoneB, path: cluster },
    ],
    steps: [attachments, readiness],
    says: /k8s-zone-x1-b is attached to \/X1\/host\/x1_cluster_prod, and does not belong there/,
  },
];

/** The messages, without the count of what was checked. */
function toldBy(messages: string): string {
  return messages.replaceAll(/^\d+ facts of vCenter checked: .*$/gm, "").trim();
}

describe("drift is seen by a plain preview and mended by up:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let right: Snapshot;

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(async () => {
    await stack.up();
    right = await simulator.control.snapshot();
  });

  /** Cardinality never goes back in vCenter: what others widened stays wide. */
  const comparable = (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    categories: snapshot.categories.map((category) => ({ ...category, cardinality: "MULTIPLE" })),
  });

  for (const { what, changes, steps, says } of drifts) {
    it(what, async () => {
      await simulator.control.change(...changes);
      const plan = await stack.plan();
      assert.deepEqual(plan.steps, [...steps].sort());
      assert.match(toldBy(plan.messages), says ?? /^$/);
      await stack.up();
      assert.deepEqual(comparable(await simulator.control.snapshot()), comparable(right));
    });
  }

  it("a category deleted, with all its tags and attachments", async () => {
    await simulator.control.change({ operation: "deleteCategory", category: "k8s-zone" });
    const { steps } = await stack.plan();
    assert.deepEqual(
      steps,
      [
        "create topology-k8s-zone-x1-a",
        "create topology-k8s-zone-x1-b",
        "create topology-k8s-zone-x2-a",
        "create topology-k8s-zone-x2-b",
        "create topology-zone-category",
        attachments,
        readiness,
      ].sort(),
    );
    await stack.up();
    assert.deepEqual(comparable(await simulator.control.snapshot()), comparable(right));
  });

  it("the role deleted, with its permissions", async () => {
    await simulator.control.change(
      { operation: "removePermission", path: "/X1", principal: "deckhouse@vsphere.local" },
      { operation: "removePermission", path: "/X2", principal: "deckhouse@vsphere.local" },
      { operation: "removeRole", role: "kubernetes" },
    );
    assert.deepEqual(
      (await stack.plan()).steps,
      [
        "create kubernetes-role",
        "update kubernetes-role-guard",
        `create ${permission}`,
        `create ${permissionOnX2}`,
      ].sort(),
    );
    await stack.up();
    assert.deepEqual(comparable(await simulator.control.snapshot()), comparable(right));
  });

  it("is also seen without the engine's refresh, for attachments and permissions", async () => {
    await simulator.control.change(
      { operation: "detachTag", ...zoneA, path: cluster },
      { operation: "removePermission", ...onX1 },
    );
    const plan = await stack.plan("--refresh=false");
    assert.deepEqual(plan.steps, [`update ${permission}`, attachments]);
    assert.match(plan.messages, /k8s-zone-x1-a is no longer attached to/);
    assert.match(plan.messages, /with the role kubernetes is no longer there/);
    await stack.up("--refresh=false");
    assert.deepEqual(comparable(await simulator.control.snapshot()), comparable(right));
  });
});
