import assert from "node:assert/strict";

import { parseConfiguration } from "../../../../configuration";
import {
  clusterLookupInputs,
  type ClusterLookupInputs,
} from "../../../../components/clusterLookup/clusterLookup";
import { changed, type Changes } from "../../../support/changedConfiguration";
import { elsewhere, installed, stackOf } from "../../configuration/clusterSupport";

/** What is looked for of a cluster in the region k8s-region-x1, whose zones are x1_cluster_prod and x1_cluster_stage. */
function inputsOf(cluster: object, changes: Changes): ClusterLookupInputs {
  const [region] = parseConfiguration(stackOf(changed(cluster, changes))).regions;
  assert.ok(region?.cluster);
  return clusterLookupInputs(region, region.cluster);
}

const both = ["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"];
const root = { path: "/X1/datastore/root", isOfMasters: true, clusters: both };

describe("what is looked for of a cluster", () => {
  it("is each network that is described, once, by its full path", () => {
    assert.deepEqual(
      inputsOf(installed, {}).networks,
      ["nodes", "routers", "public", "static", "alike"].map((name) => `/X1/network/${name}`),
    );
  });

  it("is the datastore of all root disks in every zone, and a group's own in its zones, not as one of the masters", () => {
    assert.deepEqual(inputsOf(installed, {}).datastores, [root]);
    const changes = {
      "nodeGroups[1].zones": ["k8s-zone-x1-b"],
      "nodeGroups[1].instanceClass.datastore": "folder/own",
    };
    const own = { path: "/X1/datastore/folder/own", isOfMasters: false, clusters: both.slice(1) };
    assert.deepEqual(inputsOf(installed, changes).datastores, [root, own]);
  });

  it("is the base resource pool in every zone, and a group's own in its zones", () => {
    const pools = {
      baseResourcePool: "kubernetes/prod",
      "nodeGroups[1].zones": ["k8s-zone-x1-a"],
      "nodeGroups[1].instanceClass.resourcePool": "fast",
    };
    assert.deepEqual(inputsOf(installed, pools).resourcePools, [
      "/X1/host/x1_cluster_prod/Resources/kubernetes/prod",
      "/X1/host/x1_cluster_stage/Resources/kubernetes/prod",
      "/X1/host/x1_cluster_prod/Resources/fast",
    ]);
    assert.deepEqual(inputsOf(installed, {}).resourcePools, []);
  });

  it("is the folder for virtual machines, and whether it has to be there", () => {
    const folderOf = (changes: Changes) => inputsOf(installed, changes).vmFolder;
    assert.deepEqual(folderOf({}), { path: "/X1/vm/new", exists: true });
    assert.deepEqual(folderOf({ vmFolderExists: false }), { path: "/X1/vm/new", exists: false });
    assert.equal(inputsOf(elsewhere, {}).vmFolder.exists, true);
  });

  it("is each template that nodes name, with the smallest root disk of those nodes", () => {
    assert.deepEqual(inputsOf(installed, {}).templates, [
      { path: "/X1/vm/t", smallestRootDisk: 50 },
    ]);
    const sizes = {
      "nodeGroups[0].instanceClass.rootDiskSize": 40,
      "nodeGroups[1].instanceClass.template": "folder/other",
      "nodeGroups[1].instanceClass.rootDiskSize": 30,
      "ephemeralNodeGroups[0].instanceClass.template": "folder/other",
    };
    assert.deepEqual(inputsOf(installed, sizes).templates, [
      { path: "/X1/vm/t", smallestRootDisk: 40 },
      // Ordered nodes have root disks of 20 GiB unless they say otherwise.
      { path: "/X1/vm/folder/other", smallestRootDisk: 20 },
    ]);
  });

  it("is the storage policy, by the one of the two that the configuration gives", () => {
    assert.equal(inputsOf(installed, {}).storagePolicy, undefined);
    for (const storagePolicy of [{ name: "gold" }, { id: "aa6d5a82" }]) {
      assert.deepEqual(inputsOf(installed, { storagePolicy }).storagePolicy, storagePolicy);
    }
  });
});
