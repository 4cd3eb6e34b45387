import assert from "node:assert/strict";

import { unknownValue } from "../../../../components/dynamic/dynamicProvider";
import { ExistingObjectsProvider } from "../../../../components/existingObjects/provider";
import { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { withoutPointers } from "../../../support/pointers";

const news = { categories: { "k8s-zone": "categories.zone.existing" } };
const none = { categoryIds: {}, tagIds: {}, roleIds: {} };

describe("objects that exist", () => {
  let vCenter: InMemoryVCenter;
  let provider: ExistingObjectsProvider;

  beforeEach(() => {
    vCenter = new InMemoryVCenter();
    provider = new ExistingObjectsProvider(vCenter.session());
    for (const name of ["k8s-zones", "backup"]) addCategory(name);
  });

  function addCategory(name: string): void {
    const id = `urn:category:${name}`;
    const details = { description: "", cardinality: "SINGLE", associableTypes: [] } as const;
    vCenter.categories.set(id, { id, name, ...details });
  }

  function addTag(name: string, category: string): void {
    const id = `urn:tag:${name}`;
    vCenter.tags.set(id, { id, name, description: "", categoryId: `urn:category:${category}` });
  }

  it("are found in any spelling, and known at the first preview", async () => {
    addCategory("K8S-Zone");
    addTag("Prod_A", "K8S-Zone");
    addTag("prod_b", "k8s-zones");
    vCenter.addRole(1002, "Kubernetes");
    const all = {
      ...news,
      tags: {
        prod_a: { setting: "regions[0].zones[0].existing", category: "k8s-zone" },
        prod_b: { setting: "regions[0].existing", category: "k8s-zones" },
      },
      roles: { kubernetes: "role.existing" },
    };
    assert.deepEqual(await provider.check({}, all), {
      inputs: {
        ...all,
        categoryIds: { "k8s-zone": "urn:category:K8S-Zone" },
        tagIds: { prod_a: "urn:tag:Prod_A", prod_b: "urn:tag:prod_b" },
        roleIds: { kubernetes: "1002" },
      },
      failures: [],
    });
  });

  it("and do not are findings, all at once: where, what, the nearest, and what to do", async () => {
    addTag("k8s-zone-x1-a", "k8s-zones");
    const inputs = {
      ...news,
      tags: {
        "k8s-zone-x1": { setting: "regions[0].zones[0].existing", category: "k8s-zones" },
        // That its category is missing is said already.
        lost: { setting: "regions[0].zones[1].existing", category: "k8s-zone" },
        "k8s-region-x1": { setting: "regions[0].existing", category: "k8s-regions" },
      },
      roles: { kubernetes: "role.existing" },
    };
    const { failures } = await provider.check({}, inputs);
    const reasons = [
      "categories.zone.existing: found true: vCenter has no tag category k8s-zone, or this account cannot see it: " +
        "write categories.zone.existing: false to have this stack create it, or correct its name (the nearest " +
        "that exists is k8s-zones)",
      "regions[0].zones[0].existing: found true: vCenter has no tag k8s-zone-x1 in category k8s-zones, or this account " +
        "cannot see it: write regions[0].zones[0].existing: false to have this stack create it, or correct its name (the " +
        "nearest that exists is k8s-zone-x1-a)",
      "regions[0].existing: found true: vCenter has no tag k8s-region-x1 in category k8s-regions, or this account cannot see " +
        "it: write regions[0].existing: false to have this stack create it, or correct its name",
      "role.existing: found true: vCenter has no role kubernetes, or this account cannot see it: write role.existing: false " +
        "to have this stack create it, or correct its name",
    ];
    assert.deepEqual(
      failures.map(({ reason }) => withoutPointers(reason)),
      reasons,
    );
  });

  it("that somebody made anew under their names are other ones", async () => {
    addCategory("k8s-zone");
    const olds = { ...news, ...none, categoryIds: { "k8s-zone": "urn:category:gone" } };
    const { inputs } = await provider.check(olds, news);
    assert.deepEqual(await provider.diff("id", olds, inputs), { changes: true });
    assert.deepEqual(await provider.diff("id", inputs, inputs), { changes: false });
  });

  it("are not looked for in vain when vCenter fails: the failure is told", async () => {
    vCenter.failing = () => new Error("503 Service Unavailable");
    const olds = { ...news, ...none, categoryIds: { "k8s-zone": "urn:known" } };
    const more = { ...news, roles: { kubernetes: "role.existing" } };
    const { inputs, failures } = await provider.check(olds, more);
    assert.deepEqual(
      failures.map(({ reason }) => withoutPointers(reason)),
      ["503 Service Unavailable"],
    );
    // What the state knows still counts, for a preview that does without vCenter.
    assert.deepEqual(inputs, {
      ...more,
      categoryIds: { "k8s-zone": "urn:known" },
      tagIds: {},
      roleIds: { kubernetes: unknownValue },
    });
  });
});
