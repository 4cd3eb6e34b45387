import assert from "node:assert/strict";

import type { ClusterLookupOutputs } from "../../../../components/clusterLookup/clusterLookup";
import { ClusterLookupProvider } from "../../../../components/clusterLookup/provider";
import { clusterVCenter, exampleLookup, policyIds } from "../../../support/clusterVCenter";
import { providerCode } from "../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";

const plain: ClusterLookupOutputs = { ...exampleLookup, storagePolicyId: policyIds.nodes };
const state: ClusterLookupOutputs & { readonly __provider: string } = {
  ...plain,
  __provider: providerCode,
};

/** What holds for every resource that only looks, proved with this one. */
describe("a resource that only looks", () => {
  let vCenter: InMemoryVCenter;
  let provider: ClusterLookupProvider;

  beforeEach(() => {
    vCenter = clusterVCenter();
    provider = new ClusterLookupProvider(vCenter.session());
  });

  afterEach(() => {
    assert.deepEqual(vCenter.calls, [], "it asks nothing but in its check");
  });

  it("differs in each of its properties, in place, and in nothing for equal ones in another order", async () => {
    for (const news of [
      { region: "k8s-region-x2" },
      { vmFolder: { path: "/X1/vm/k8s/x1", exists: false } },
      { storagePolicy: undefined },
      { storagePolicyId: policyIds.standard },
      { __provider: "newer" },
    ]) {
      const given = { ...state, ...news } as typeof state;
      assert.deepEqual(await provider.diff("id", state, given), { changes: true });
    }
    const { region, ...rest } = structuredClone(state);
    assert.deepEqual(await provider.diff("id", state, { ...rest, region }), { changes: false });
  });

  it("keeps its inputs alone when it is made or updated, stays in a refresh, and has nothing to undo", async () => {
    assert.deepEqual(await provider.create(state), { id: "k8s-region-x1", outs: plain });
    assert.deepEqual(await provider.update("id", state, { ...state, networks: [] }), {
      outs: { ...plain, networks: [] },
    });
    const { storagePolicy: _none, ...without } = state;
    assert.ok(!("storagePolicy" in (await provider.create(without)).outs));
    assert.deepEqual(await provider.read("id", state), { id: "id", props: state });
    await provider.delete();
  });
});
