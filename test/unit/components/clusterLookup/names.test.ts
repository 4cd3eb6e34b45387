import assert from "node:assert/strict";

import { folderNameWarnings, spellingFaults } from "../../../../components/clusterLookup/names";
import { findingText } from "../../../../findings/finding";
import { Inventory, VCenterError } from "../../../../vcenter";
import { exampleLookup, policyIds } from "../../../support/clusterVCenter";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { createPool, notSeen, pools, renaming, testLookups, type Case } from "./lookupCases";

const policy = (key: "name" | "id", found: string) =>
  `storagePolicy.${key} of the cluster of k8s-region-x1: found "${found}": `;
const noPolicy = (key: "name" | "id", found: string) =>
  `${policy(key, found)}vCenter has no storage policy with this ${key}, and the installer could not create root disks: `;
const unknownPolicy = (name: string, advice: string, given?: Case["given"]): Case => ({
  ...(given && { given }),
  look: { storagePolicy: { name } },
  fails: [noPolicy("name", name) + advice],
  id: "",
});
const second = (vCenter: InMemoryVCenter) => {
  vCenter.storagePolicies.push({ id: "second", name: "Kubernetes nodes" });
};
const both = '"Kubernetes nodes", "vSAN Default Storage Policy"';
const policiesNamed =
  (count: number) =>
  ({ storagePolicies }: InMemoryVCenter) => {
    for (let index = 1; index <= count; index++) {
      storagePolicies.push({ id: `id-${index}`, name: `Encrypted ${index}` });
    }
  };
const answer = "Permission to perform this operation was denied";
const grantIt = "grant the account StorageProfile.View on the root folder";

testLookups("storage policies", {
  "another policy by its name": {
    look: { storagePolicy: { name: "vSAN Default Storage Policy" } },
    id: policyIds.standard,
  },
  "a policy by its id": {
    look: { storagePolicy: { id: policyIds.standard } },
    id: policyIds.standard,
  },
  "a name in another case: all are named when they are few": unknownPolicy(
    "kubernetes nodes",
    `write storagePolicy.name, one of ${both}`,
  ),
  "an unknown name among six: all are named": unknownPolicy(
    "Gold",
    `write storagePolicy.name, one of ${both}, "Encrypted 1", "Encrypted 2", "Encrypted 3", "Encrypted 4"`,
    policiesNamed(4),
  ),
  "an unknown name among seven: the nearest is named": unknownPolicy(
    "Kubernets nodes",
    'write storagePolicy.name: "Kubernetes nodes" (`govc storage.policy.ls` lists all 7)',
    policiesNamed(5),
  ),
  "an unknown name among seven, near to none": unknownPolicy(
    "Gold",
    "write storagePolicy.name as vCenter has it (`govc storage.policy.ls` lists all 7)",
    policiesNamed(5),
  ),
  "a name in a vCenter without policies": unknownPolicy(
    "Gold",
    "create a storage policy in vCenter, or leave storagePolicy out",
    (vCenter) => (vCenter.storagePolicies.length = 0),
  ),
  "a name that two have": {
    given: second,
    look: { storagePolicy: { name: "Kubernetes nodes" } },
    fails: [
      `${policy("name", "Kubernetes nodes")}2 storage policies have this name, and nobody can tell which is meant: write ` +
        `storagePolicy.id instead: ${policyIds.nodes} or second`,
    ],
    id: "",
  },
  "the id of one of two with the same name": {
    given: second,
    look: { storagePolicy: { id: "second" } },
    id: "second",
  },
  "an unknown id: a name that two have is listed once": {
    given: second,
    look: { storagePolicy: { id: "none" } },
    fails: [`${noPolicy("id", "none")}write storagePolicy.name, one of ${both}`],
    id: "",
  },
  "policies that the account may not list, beside all that is wrong with other things": {
    given: (vCenter) => {
      vCenter.failing = (call) =>
        call === "storagePolicies"
          ? new VCenterError({ kind: "noPermission", operation: "list", answer, remedy: grantIt })
          : undefined;
    },
    look: { storagePolicy: { name: "Gold" }, resourcePools: [`${pools}/a`] },
    fails: [
      `${pools}/a: ${notSeen("resource pool")}, ${createPool}`,
      `${policy("name", "Gold")}this account may not list the storage policies (${answer}), so it cannot be told whether ` +
        `this one exists: ${grantIt}`,
    ],
    id: "",
  },
  "policies that vCenter fails to list": {
    given: (vCenter) => {
      vCenter.failing = (call) => (call === "storagePolicies" ? new Error("broken") : undefined);
    },
    look: {},
    fails: ["broken"],
    id: "",
  },
});

