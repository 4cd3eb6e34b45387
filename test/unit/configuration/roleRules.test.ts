import { roleRules } from "../../../configuration/rules/role";

import { describeRules, type RuleCase } from "./ruleTable";
import { completeGranular } from "./support";

const unknown = (key: string, index: number, found: string, remedy: string): string =>
  `role.${key}[${index}]: found "${found}": vCenter knows no such privilege, and would reject the whole role without ` +
  `saying why: ${remedy}`;
const systemRole = (path: string, found: string): string =>
  `${path}: found "${found}": vCenter has a system role of this name, which cannot be changed: choose another name, for ` +
  `example kubernetes${path === "role.name" ? ", or say that it is used as it is (role.existing: true)" : ""}`;
const bare = (index: number, found: string): string =>
  `role.principals[${index}]: found "${found}": the principal has no domain, and vCenter would not find it, or would find ` +
  "a different one: write user@domain or DOMAIN\\user, for example deckhouse@vsphere.local";
const impliedAlone = (...privileges: string[]): RuleCase => [
  { "role.privileges": privileges, vmFolderExists: true },
  `role.privileges: found a list of ${privileges.length}: vCenter gives these System privileges to every role, so this ` +
    "one would allow nothing: list what the account needs, or leave the key out for the preset",
];
const user = "deckhouse@vsphere.local";

describeRules("the role", roleRules, {
  privilegesHaveOneSource: {
    "a preset and a list": [
      { "role.preset": "current", "role.privileges": ["Folder.Create"] },
      "role.privileges: found a list of 1: role.preset is current, and the two exclude each other: choose one; " +
        "extraPrivileges adds to either",
    ],
    "a preset and extra privileges are accepted": [
      { "role.preset": "seed", "role.extraPrivileges": ["Folder.Create"] },
    ],
  },
  privilegesAreKnown: {
    "mistyped ones, in both lists": [
      {
        "role.privileges": ["Folder.Create", "datastore.browse"],
        "role.extraPrivileges": ["Datastore.Brwose"],
      },
      unknown("extraPrivileges", 0, "Datastore.Brwose", "write Datastore.Browse, or remove it"),
      unknown("privileges", 1, "datastore.browse", "write Datastore.Browse, or remove it"),
    ],
    "one like no other": [
      { "role.extraPrivileges": ["Coffee.Make.Strong"] },
      unknown(
        "extraPrivileges",
        0,
        "Coffee.Make.Strong",
        "remove it, or look the id up in vCenter's list",
      ),
    ],
    "a System privilege that vCenter does not have": [
      { "role.extraPrivileges": ["System.Reads"] },
      unknown("extraPrivileges", 0, "System.Reads", "write System.Read, or remove it"),
    ],
  },
  privilegesAreNotImpliedAlone: {
    "one System privilege": impliedAlone("System.Read"),
    "all of them": impliedAlone("System.Anonymous", "System.Read", "System.View"),
    "extra privileges beside it are accepted": [
      { "role.privileges": ["System.Read"], "role.extraPrivileges": ["Folder.Create"] },
    ],
  },
  roleNamesAreFree: {
    "a system role that is used as it is, is accepted": [
      { "role.name": "ReadOnly", "role.existing": true },
    ],
    "system roles": [
      { ...completeGranular, "role.name": "readonly", "role.granular.readOnlyRoleName": "Admin" },
      systemRole("role.granular.readOnlyRoleName", "Admin"),
      systemRole("role.name", "readonly"),
    ],
    ...Object.fromEntries(
      ["Anonymous", "NoAccess", "NoCryptoAdmin", "NoTrustedAdmin", "TrustedAdmin", "View"].map(
        (name) => [name, [{ "role.name": name }, systemRole("role.name", name)]],
      ),
    ),
  },
  roleNamesAreDistinct: {
    "one name for both roles of a granular grant, but for case": [
      { ...completeGranular, "role.granular.readOnlyRoleName": "Kubernetes" },
      'role.granular.readOnlyRoleName: found "Kubernetes": role.name is the same, and one role would replace the other: ' +
        "give the read-only role a different name, or leave the key out",
    ],
    "two names are accepted": [{ ...completeGranular, "role.granular.readOnlyRoleName": "k" }],
  },
  principalsHaveDomains: {
    "a user without its domain": [{ "role.principals": [user, "deckhouse"] }, bare(1, "deckhouse")],
    "a group with nothing before its domain": [
      { "role.principals": [user, { name: "@vsphere.local", group: true }] },
      bare(1, "@vsphere.local"),
    ],
  },
  principalsAreDistinct: {
    "one in both forms": [
      {
        "role.principals": [user, "VSPHERE.LOCAL\\Deckhouse"],
        "clusterAccount.username": user,
      },
      'role.principals[1]: found "VSPHERE.LOCAL\\\\Deckhouse": role.principals[0] is the same principal, which can have ' +
        "only one permission on an object: remove one of the two",
    ],
    "a user and a group of one name are accepted": [
      { "role.principals": [user, { name: user, group: true }] },
    ],
  },
});
