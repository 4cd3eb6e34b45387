import assert from "node:assert/strict";

import type { StoragePolicyChoice } from "../../../../components/clusterLookup/model";
import { ClusterLookupProvider } from "../../../../components/clusterLookup/provider";
import { VCenterError } from "../../../../vcenter";
import { clusterVCenter, exampleLookup, policyIds } from "../../../support/clusterVCenter";
import { noPermission, type InMemoryVCenter } from "../../../support/inMemoryVCenter";

const byName = 'storagePolicy.name of the cluster of k8s-region-x1: found "';
const unknownName =
  "vCenter has no storage policy of this name, and the installer could make no root disk: ";

describe("a look at the storage policy of a cluster", () => {
  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = clusterVCenter();
  });

  /** The id that the documents would have, and the reasons for which the preview would fail. */
  async function look(storagePolicy?: StoragePolicyChoice): Promise<[string, string[]]> {
    const { storagePolicy: _example, ...others } = exampleLookup;
    const provider = new ClusterLookupProvider(vCenter.session());
    const news = storagePolicy === undefined ? others : { ...others, storagePolicy };
    const { inputs, failures } = await provider.check({}, news);
    return [inputs.storagePolicyId, failures.map(({ reason }) => reason)];
  }

  it("finds the id of a name", async () => {
    assert.deepEqual(await look({ name: "Kubernetes nodes" }), [policyIds.nodes, []]);
    assert.deepEqual(await look({ name: "vSAN Default Storage Policy" }), [policyIds.standard, []]);
  });

  it("keeps an id that is there", async () => {
    assert.deepEqual(await look({ id: policyIds.standard }), [policyIds.standard, []]);
  });

  it("asks nothing when the documents name none, and gives no id", async () => {
    assert.deepEqual(await look(), ["", []]);
    assert.ok(!vCenter.calls.includes("storagePolicies"));
  });

  it("refuses a name that nobody has, and tells all that there are when they are few", async () => {
    assert.deepEqual(await look({ name: "kubernetes nodes" }), [
      "",
      [
        `${byName}kubernetes nodes": ${unknownName}write storagePolicy.name, one of "Kubernetes nodes", ` +
          '"vSAN Default Storage Policy"',
      ],
    ]);
  });

  it("tells of many the nearest alone, or where they are listed", async () => {
    for (let index = 1; index <= 5; index++) {
      vCenter.storagePolicies.push({ id: `id-${index}`, name: `Encrypted ${index}` });
    }
    const list = "`govc storage.policy.ls` lists all 7";
    assert.deepEqual(await look({ name: "Kubernets nodes" }), [
      "",
      [
        `${byName}Kubernets nodes": ${unknownName}write storagePolicy.name: "Kubernetes nodes" (${list})`,
      ],
    ]);
    assert.deepEqual(await look({ name: "Gold" }), [
      "",
      [`${byName}Gold": ${unknownName}write storagePolicy.name as vCenter has it (${list})`],
    ]);
  });

  it("refuses a name in a vCenter without policies", async () => {
    vCenter.storagePolicies.length = 0;
    assert.deepEqual(await look({ name: "Gold" }), [
      "",
      [
        `${byName}Gold": ${unknownName}make a storage policy in vCenter, or leave storagePolicy out`,
      ],
    ]);
  });

  it("refuses a name that two have, and tells their ids", async () => {
    vCenter.storagePolicies.push({ id: "id-of-the-second", name: "Kubernetes nodes" });
    assert.deepEqual(await look({ name: "Kubernetes nodes" }), [
      "",
      [
        `${byName}Kubernetes nodes": 2 storage policies have this name, and nobody can tell which is meant: write ` +
          `storagePolicy.id in its place: ${policyIds.nodes} or id-of-the-second`,
      ],
    ]);
    assert.deepEqual(await look({ id: "id-of-the-second" }), ["id-of-the-second", []]);
    const [, [reason]] = await look({ name: "Gold" });
    assert.ok(reason!.endsWith('one of "Kubernetes nodes", "vSAN Default Storage Policy"'), reason);
  });

  it("refuses an id that nobody has", async () => {
    assert.deepEqual(await look({ id: "none" }), [
      "",
      [
        'storagePolicy.id of the cluster of k8s-region-x1: found "none": vCenter has no storage policy of this id, and ' +
          'the installer could make no root disk: write storagePolicy.name, one of "Kubernetes nodes", ' +
          '"vSAN Default Storage Policy"',
      ],
    ]);
  });

  it("tells the privilege that is missing beside all that is wrong with other things", async () => {
    const answer = "Permission to perform this operation was denied";
    const remedy = "grant the account StorageProfile.View on the root folder";
    vCenter.failing = (call) =>
      call === "storagePolicies"
        ? new VCenterError({ kind: "noPermission", operation: "list", answer, remedy })
        : undefined;
    vCenter.unregister("DistributedVirtualPortgroup:dvportgroup-1");
    const [id, [network, policy, ...more]] = await look({ name: "Gold" });
    assert.equal(id, "");
    assert.ok(network!.startsWith("/X1/network/k8s-nodes: no such network"), network);
    assert.equal(
      policy,
      `${byName}Gold": this account may not list the storage policies (${answer}), and nobody can tell whether there is ` +
        `such a one: ${remedy}`,
    );
    assert.deepEqual(more, []);
  });

  it("tells any other failure of vCenter as it is", async () => {
    const error = new VCenterError({ kind: "timeout", operation: "list", answer: "no answer" });
    vCenter.failing = (call) => (call === "storagePolicies" ? error : undefined);
    assert.deepEqual(await look({ name: "Gold" }), ["", [error.message]]);
  });

  it("needs no privilege when the documents name none", async () => {
    vCenter.failing = (call) =>
      call === "storagePolicies" ? noPermission("list the storage policies") : undefined;
    assert.deepEqual(await look(), ["", []]);
  });
});
