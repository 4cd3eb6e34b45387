import assert from "node:assert/strict";
import { readConfiguration } from "../../../configuration/load";
import type { Configuration } from "../../../configuration";
import type { Earlier } from "../../../preflight/check";
import { askedFor } from "../../../preflight/earlier";
import { nothingEarlier } from "../../../preflight/ours";
import { changed } from "../../support/changedConfiguration";
import { PreflightWorld } from "../../support/preflightWorld";
import { exampleConfiguration } from "../../support/writtenExample";

function read(changes: Readonly<Record<string, unknown>> = {}): Configuration {
  return readConfiguration(changed(exampleConfiguration, changes)).configuration;
}

/** What vCenter has when everything of the example is made. */
const facts = new PreflightWorld().facts();
const first = askedFor({ configuration: read(), earlier: "none" }, facts);
const renamed = read({ "regions[0].zones[1].name": "k8s-zone-x1-c" });

function after(configuration: Configuration, earlier: Earlier, there = facts): Earlier {
  return askedFor({ configuration, earlier }, there);
}

describe("what a stack's program asked for", () => {
  it("is what the configuration says", () => {
    assert.deepEqual(first, {
      topology: {
        "k8s-region-x1": ["k8s-zone-x1-a", "k8s-zone-x1-b"],
        "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
      },
      categories: ["k8s-region", "k8s-zone"],
      roles: ["kubernetes"],
      principals: ["deckhouse@vsphere.local"],
      grants: ["/X1", "/X2"],
      carriers: [
        ...["/X1", "/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"],
        ...["/X2", "/X2/host/x2_cluster_prod", "/X2/host/x2_cluster_stage"],
      ],
      left: nothingEarlier.left,
    });
  });

  it("has what left the configuration, for as long as nothing else leaves it", () => {
    const second = after(renamed, first);
    assert.deepEqual(second.topology["k8s-region-x1"], ["k8s-zone-x1-a", "k8s-zone-x1-c"]);
    assert.deepEqual(second.left, { ...nothingEarlier.left, zones: ["k8s-zone-x1-b"] });
    // Also when the tag is gone: nothing may show as changed after up.
    assert.deepEqual(after(renamed, second, { ...facts, tags: [] }), second);
  });

  it("has what left before, while vCenter has it, and forgets it after that", () => {
    const second = after(renamed, first);
    const third = read({ "regions[0].zones[1].name": "k8s-zone-x1-d" });
    const [made] = facts.tags;
    const tags = [...facts.tags, { ...made!, id: "c", name: "k8s-zone-x1-c" }];
    assert.deepEqual(after(third, second, { ...facts, tags }).left.zones, [
      "k8s-zone-x1-b",
      "k8s-zone-x1-c",
    ]);
    assert.deepEqual(after(third, second, { ...facts, tags: [] }).left.zones, []);
  });

  it("does not have as left what came back", () => {
    assert.deepEqual(after(read(), after(renamed, first)).left.zones, []);
  });

  it("has the role, the principal, the category, the objects and the region that left", () => {
    const smaller = read({
      regions: exampleConfiguration.regions.slice(0, 1),
      "role.name": "other",
      "role.principals": ["other@vsphere.local"],
      "categories.region.name": "other",
      "clusterAccount.username": "other@vsphere.local",
    });
    assert.deepEqual(after(smaller, first).left, {
      regions: ["k8s-region-x2"],
      zones: ["k8s-zone-x2-a", "k8s-zone-x2-b"],
      categories: ["k8s-region"],
      roles: ["kubernetes"],
      principals: ["deckhouse@vsphere.local"],
      grants: ["/X2"],
      carriers: ["/X2", "/X2/host/x2_cluster_prod", "/X2/host/x2_cluster_stage"],
    });
  });

  it("has what is only used apart, and not as left what the stack made of it before", () => {
    const used = read({
      "categories.zone.existing": true,
      "regions[0].zones[0].existing": true,
      "role.existing": true,
    });
    const second = after(used, first);
    assert.deepEqual(second.topology, first.topology);
    assert.deepEqual(second.usedTags, ["k8s-zone-x1-a"]);
    assert.deepEqual([second.categories, second.roles], [["k8s-region"], []]);
    assert.deepEqual(second.left, nothingEarlier.left);
    const third = read({
      "regions[0].zones[0].name": "k8s-zone-x1-c",
      "categories.zone.existing": true,
      "role.existing": true,
    });
    const fourth = after(third, second);
    assert.equal(fourth.usedTags, undefined);
    assert.deepEqual(fourth.left, {
      ...nothingEarlier.left,
      zones: ["k8s-zone-x1-a"],
      usedTags: ["k8s-zone-x1-a"],
    });
    // What the stack makes by now is its own.
    assert.equal(after(read(), fourth).left.usedTags, undefined);
  });

  it("has no role where there is none", () => {
    const without = read({ role: undefined, "clusterAccount.username": "other@vsphere.local" });
    const { roles, principals, grants } = after(without, nothingEarlier);
    assert.deepEqual([roles, principals, grants], [[], [], []]);
  });
});
