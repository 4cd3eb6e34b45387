import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { faultLines, stack, stackWith, testFaults } from "./support";

const x1 = 'role.granular.regions["k8s-region-x1"]';
const x2 = 'role.granular.regions["k8s-region-x2"]';

/** What makes the stack's grant granular and complete. */
const granular = {
  "role.grant": "granular",
  "role.granular": {
    regions: {
      "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"] },
      "k8s-region-x2": { distributedPortGroups: ["k8s-nodes"], vmFolder: "k8s/x2" },
    },
  },
  "regions[0].clusterConfiguration.vmFolderExists": true,
};

describe("rules about the role", () => {
  testFaults({
    "a preset and an own list": [
      { "role.preset": "current", "role.privileges": ["Folder.Create"] },
      "role.privileges: found a list of 1: role.preset is current, and the two exclude each other: choose " +
        "one; extraPrivileges adds to either",
    ],
    "a mistyped privilege": [
      { "role.extraPrivileges": ["Datastore.Brwose"] },
      'role.extraPrivileges[0]: found "Datastore.Brwose": vCenter knows no such privilege, and would ' +
        "refuse the whole role without naming it: write Datastore.Browse, or remove it",
    ],
    "a privilege in the wrong case": [
      { "role.privileges": ["Folder.Create", "datastore.browse"] },
      'role.privileges[1]: found "datastore.browse": vCenter knows no such privilege, and would refuse the ' +
        "whole role without naming it: write Datastore.Browse, or remove it",
    ],
    "a privilege that is like no other": [
      { "role.extraPrivileges": ["Coffee.Make.Strong"] },
      'role.extraPrivileges[0]: found "Coffee.Make.Strong": vCenter knows no such privilege, and would ' +
        "refuse the whole role without naming it: remove it, or look the id up in vCenter's list",
    ],
    "a System privilege that vCenter does not have": [
      { "role.extraPrivileges": ["System.Reads"] },
      'role.extraPrivileges[0]: found "System.Reads": vCenter knows no such privilege, and would refuse ' +
        "the whole role without naming it: write System.Read, or remove it",
    ],
    "an own list of System privileges alone": [
      { "role.privileges": ["System.Read"], "regions[0].clusterConfiguration": undefined },
      "role.privileges: found a list of 1: vCenter gives these System privileges to every role, so this " +
        "one would allow nothing: list what the account needs, or leave the key out for the preset",
    ],
    "the name of a system role": [
      { "role.name": "readonly" },
      'role.name: found "readonly": vCenter has a system role of this name, which cannot be changed: ' +
        "choose another name, for example kubernetes",
    ],
    "one name for both roles of a granular grant": [
      { ...granular, "role.granular.readOnlyRoleName": "Kubernetes" },
      'role.granular.readOnlyRoleName: found "Kubernetes": role.name is the same, and one role would ' +
        "replace the other: give the read-only role a name of its own, or leave the key out",
    ],
    "a principal without its domain": [
      { "role.principals": ["deckhouse@vsphere.local", "deckhouse"] },
      'role.principals[1]: found "deckhouse": the principal has no domain, and vCenter would not find it ' +
        "or find another one: write user@domain or DOMAIN\\user, for example deckhouse@vsphere.local",
    ],
    "a group with nothing before its domain": [
      {
        "role.principals": ["deckhouse@vsphere.local", { name: "@vsphere.local", group: true }],
      },
      'role.principals[1]: found "@vsphere.local": the principal has no domain, and vCenter would not find ' +
        "it or find another one: write user@domain or DOMAIN\\user, for example deckhouse@vsphere.local",
    ],
    "a principal in both forms": [
      {
        "role.principals": ["deckhouse@vsphere.local", "VSPHERE.LOCAL\\Deckhouse"],
        "clusterAccount.username": "deckhouse@vsphere.local",
      },
      'role.principals[1]: found "VSPHERE.LOCAL\\\\Deckhouse": role.principals[0] is the same principal, ' +
        "which has one permission on an object: remove one of the two",
    ],
  });
});

describe("grants on two objects of one path", () => {
  const path = "/X1/network/shared";
  const [standard, distributed] = ["standard network", "distributed port group"];

  it("are two grants when their kinds differ", () => {
    const grant = [
      { path, kind: standard },
      { path, kind: distributed, propagate: false },
    ];
    assert.deepEqual(parseConfiguration(stackWith({ "role.grant": grant })).role.grants, [
      { path, kinds: [standard], role: "full", propagate: true },
      { path, kinds: [distributed], role: "full", propagate: false },
    ]);
  });

  it("are two in a granular grant, a switch and a port group", () => {
    const regions = Object.fromEntries(
      ["k8s-region-x1", "k8s-region-x2"].map((region) => [
        region,
        { vmFolder: "k8s", distributedSwitches: ["shared"], distributedPortGroups: ["shared"] },
      ]),
    );
    const { grants } = parseConfiguration(
      stackWith({
        "role.grant": "granular",
        "role.granular": { regions },
        "regions[0].clusterConfiguration.vmFolderExists": true,
      }),
    ).role;
    assert.deepEqual(
      grants.filter((one) => one.path === path).map(({ role }) => role),
      ["readOnly", "full"],
    );
  });

  for (const kinds of [
    [standard, standard],
    [undefined, standard],
    [standard, undefined],
  ]) {
    it(`are one when they may mean the same: ${kinds.join(" and ")}`, () => {
      const grant = kinds.map((kind) => ({ path, ...(kind === undefined ? {} : { kind }) }));
      assert.deepEqual(faultLines(stackWith({ "role.grant": grant })), [
        `role.grant[1].path: found "${path}": role.grant[0].path is the same object, and the second permission would ` +
          "replace the first: remove one of the two",
      ]);
    });
  }
});

