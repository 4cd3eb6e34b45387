import assert from "node:assert/strict";

import { CategoryLookupProvider } from "../../../../components/regionZoneTagging/categoryLookupProvider";
import { InMemoryVCenter } from "../../../support/inMemoryVCenter";

const news = { settings: { "k8s-zone": "categories.zone.existing" } };

describe("a category that exists", () => {
  let vCenter: InMemoryVCenter;
  let provider: CategoryLookupProvider;

  beforeEach(() => {
    vCenter = new InMemoryVCenter();
    provider = new CategoryLookupProvider(vCenter.session());
    for (const name of ["k8s-zones", "backup"]) addCategory(name);
  });

  function addCategory(name: string): void {
    const id = `urn:category:${name}`;
    const details = { description: "", cardinality: "SINGLE", associableTypes: [] } as const;
    vCenter.categories.set(id, { id, name, ...details });
  }

  it("is found in any spelling, and known at the first preview", async () => {
    addCategory("K8S-Zone");
    assert.deepEqual(await provider.check({}, news), {
      inputs: { ...news, categoryIds: { "k8s-zone": "urn:category:K8S-Zone" } },
      failures: [],
    });
  });

  it("and does not is a finding: where, what, the nearest, and what to do", async () => {
    const { failures } = await provider.check({}, news);
    const reason =
      "categories.zone.existing: found true: vCenter has no tag category k8s-zone, or this account cannot see it: " +
      "write categories.zone.existing: false to have this stack create it, or correct its name (the nearest " +
      "that exists is k8s-zones)";
    assert.deepEqual(failures, [{ property: "", reason }]);
  });

  it("and does not is told together with the other one", async () => {
    const settings = { ...news.settings, "k8s-region": "categories.region.existing" };
    const { failures } = await provider.check({}, { settings });
    assert.deepEqual(
      failures.map(({ reason }) => reason.slice(0, reason.indexOf(":"))),
      ["categories.zone.existing", "categories.region.existing"],
    );
  });

  it("that somebody made anew under its name is another one", async () => {
    addCategory("k8s-zone");
    const olds = { ...news, categoryIds: { "k8s-zone": "urn:category:gone" } };
    const { inputs } = await provider.check(olds, news);
    assert.deepEqual(await provider.diff("id", olds, inputs), { changes: true });
    assert.deepEqual(await provider.diff("id", inputs, inputs), { changes: false });
  });

  it("is not looked for in vain when vCenter fails: the failure is told", async () => {
    vCenter.failing = () => new Error("503 Service Unavailable");
    const { failures } = await provider.check({}, news);
    assert.deepEqual(failures, [{ property: "", reason: "503 Service Unavailable" }]);
  });
});
