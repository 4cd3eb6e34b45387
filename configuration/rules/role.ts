import { repetitionsOf, valuesOf } from "../places";
import { comparablePrincipal, principalParts } from "../../findings/principals";
import { finding } from "../../findings/finding";
import { readOnlyRoleName } from "../resolve";
import { grantModelOf } from "../roleGrants";
import type { Rule } from "./rule";

/** The roles that come with vCenter and that it does not let anybody change. */
const systemRoles = [
  "Admin",
  "Anonymous",
  "NoAccess",
  "NoCryptoAdmin",
  "NoTrustedAdmin",
  "ReadOnly",
  "TrustedAdmin",
  "View",
];

/**
 * A role of our own does not take the name of a role of vCenter's.
 *
 * Source: vmware/govmomi `simulator/esx/authorization_manager.go`, the roles marked as system roles.
 */
export const roleNamesAreFree: Rule = ({ role }) => {
  const readOnly = role?.granular?.readOnlyRoleName;
  return [
    { path: "role.name", value: role?.name },
    { path: "role.granular.readOnlyRoleName", value: readOnly },
  ].flatMap(({ path, value }) =>
    value !== undefined && systemRoles.some((name) => sameName(name, value))
      ? [
          finding(
            path,
            value,
            "vCenter has a system role of this name, which cannot be changed",
            "choose another name, for example kubernetes",
          ),
        ]
      : [],
  );
};

/** A granular grant makes two roles, so they need two names. */
export const roleNamesAreDistinct: Rule = ({ role }) => {
  const name = role?.name;
  const own = role?.granular?.readOnlyRoleName;
  if (role === undefined || name === undefined || grantModelOf(role) !== "granular") {
    return [];
  }
  return sameName(readOnlyRoleName(name, own), name)
    ? [
        finding(
          "role.granular.readOnlyRoleName",
          own,
          "role.name is the same, and one role would replace the other",
          "give the read-only role a name of its own, or leave the key out",
        ),
      ]
    : [];
};

/**
 * Every principal has its domain. vCenter answers wrongly about a bare name, and Deckhouse asks for the
 * domain.
 *
 * Source: kubernetes-sigs/vsphere-csi-driver#808; deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const principalsHaveDomains: Rule = ({ role }) =>
  principals(role)
    .filter(({ value }) => principalParts(value.name) === undefined)
    .map(({ path, value }) =>
      finding(
        path,
        value.name,
        "the principal has no domain, and vCenter would not find it or find another one",
        "write user@domain or DOMAIN\\user, for example deckhouse@vsphere.local",
      ),
    );

/** Each principal is named once: vCenter keeps one permission for a principal on an object. */
export const principalsAreDistinct: Rule = ({ role }) =>
  repetitionsOf(
    principals(role),
    ({ name, group }) => `${String(group)} ${comparablePrincipal(name)}`,
  ).map(({ first, repeated }) =>
    finding(
      repeated.path,
      repeated.value.name,
      `${first.path} is the same principal, which has one permission on an object`,
      "remove one of the two",
    ),
  );

function principals(
  role: Parameters<Rule>[0]["role"],
): { path: string; value: { name: string; group: boolean } }[] {
  return valuesOf("role.principals", role?.principals).flatMap(({ path, value }) =>
    value.name === undefined
      ? []
      : [{ path, value: { name: value.name, group: value.group === true } }],
  );
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
