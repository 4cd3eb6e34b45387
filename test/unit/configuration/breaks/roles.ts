import type { Changes } from "../../../support/changedConfiguration";
import type { RawConfiguration } from "../../../support/configurationArbitraries";
import { newRegionWith, type Break } from "./break";

/** Grants as the granular model does, with everything that it asks of every region. */
function granular(raw: RawConfiguration): Changes {
  return {
    "role.grant": "granular",
    "role.granular": {
      regions: Object.fromEntries(
        raw.regions.map(({ name }) => [name, { distributedPortGroups: ["n"], vmFolder: "k8s" }]),
      ),
    },
  };
}

/** Faults of the role, of who has it and where. */
export const roleBreaks: Readonly<Record<string, Break>> = {
  "preset beside an own list": {
    rule: "privilegesHaveOneSource",
    changes: () => ({ "role.preset": "current", "role.privileges": ["Folder.Create"] }),
    path: () => "role.privileges",
    says: "the two exclude each other",
  },
  "unknown privilege": {
    rule: "privilegesAreKnown",
    changes: ({ role }) => ({
      [`role.extraPrivileges`]: [...(role.extraPrivileges ?? []), "Folder.Crate"],
    }),
    path: ({ role }) => `role.extraPrivileges[${role.extraPrivileges?.length ?? 0}]`,
    says: "vCenter knows no such privilege",
  },
  "role that allows nothing": {
    rule: "privilegesAreNotImpliedAlone",
    changes: () => ({
      ...{ "role.preset": undefined, "role.extraPrivileges": undefined },
      "role.privileges": ["System.Read"],
    }),
    path: () => "role.privileges",
    says: "this one would allow nothing",
  },
  "system role": {
    rule: "roleNamesAreFree",
    changes: () => ({ "role.name": "Admin" }),
    path: () => "role.name",
    says: "vCenter has a system role of this name",
  },
  "two roles of one name": {
    rule: "roleNamesAreDistinct",
    changes: (raw) => ({
      ...{ ...granular(raw), "role.name": "same" },
      "role.granular.readOnlyRoleName": "SAME",
    }),
    path: () => "role.granular.readOnlyRoleName",
    says: "one role would replace the other",
  },
  "principal without domain": {
    rule: "principalsHaveDomains",
    changes: ({ role }) => ({
      [`role.principals[${role.principals.length}]`]: { name: "bare", group: true },
    }),
    path: ({ role }) => `role.principals[${role.principals.length}]`,
    says: "the principal has no domain",
  },
  "principal twice": {
    rule: "principalsAreDistinct",
    changes: ({ role }) => ({
      [`role.principals[${role.principals.length}]`]: "VSPHERE.LOCAL\\Deckhouse",
      "clusterAccount.username": "deckhouse@vsphere.local",
    }),
    path: ({ role }) => `role.principals[${role.principals.length}]`,
    says: "role.principals[0] is the same principal",
  },
  "account without domain": {
    rule: "clusterAccountIsClear",
    changes: () => ({ "clusterAccount.username": "deckhouse" }),
    path: () => "clusterAccount.username",
    says: "Deckhouse takes the user in the form user@domain only",
  },
  "object granted twice": {
    rule: "grantsAreDistinct",
    changes: () => ({ "role.grant": [{ path: "/a" }, { path: "A" }], "role.granular": undefined }),
    path: () => "role.grant[1].path",
    says: "role.grant[0].path is the same object",
  },
  "grant on a datacenter's own folder": {
    rule: "grantsAreOnObjectsThatTakeThem",
    changes: ({ regions }) => ({
      "role.grant": [{ path: `${regions[0]?.datacenter ?? ""}/vm` }],
      "role.granular": undefined,
    }),
    path: () => "role.grant[0].path",
    says: "vCenter takes no permission on a datacenter's own folder",
  },
  "granular parts without a granular grant": {
    rule: "granularIsAsked",
    changes: (raw) => ({ ...granular(raw), "role.grant": "root" }),
    path: () => "role.granular",
    says: "this would have no effect",
  },
  "granular grant without a folder": {
    rule: "granularRegionsAreComplete",
    changes: (raw) => ({
      ...newRegionWith(() => ({}))(raw),
      ...granular(raw),
      "role.granular.regions.new": { distributedPortGroups: ["n"] },
    }),
    path: () => "role.granular.regions.new.vmFolder",
    says: "without a permission on a folder no virtual machine can be made",
  },
  "granular grant in no region": {
    rule: "granularRegionsExist",
    changes: (raw) => ({
      ...granular(raw),
      "role.granular.regions.elsewhere": { distributedPortGroups: ["n"], vmFolder: "k8s" },
    }),
    path: () => "role.granular.regions.elsewhere",
    says: "no region has this name",
  },
};
