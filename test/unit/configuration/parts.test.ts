import assert from "node:assert/strict";
import { clusterPath, datacenterPath, datastorePath } from "../../../configuration";
import { isInside, networkPath, vmFolderPath } from "../../../configuration/inventoryPaths";
import { pathText, shownValue } from "../../../findings/finding";
import { kubernetesObjectName } from "../../../configuration/rules/tags";

describe("inventory paths", () => {
  it("gives a datacenter one path in every spelling", () => {
    assert.deepEqual(["X1", "/X1", "X1/", "//X1"].map(datacenterPath), [
      "/X1",
      "/X1",
      "/X1",
      "/X1",
    ]);
    assert.equal(datacenterPath("folder/X1"), "/folder/X1");
  });

  it("puts names below the datacenter's folder, and keeps full paths", () => {
    assert.equal(clusterPath("X1", "x1_cluster_prod"), "/X1/host/x1_cluster_prod");
    assert.equal(clusterPath("/a/X1", "b/c"), "/a/X1/host/b/c");
    assert.equal(clusterPath("X1", "/X1/host/c"), "/X1/host/c");
    assert.equal(datastorePath("X1", "x1_lun_1"), "/X1/datastore/x1_lun_1");
    assert.equal(datastorePath("X1", "/X2/datastore/d"), "/X2/datastore/d");
    assert.equal(networkPath("X1", "k8s-nodes"), "/X1/network/k8s-nodes");
    assert.equal(vmFolderPath("X1", "k8s/x1"), "/X1/vm/k8s/x1");
  });

  it("answers the same for an answer of its own", () => {
    for (const path of ["x", "a/x", "/X1/host/x", "/X1//host/x/"]) {
      assert.equal(clusterPath("X1", clusterPath("X1", path)), clusterPath("X1", path));
    }
  });

  it("takes no datacenter for one whose name it begins with", () => {
    assert.equal(isInside("X1", "host", "/X1/host/c"), true);
    assert.equal(isInside("X1", "host", "/X10/host/c"), false);
    assert.equal(isInside("X1", "host", "/X1/datastore/c"), false);
    assert.equal(isInside("X1", "host", "/X1/host"), false);
  });
});

describe("messages", () => {
  it("writes paths as Pulumi reads them", () => {
    assert.equal(pathText(["a", 0, "b"]), "a[0].b");
    assert.equal(pathText(["labels", "a.b/c"]), 'labels["a.b/c"]');
  });

  it("shortens values and hides secrets", () => {
    assert.equal(shownValue("a", "x".repeat(60)), `"${"x".repeat(60)}"`);
    assert.equal(shownValue("a", "x".repeat(61)), `"${"x".repeat(59)}…"`);
    assert.equal(shownValue("a", "two\nlines"), '"two\\nlines"');
    assert.equal(shownValue("vsphere:password", "geheim"), "<hidden>");
    assert.equal(shownValue("clusterAccountPassword", 12), "<hidden>");
    assert.equal(shownValue("a", { password: "geheim" }), "an object");
    assert.equal(shownValue("a", ["geheim"]), "a list of 1");
    assert.equal(shownValue("password", undefined), "nothing");
  });

  it("names zones in Kubernetes as Deckhouse does", () => {
    assert.deepEqual(["zone_a", "Zone A", "-zoné.b-"].map(kubernetesObjectName), [
      "zonea",
      "zone-a",
      "zon.b",
    ]);
  });
});
