import assert from "node:assert/strict";

import type {
  ClusterLookupInputs,
  ClusterLookupOutputs,
} from "../../../../components/clusterLookup/clusterLookup";
import { ClusterLookupProvider } from "../../../../components/clusterLookup/provider";
import { clusterVCenter, exampleLookup, policyIds } from "../../../support/clusterVCenter";
import { providerCode } from "../../../support/exampleVCenter";
import { noPermission, type InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { forMasters, forOthers, lun, nearest, pools, prod, root, stage } from "./lookupCases";

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

describe("the check of what the documents of a cluster name", () => {
  it("reports all that is wrong at once, a line each, and without the datacenter that alone", async () => {
    const vCenter = clusterVCenter();
    const reasons = async (changes: Partial<ClusterLookupInputs>): Promise<string[]> => {
      const provider = new ClusterLookupProvider(vCenter.session());
      const { failures } = await provider.check({}, { ...exampleLookup, ...changes });
      return failures.map(({ reason }) => reason);
    };
    const found = await reasons({
      networks: ["/X1/network/none"],
      datastores: [forMasters("/X1/datastore/none"), forOthers(lun, [stage])],
      resourcePools: [`${pools}/none`],
      vmFolder: { path: "/X1/vm/none", exists: true },
      templates: [{ path: "/X1/vm/Templates/none", smallestRootDisk: 50 }],
      storagePolicy: { name: "none" },
    });
    assert.deepEqual(
      found.map((reason) => /^([^\n:]*): [^\n]*$/.exec(reason)?.[1]),
      [
        "/X1/network/none",
        "/X1/datastore/none",
        lun,
        `${pools}/none`,
        "/X1/vm/none",
        "/X1/vm/Templates/none",
        "storagePolicy.name of the cluster of k8s-region-x1",
      ],
    );
    vCenter.calls.length = 0;
    const missing = await reasons({ datacenter: "/X3" });
    assert.deepEqual(missing, [
      "/X3: no such object in vCenter's inventory, or this account cannot see it: " +
        nearest("/X1", "/X2", "/X1/vm"),
    ]);
    assert.ok(!vCenter.calls.some((call) => /^(mounts|find) /.test(call)));
    vCenter.failing = (call) => (call === "inventory" ? noPermission("read") : undefined);
    assert.deepEqual(await reasons({}), [noPermission("read").message]);
  });

  it("asks each thing once, of the datastores that exist alone, and policies only when one is named", async () => {
    const vCenter = clusterVCenter();
    const { storagePolicy: _none, ...rest } = exampleLookup;
    const check = (look: ClusterLookupInputs) =>
      new ClusterLookupProvider(vCenter.session()).check({}, look);
    await check(exampleLookup);
    assert.deepEqual([...vCenter.calls].sort(), [
      "find /X1/host/x1_cluster_prod/Resources/kubernetes",
      "find /X1/vm/Templates/ubuntu",
      "inventory",
      "inventory networks",
      "mounts Datastore:datastore-9 on ClusterComputeResource:domain-c1 ClusterComputeResource:domain-c2",
      "read VirtualMachine:vm-42",
      "storagePolicies",
    ]);
    vCenter.calls.length = 0;
    assert.deepEqual(await check({ ...rest, datastores: [] }), {
      inputs: { ...rest, datastores: [], storagePolicyId: "" },
      failures: [],
    });
    await check({
      ...rest,
      datastores: [forMasters("/X1/datastore/none", [prod]), forMasters(root, ["/X1/host/gone"])],
    });
    assert.ok(!vCenter.calls.some((call) => /^(mounts|storagePolicies)/.test(call)));
  });
});
