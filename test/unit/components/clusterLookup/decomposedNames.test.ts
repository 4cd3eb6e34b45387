import assert from "node:assert/strict";

import { folderNameWarnings } from "../../../../components/clusterLookup/folderNames";
import { Inventory } from "../../../../vcenter";
import { clusterVCenter, reasonsOf } from "../../../support/clusterVCenter";

const root = { type: "Folder", id: "group-d1" };
/** As a Mac types it, and as others do. */
const [apart, composed] = ["NFD", "NFC"].map((form) => "Z\u00fcrich".normalize(form)) as [
  string,
  string,
];

describe("a datacenter whose name has its letters and their marks apart in vCenter", () => {
  it("is looked into for namesakes of a network, when the documents have them in one", async () => {
    const vCenter = clusterVCenter();
    for (const [key, name, parent] of [
      ["Datacenter:datacenter-3", apart, undefined],
      ["Folder:group-v5", "vm", "Datacenter:datacenter-3"],
      ["Folder:group-n5", "network", "Datacenter:datacenter-3"],
      ["Folder:group-n6", "old", "Folder:group-n5"],
      ["DistributedVirtualPortgroup:dvportgroup-5", "k8s", "Folder:group-n5"],
      ["DistributedVirtualPortgroup:dvportgroup-6", "k8s", "Folder:group-n6"],
    ] as const) {
      vCenter.place(key, name, parent);
    }
    const found = await reasonsOf(vCenter, {
      datacenter: `/${composed}`,
      networks: [`/${composed}/network/k8s`],
      vmFolder: { path: `/${composed}/vm/k8s`, exists: false },
      ...{ datastores: [], resourcePools: [], templates: [] },
    });
    const ambiguous =
      `/${apart}/network/k8s: a distributed port group of the same datacenter, /${apart}/network/old/k8s, has this ` +
      "name too, ";
    assert.ok(
      found.some((reason) => reason.startsWith(ambiguous)),
      found.join("\n"),
    );
    assert.ok(!found.some((reason) => reason.includes("no such")), found.join("\n"));
  });

  it("has folders with their usual names, however the datacenter is written", () => {
    const datacenter = { type: "Datacenter", id: "datacenter-3" };
    const network = { type: "Folder", id: "group-n5" };
    const inventory = new Inventory(root, [
      { ...datacenter, name: apart, parent: root, folders: { network } },
      { ...network, name: "network", parent: datacenter },
    ]);
    assert.deepEqual(folderNameWarnings(inventory, `/${composed}`), []);
  });
});
