import { finding, mostOfAKind } from "../../findings/finding";
import { nearest } from "../../findings/text";
import { repetitionsOf, valuesOf, type ValuePlace, type Rule } from "../places";
import { comparablePrincipal, principalParts } from "../../findings/principals";
import { isKnownPrivilege, knownPrivileges, rolePrivileges } from "../privileges";
import { readOnlyRoleName } from "../resolve/configuration";
import { grantModelOf } from "../resolve/grants";
import type { WrittenConfiguration } from "../schema";
import type { Principal } from "../types";

/** The roles that come with vCenter and that it does not let anybody change, in lowercase. */
const systemRoles = [
  "admin",
  "anonymous",
  "noaccess",
  "nocryptoadmin",
  "notrustedadmin",
  "readonly",
  "trustedadmin",
  "view",
];

/** A preset and a list of privileges exclude each other: it would not be clear which of the two counts. */
const privilegesHaveOneSource: Rule = function* ({ role }) {
  if (role?.preset === undefined || role.privileges === undefined) return;
  yield finding(
    "role.privileges",
    role.privileges,
    `role.preset is ${role.preset}, and the two exclude each other`,
    "choose one; extraPrivileges adds to either",
  );
};

/**
 * Every privilege is one that vCenter knows. vCenter refuses a role with an unknown one as a whole, and
 * does not say which it was.
 *
 * Source: vmware/govmomi `govc/test/role.bats`; the ids are those of the administrator role there.
 */
const privilegesAreKnown: Rule = function* ({ role }) {
  for (const key of ["privileges", "extraPrivileges"] as const) {
    const unknown = valuesOf(`role.${key}`, role?.[key]).filter(
      ({ value }) => !isKnownPrivilege(value),
    );
    for (const [index, { path, value }] of unknown.entries()) {
      // To look for the name that was meant takes a millisecond, and no more findings of one list are shown.
      const meant = index < mostOfAKind ? nearest(value, knownPrivileges) : undefined;
      yield finding(
        path,
        value,
        "vCenter knows no such privilege, and would reject the whole role without saying why",
        meant ? `write ${meant}, or remove it` : "remove it, or look the id up in vCenter's list",
      );
    }
  }
};

/** A list of privileges allows something: `System.*` alone is what every role has. */
const privilegesAreNotImpliedAlone: Rule = function* ({ role }) {
  if (role === undefined || rolePrivileges(role).length > 0) return;
  yield finding(
    "role.privileges",
    role.privileges,
    "vCenter gives these System privileges to every role, so this one would allow nothing",
    "list what the account needs, or leave the key out for the preset",
  );
};

/**
 * Neither role that the stack makes takes the name of a role that comes with vCenter. One that is used as it is may be such a
 * role.
 *
 * Source: vmware/govmomi `simulator/esx/authorization_manager.go`, the roles marked as system roles.
 */
const roleNamesAreFree: Rule = function* ({ role }) {
  const names = [
    {
      ...{ path: "role.name", value: role?.existing === true ? undefined : role?.name },
      or: ", or say that it is used as it is (role.existing: true)",
    },
    {
      ...{ path: "role.granular.readOnlyRoleName", value: role?.granular?.readOnlyRoleName },
      or: "",
    },
  ];
  for (const { path, value, or } of names) {
    if (value === undefined || !systemRoles.includes(value.toLowerCase())) continue;
    yield finding(
      path,
      value,
      "vCenter has a system role of this name, which cannot be changed",
      `choose another name, for example kubernetes${or}`,
    );
  }
};

/** A granular grant makes two roles, so they need two names. */
const roleNamesAreDistinct: Rule = function* ({ role }) {
  if (role === undefined || grantModelOf(role) !== "granular") return;
  const own = role.granular?.readOnlyRoleName;
  const readOnlyName = readOnlyRoleName(role.name, own);
  if (readOnlyName.toLowerCase() !== role.name.toLowerCase()) return;
  yield finding(
    "role.granular.readOnlyRoleName",
    own,
    "role.name is the same, and one role would replace the other",
    "give the read-only role a different name, or leave the key out",
  );
};

/**
 * Every principal has its domain. vCenter answers wrongly about a bare name, and Deckhouse asks for the
 * domain.
 *
 * Source: kubernetes-sigs/vsphere-csi-driver#808; deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
const principalsHaveDomains: Rule = function* (configuration) {
  for (const { path, value } of principals(configuration)) {
    if (principalParts(value.name) !== undefined) continue;
    yield finding(
      path,
      value.name,
      "the principal has no domain, and vCenter would not find it, or would find a different one",
      "write user@domain or DOMAIN\\user, for example deckhouse@vsphere.local",
    );
  }
};

/** Each principal is named once: vCenter keeps one permission for a principal on an object. */
const principalsAreDistinct: Rule = function* (configuration) {
  for (const { first, repeated } of repetitionsOf(principals(configuration), comparable)) {
    yield finding(
      repeated.path,
      repeated.value.name,
      `${first.path} is the same principal, which can have only one permission on an object`,
      "remove one of the two",
    );
  }
};

function principals({ role }: WrittenConfiguration): ValuePlace<Principal>[] {
  return valuesOf("role.principals", role?.principals);
}

/** A user and a group of one name are two principals. */
function comparable({ name, group }: Principal): string {
  return `${String(group)} ${comparablePrincipal(name)}`;
}

/** What has to hold for the role: its privileges, its name and who gets it. */
export const roleRules: readonly Rule[] = [
  privilegesHaveOneSource,
  privilegesAreKnown,
  privilegesAreNotImpliedAlone,
  roleNamesAreFree,
  roleNamesAreDistinct,
  principalsHaveDomains,
  principalsAreDistinct,
];