describe("rules about grants", () => {
  testFaults({
    "an object twice": [
      { "role.grant": [{ path: "/X1" }, { path: "x1/", propagate: false }] },
      'role.grant[1].path: found "/x1": role.grant[0].path is the same object, and the second permission ' +
        "would replace the first: remove one of the two",
    ],
    "a datacenter's own folder": [
      { "role.grant": [{ path: "/X1/datastore" }] },
      'role.grant[0].path: found "/X1/datastore": vCenter takes no permission on a datacenter\'s own ' +
        "folder: name the datacenter, or an object or folder below this one",
    ],
    "granular details without a granular grant": [
      { "role.granular": granular["role.granular"] },
      "role.granular: found an object: the grant is root, and this would have no effect: write role.grant " +
        "as granular, or remove this key",
    ],
    "a granular grant without port groups and folder": [
      {
        ...granular,
        "role.granular": { regions: { "k8s-region-x1": { distributedPortGroups: ["a"] } } },
      },
      `${x2}.distributedPortGroups: found nothing: without a permission on a network no node can be ` +
        'connected: list the port groups of the nodes, for example ["k8s-nodes"]',
      `${x2}.vmFolder: found nothing: without a permission on a folder no virtual machine can be made: ` +
        "name the folder here, or as vmFolderPath in the cluster configuration",
    ],
    "granular details of an unknown region": [
      {
        ...granular,
        'role.granular.regions["x3"]': { distributedPortGroups: ["k8s-nodes"] },
      },
      "role.granular.regions.x3: found an object: no region has this name, and this would have no effect: " +
        "write one of k8s-region-x1, k8s-region-x2",
    ],
    "a port group of another datacenter": [
      {
        ...granular,
        [`${x1}.distributedPortGroups`]: ["/X2/network/k8s-nodes"],
      },
      `${x1}.distributedPortGroups[0]: found "/X2/network/k8s-nodes": it is outside /X1, the datacenter of ` +
        "this region: write a path that begins with /X1/network/, or the name alone",
    ],
    "a granular grant on no datastore": [
      { ...granular, [`${x1}.datastores`]: [] },
      `${x1}.datastores: found an empty list: the list has too few entries: write at least 1, for example ` +
        '["/X1/datastore/k8s","x1_root"]',
    ],
    "a further object that is granted already": [
      { ...granular, [`${x1}.furtherObjects`]: [{ path: "/X1/vm/k8s/x1" }] },
      `${x1}.furtherObjects[0].path: found "/X1/vm/k8s/x1": ${x1}.vmFolder is the same object, and the ` +
        "second permission would replace the first: remove one of the two",
    ],
    "a granular grant on a folder that is not said to exist": [
      { ...granular, "regions[0].clusterConfiguration.vmFolderExists": false },
      "regions[0].clusterConfiguration.vmFolderExists: found false: a granular grant needs a folder to " +
        "grant the role on, and the installer would not make it again: make the folder, then write true",
    ],
  });
});

describe("the rule about the cluster's account", () => {
  const remedy = "name the account, for example deckhouse@vsphere.local";
  testFaults({
    "two users, and none named": [
      { "role.principals": ["a@vsphere.local", "b@vsphere.local"] },
      "clusterAccount.username: found nothing: the cluster configuration needs one account, and the role " +
        `has 2 users: ${remedy}`,
    ],
    "groups only, and no user named": [
      { "role.principals": [{ name: "admins@vsphere.local", group: true }] },
      "clusterAccount.username: found nothing: the cluster configuration needs one account, and the role " +
        `has 0 users: ${remedy}`,
    ],
    "the only user in the form that Deckhouse does not take": [
      { "role.principals": ["CORP\\deckhouse"] },
      "clusterAccount.username: found nothing: the only user of the role, CORP\\deckhouse, is not in the " +
        `form user@domain that Deckhouse takes: ${remedy}`,
    ],
    "an account without its domain": [
      { "clusterAccount.username": "deckhouse" },
      'clusterAccount.username: found "deckhouse": Deckhouse takes the user in the form user@domain only, ' +
        "and could not log in: write it with the domain's DNS name, for example deckhouse@vsphere.local",
    ],
    "an account in the other form": [
      { "clusterAccount.username": "CORP\\deckhouse" },
      'clusterAccount.username: found "CORP\\\\deckhouse": Deckhouse takes the user in the form user@domain ' +
        "only, and could not log in: write it with the domain's DNS name, for example " +
        "deckhouse@vsphere.local",
    ],
  });

  it("asks for no account when no cluster configuration is made", () => {
    const { regions, role } = stack;
    const raw = {
      regions: regions.map(({ name, datacenter, zones }) => ({ name, datacenter, zones })),
      role: { ...role, principals: ["a@vsphere.local", "b@vsphere.local"] },
    };
    assert.equal(parseConfiguration(raw).clusterAccount, undefined);
  });
});
