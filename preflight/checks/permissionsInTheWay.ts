import type { Finding } from "../../findings/finding";
import { samePrincipal } from "../../findings/principals";
import { comparableName } from "../../findings/text";
import { objectKey } from "../../vcenter/offline";
import type { Permission } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";
import { grantedObjects, type GrantedObject } from "../grants";
import { earlierGrants, unknownEarlier } from "../ours";
import {
  datacenterFolderObjection,
  otherReach,
  otherRole,
  roleNameAmong,
  type Objection,
} from "../permissionInTheWay";

/**
 * No principal of the role has another role, or the role with another reach, on an object that the stack grants it on,
 * unless the stack granted it: vCenter keeps one permission for each principal on an object, and a new one silently takes
 * the place of the old. And no object is one that vCenter takes no permission on.
 *
 * Source: VMware vSphere API reference, `SetEntityPermissions`.
 */
export const permissionsInTheWay: Check = {
  name: "permissionsInTheWay",
  run(wanted, facts) {
    const { inventory, permissions } = facts;
    const granted = grantedObjects(wanted, inventory);
    const refused = granted.filter(({ object }) => inventory.isDatacenterFolder(object));
    const folders = refused.map((one) => finding(one, datacenterFolderObjection));
    const unread =
      wanted.earlier === "unknown"
        ? unknownEarlier
        : permissions === undefined
          ? "this account may not read permissions"
          : undefined;
    if (permissions === undefined || unread !== undefined) {
      return { findings: folders, facts: granted.length, skipped: unread };
    }
    const principals = wanted.configuration.role?.principals ?? [];
    return {
      facts: granted.length * (1 + principals.length),
      findings: [
        ...folders,
        ...granted
          .filter((one) => !refused.includes(one))
          .flatMap((one) => inTheWay(wanted, facts, one, permissions)),
      ],
    };
  },
};

function inTheWay(
  wanted: Wanted,
  { inventory, roles }: VCenterFacts,
  one: GrantedObject,
  permissions: readonly Permission[],
): Finding[] {
  const { role } = wanted.configuration;
  if (role === undefined) return [];
  const isOwn = earlierGrants(wanted, (path) => inventory.realPath(path));
  const { name: roleName, privileges } =
    one.grant.role === "full" ? role : (role.readOnlyRole ?? role);
  const made = roles.find(({ name }) => comparableName(name) === comparableName(roleName));
  return role.principals.flatMap(({ name: principal, group }) => {
    const rule = permissions.find(
      ({ entity, ...other }) =>
        objectKey(entity) === objectKey(one.object) &&
        other.group === group &&
        samePrincipal(other.principal, principal),
    );
    if (rule === undefined || isOwn(principal, one.object.path)) return [];
    const { propagate } = one.grant;
    const isOther = rule.roleId !== made?.id;
    if (!isOther && rule.propagate === propagate) return [];
    const wantedRule = {
      principal,
      propagate,
      roleName,
      privileges: made?.privileges ?? privileges,
    };
    if (!isOther) return [finding(one, otherReach(wantedRule, rule))];
    const theirs = roles.find(({ id }) => id === rule.roleId)?.privileges;
    const named = { ...rule, roleName: roleNameAmong(roles, rule) };
    return [finding(one, otherRole(wantedRule, named, theirs))];
  });
}

function finding({ at, object }: GrantedObject, { wrong, remedy }: Objection): Finding {
  return { severity: "error", where: at, found: JSON.stringify(object.path), wrong, remedy };
}
