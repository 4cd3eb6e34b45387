import assert from "node:assert/strict";
import { placeText } from "../../../scripts/lab/goBuild";
import {
  accessLines,
  added,
  excerpt,
  lost,
  mistaken,
  type Snapshot,
  tagTree,
} from "../../../scripts/demo/contents";

const others: Snapshot = {
  attachments: [{ category: "backup", tag: "daily", path: "/X1" }],
  roles: [{ name: "operator", privileges: ["System.View"] }],
  permissions: [{ path: "/", principal: "DOMAIN\\backup", role: "operator", propagate: true }],
};

const ours: Snapshot = {
  attachments: [
    { category: "region", tag: "r1", path: "/X1" },
    { category: "region", tag: "r1", path: "/X1/datastore/lun_1" },
    { category: "zone", tag: "a", path: "/X1/datastore/lun_1" },
    { category: "zone", tag: "a", path: "/X1/datastore/fast/lun_2" },
    { category: "zone", tag: "b", path: "/X1/host/stage" },
    { category: "zone", tag: "a", path: "/X1/host/prod" },
    { category: "region", tag: "r10", path: "/X10" },
  ],
  roles: [{ name: "kubernetes", privileges: ["Datastore.Browse", "System.View"] }],
  permissions: [
    { path: "/X1", principal: "DOMAIN\\deckhouse", role: "kubernetes", propagate: true },
    { path: "/", principal: "DOMAIN\\deckhouse", role: "kubernetes", propagate: false },
  ],
};

const both: Snapshot = {
  attachments: [...others.attachments, ...ours.attachments],
  roles: [...others.roles, ...ours.roles],
  permissions: [...others.permissions, ...ours.permissions],
};

describe("the demonstration", () => {
  it("tells what is new, and how much of others is gone", () => {
    assert.deepEqual(added(others, both), ours);
    assert.equal(lost(others, both), 0);
    assert.equal(lost(both, others), 10);
  });

  it("draws the tags as a tree", () => {
    assert.deepEqual(tagTree(ours.attachments), [
      "r1  (region)  datacenter /X1",
      "├─ b  (zone)  cluster stage",
      "└─ a  (zone)  cluster prod",
      "   ├─ datastore lun_1  zone and region tag",
      "   └─ datastore lun_2  zone tag only",
      "r10  (region)  datacenter /X10",
    ]);
  });

  it("tells who has which role where", () => {
    assert.deepEqual(accessLines(ours), [
      "role kubernetes  1 privileges",
      "DOMAIN\\deckhouse  has role kubernetes  on /X1 and everything below",
      "DOMAIN\\deckhouse  has role kubernetes  on / only",
    ]);
  });

  it("misspells one cluster and nothing else", () => {
    assert.equal(
      mistaken("zones:\n  - name: a\n    cluster: prod\n  - name: b\n    cluster: stand\n"),
      "zones:\n  - name: a\n    cluster: pro\n  - name: b\n    cluster: stand\n",
    );
    assert.throws(() => mistaken("regions: []\n"), /no cluster/);
  });

  it("counts the builds of the lab, with what is left", () => {
    assert.equal(placeText(3, 9, 470), "3 of 9, up to 8 min left");
  });

  it("shows the beginning of one document, and how much more the file has", () => {
    const long = ["kind: B", ...Array.from({ length: 20 }, (_, index) => `key${index}: 1`)];
    assert.deepEqual(excerpt(`kind: A\n---\n${long.join("\n")}\n`, "B"), [
      ...long.slice(0, 16),
      "... and 7 more lines",
    ]);
    assert.deepEqual(excerpt("kind: A\n---\nkind: B\n", "B"), ["kind: B", "... and 2 more lines"]);
  });
});
