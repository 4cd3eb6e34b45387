import type { Role } from "../../../vcenter";
import { listed } from "../../../findings/text";
import type { PermissionInputs } from "./model";
import type { PlannedRoles } from "./plannedRoles";
import type { Rule } from "./rule";

/** How many privileges a message names at most. */
const mostPrivileges = 3;

/**
 * Says that a principal has another role on the object already: what that is, beside the stack's role, and what to do
 * that harms nobody. Somebody may well work with that permission, a cluster that runs, so taking it away is told with
 * what it would do.
 */
export function inTheWay(
  { path, principal, role, roleName, propagate }: PermissionInputs,
  rule: Rule,
  roles: readonly Role[],
  planned: PlannedRoles,
): string {
  const made = roles.find(({ id }) => String(id) === role);
  const comparison = compare(
    roles.find(({ id }) => id === rule.roleId)?.privileges,
    made?.privileges ?? planned.privilegesOf(roleName),
    roleName,
  );
  return (
    `${path}: ${principal} has the role ${rule.roleName} there already, and vCenter keeps one role for each principal ` +
    `on an object, so granting ${roleName} would take it away. ${comparison.text}To change nothing for whoever works ` +
    `with it: name another ${rule.group ? "group" : "user"} in role.principals, ` +
    (comparison.isEnough && (rule.propagate || !propagate)
      ? "take the object out of role.grant, because that role is enough there, "
      : "") +
    "or grant on another object (role.grant). Taking the permission away in vCenter, to run this again, would lock out " +
    `who works with it, such as a running cluster, until ${roleName} is granted`
  );
}

/**
 * Says that a principal has the role on the object already, and that it reaches further there, or less far, than ours is
 * to: setting ours would change that.
 */
export function otherwisePropagated(
  { path, principal, roleName, propagate }: PermissionInputs,
  rule: Rule,
): string {
  const reach = rule.propagate
    ? "holds for everything below it as well"
    : "holds on this object alone";
  return (
    `${path}: ${principal} has the role ${roleName} there already, which ${reach}, and this stack did not grant it: ` +
    `granting it with propagate: ${propagate} would change that for whoever works with it. To change nothing for them: ` +
    `set propagate: ${rule.propagate} for the object in role.grant or in furtherObjects of role.granular, or name another ` +
    `${rule.group ? "group" : "user"} in role.principals`
  );
}

/** What vCenter gives every role by itself, and No access alone does not have. */
const implied: readonly string[] = ["System.Anonymous", "System.Read", "System.View"];

/** Compares without `System.*`, which every role has; a role that lacks some of those is told with them. */
function compare(
  theirs: readonly string[] | undefined,
  ours: readonly string[] | undefined,
  roleName: string,
): { readonly text: string; readonly isEnough: boolean } {
  if (theirs === undefined || ours === undefined) return { text: "", isEnough: false };
  const [has, own] = [theirs, ours].map((ids) => ids.filter((id) => !id.startsWith("System.")));
  const wanted = [...(own ?? []), ...difference(implied, theirs)];
  const lacking = difference(wanted, has);
  const more = difference(has, wanted);
  const text =
    lacking.length + more.length === 0
      ? `It has the same privileges as ${roleName}. `
      : `Of the ${wanted.length} privileges of ${roleName} it lacks ${counted(lacking)}; it has ` +
        `${counted(more)} beside them. `;
  return { text, isEnough: lacking.length === 0 };
}

function difference(of: readonly string[] = [], from: readonly string[] = []): string[] {
  return of.filter((id) => !from.includes(id));
}

/** `none`, or `5 (Datastore.Browse, Folder.Create, Network.Assign and 2 more)`. */
function counted(ids: readonly string[]): string {
  return ids.length === 0 ? "none" : `${ids.length} (${listed(ids, mostPrivileges)})`;
}
