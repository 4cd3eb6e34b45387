import assert from "node:assert/strict";

import { clusterVCenter, reasonsOf } from "../../../support/clusterVCenter";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";

describe("a look at the networks of a cluster", () => {
  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = clusterVCenter();
    vCenter.place("Folder:group-n9", "nodes", "Folder:group-n1");
  });

  const networks = (...paths: string[]) => reasonsOf(vCenter, { networks: paths });

  it("finds nothing wrong with port groups, standard networks and those of NSX, in folders as well", async () => {
    vCenter.place("Network:network-1", "VM Network", "Folder:group-n1");
    vCenter.place("OpaqueNetwork:network-o1", "segment", "Folder:group-n9");
    assert.deepEqual(
      await networks(
        "/X1/network/k8s-nodes",
        "/X1/network/VM Network",
        "/X1/network/nodes/segment",
      ),
      [],
    );
  });

  it("tells every one that is missing, with the nearest networks of the datacenter", async () => {
    vCenter.place("Network:network-1", "public", "Folder:group-n1");
    assert.deepEqual(await networks("/X1/network/k8s-node", "/X1/network/publik"), [
      "/X1/network/k8s-node: no such network in vCenter, or this account cannot see it, and the installer would not find " +
        "it: correct the path; the nearest that exist are /X1/network/k8s-nodes, /X1/network/public",
      "/X1/network/publik: no such network in vCenter, or this account cannot see it, and the installer would not find " +
        "it: correct the path; the nearest that exist are /X1/network/public, /X1/network/k8s-nodes",
    ]);
  });

  it("names three near ones at most, in alphabetical order where none is nearer", async () => {
    for (const name of ["d", "b", "c", "a"]) {
      vCenter.place(`Network:network-${name}`, `node-${name}`, "Folder:group-n1");
    }
    const [reason] = await networks("/X1/network/node-x");
    const nearest = ["node-a", "node-b", "node-c"].map((name) => `/X1/network/${name}`);
    assert.ok(reason!.endsWith(` are ${nearest.join(", ")}`), reason);
  });

  it("names near ones without regard to case", async () => {
    for (const name of ["abcd", "1bcd"]) {
      vCenter.place(`Network:network-${name}`, name, "Folder:group-n1");
    }
    const [reason] = await networks("/X1/network/ABCD");
    const nearest = ["abcd", "1bcd", "k8s-nodes"].map((name) => `/X1/network/${name}`);
    assert.ok(reason!.endsWith(` are ${nearest.join(", ")}`), reason);
  });

  for (const [kind, path] of [
    ["a distributed switch", "/X1/network/x1_switch"],
    ["a folder", "/X1/network/nodes"],
    ["a datastore", "/X1/datastore/x1_root"],
  ] as const) {
    it(`refuses ${kind}`, async () => {
      assert.deepEqual(await networks(path), [
        `${path}: it is ${kind}, and nodes can be connected to networks and port groups only, and the installer would not ` +
          "find it: correct the path; the nearest that exist are /X1/network/k8s-nodes",
      ]);
    });
  }

  const ambiguous = (what: string, other: string, wanted = "k8s-nodes") =>
    `/X1/network/${wanted}: ${what} of the same datacenter, ${other}, has this name too, and the installer would stop with ` +
    `"path '${wanted}' resolves to multiple networks": use another network; another name for one of the two would ` +
    "be unknown to clusters and people that look for it by this one";

  it("refuses a bare name that another network of the datacenter has", async () => {
    vCenter.place("DistributedVirtualPortgroup:dvportgroup-9", "k8s-nodes", "Folder:group-n9");
    assert.deepEqual(await networks("/X1/network/k8s-nodes"), [
      ambiguous("a distributed port group", "/X1/network/nodes/k8s-nodes"),
    ]);
    assert.deepEqual(await networks("/X1/network/nodes/k8s-nodes"), [], "a path is not ambiguous");
  });

  it("refuses a bare name that a switch has", async () => {
    vCenter.place("VmwareDistributedVirtualSwitch:dvs-9", "k8s-nodes", "Folder:group-n9");
    assert.deepEqual(await networks("/X1/network/k8s-nodes"), [
      ambiguous("a distributed switch", "/X1/network/nodes/k8s-nodes"),
    ]);
  });

  it("refuses a path that two networks have, as NSX allows", async () => {
    vCenter.place("DistributedVirtualPortgroup:dvportgroup-8", "segment", "Folder:group-n9");
    vCenter.place("DistributedVirtualPortgroup:dvportgroup-9", "segment", "Folder:group-n9");
    assert.deepEqual(await networks("/X1/network/nodes/segment"), [
      ambiguous("a distributed port group", "/X1/network/nodes/segment", "nodes/segment"),
    ]);
  });

  it("does not mind a network of the same name in another datacenter", async () => {
    assert.deepEqual(await networks("/X1/network/k8s-nodes"), []);
  });
});