/** As a Mac types a name, and as others do. */
const [apart, composed] = ["NFD", "NFC"].map((form) => "Zürich".normalize(form)) as [
  string,
  string,
];
const spelled = (path: string) =>
  `${path}: in vCenter the accents of this name are separate characters (Unicode's NFD), as a Mac types them, and the ` +
  "installer, which compares names byte by byte, would not find it: retype its name in the vSphere Client, after which " +
  "only what looks for its present bytes would not find it, or use another object";

testLookups("spellings", {
  "names in decomposed Unicode, which this program finds": {
    given: (vCenter) => {
      vCenter.place("DistributedVirtualPortgroup:dvportgroup-9", apart, "Folder:group-n1");
      vCenter.place("Folder:group-v9", apart, "Folder:group-v1");
      vCenter.machines.addTemplate(`/X1/vm/${apart}/${apart}`);
      vCenter.storagePolicies.push({ id: "zh", name: apart });
    },
    look: {
      networks: [`/X1/network/${composed}`],
      vmFolder: { path: `/X1/vm/${composed}/new`, exists: false },
      storagePolicy: { name: composed },
    },
    fails: [spelled(`/X1/network/${composed}`), spelled(`/X1/vm/${composed}`)],
    id: "zh",
  },
  "a datacenter in decomposed Unicode, which is searched for namesakes": {
    given: (vCenter) => {
      vCenter.place("Datacenter:datacenter-3", apart);
      vCenter.place("Folder:group-v5", "vm", "Datacenter:datacenter-3");
      vCenter.place("Folder:group-n5", "network", "Datacenter:datacenter-3");
      vCenter.place("Folder:group-n6", "old", "Folder:group-n5");
      vCenter.place("DistributedVirtualPortgroup:dvportgroup-5", "k8s", "Folder:group-n5");
      vCenter.place("DistributedVirtualPortgroup:dvportgroup-6", "k8s", "Folder:group-n6");
    },
    look: {
      datacenter: `/${composed}`,
      networks: [`/${composed}/network/k8s`],
      vmFolder: { path: `/${composed}/vm/k8s`, exists: false },
      datastores: [],
      resourcePools: [],
      templates: [],
    },
    fails: [
      `/${apart}/network/k8s: a distributed port group of the same datacenter, /${apart}/network/old/k8s, also has this ` +
        `name, and the installer would stop with "path 'k8s' resolves to multiple networks": use another network; ${renaming}`,
      spelled(`/${composed}`),
    ],
  },
});

describe("the names of a datacenter's folders", () => {
  const top = { type: "Folder", id: "group-d1" };
  const datacenter = { type: "Datacenter", id: "datacenter-3" };
  const folders = {
    vm: { type: "Folder", id: "group-v5" },
    network: { type: "Folder", id: "group-n5" },
  };
  const inventory = (vm: string) =>
    new Inventory(top, [
      { ...datacenter, name: apart, parent: top, folders },
      { ...folders.vm, name: vm, parent: datacenter },
      { ...folders.network, name: "network", parent: datacenter },
    ]);

  it("are a warning when they are not vCenter's, however the datacenter is written", () => {
    assert.deepEqual(folderNameWarnings(inventory("vm"), `/${composed}`), []);
    assert.deepEqual(folderNameWarnings(inventory("VMs"), `/${composed}`).map(findingText), [
      `/${composed}: its folders are called VMs instead of vm, and this program finds what is in them, but the Terraform ` +
        "provider of Deckhouse's installer builds paths from the names that vCenter gives (terraform-provider-vsphere, " +
        "folder_helper.go), and may find nothing: try the installation first; a datacenter whose folders have their usual " +
        "names is safe",
    ]);
  });

  it("are no other spelling of what the documents write, as one that does not exist is not", () => {
    const { storagePolicy: _none, ...given } = exampleLookup;
    const vmFolder = { path: `/${apart}/vm/none/new`, exists: false };
    const nothing = { networks: [], datastores: [], templates: [], vmFolder };
    const look = { ...given, ...nothing, datacenter: `/${apart}` };
    assert.deepEqual(spellingFaults(inventory("VMs"), look), []);
  });
});
