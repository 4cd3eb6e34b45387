import { listed } from "../findings/text";
import type { Permission, Role } from "../vcenter";

/** What is wrong with a permission that the stack is to set, and what to do; where it is, each place says itself. */
export interface Objection {
  readonly wrong: string;
  readonly remedy: string;
}

/** A permission that the stack is to set. */
export interface WantedPermission {
  /** The user or group, as the configuration writes it. */
  readonly principal: string;
  readonly propagate: boolean;
  readonly roleName: string;
  /** The privileges of the role; undefined where they are not known. */
  readonly privileges: readonly string[] | undefined;
}

/** A permission as vCenter holds it, with the name of its role. */
export interface NamedPermission extends Permission {
  readonly roleName: string;
}

/** How many privileges a message names at most. */
const mostPrivileges = 3;

/**
 * vCenter refuses a permission on the folders host, datastore, network and vm of a datacenter.
 *
 * Source: VMware vSphere API reference, `SetEntityPermissions` (InvalidArgument).
 */
export const datacenterFolderObjection: Objection = {
  wrong: "vCenter accepts no permission on one of the four folders of a datacenter",
  remedy: "name the datacenter, or an object or folder below this one",
};

/**
 * A principal has another role on the object already: what that is, compared with the stack's role, and what to do that
 * harms nobody. Somebody may well work with that permission, such as a running cluster, so what taking it away would do
 * is said as well.
 *
 * @param theirs the privileges of the role that is there; undefined where they are not known
 */
export function otherRole(
  { principal, propagate, roleName, privileges }: WantedPermission,
  rule: NamedPermission,
  theirs: readonly string[] | undefined,
): Objection {
  const comparison = compare(theirs, privileges, roleName);
  return {
    wrong:
      `${principal} already has the role ${rule.roleName} there, and vCenter keeps one role for each principal on an ` +
      `object, so granting ${roleName} would take it away${comparison.text}`,
    remedy:
      `to change nothing for whoever works with it, name another ${kindOfPrincipal(rule)} in role.principals, ` +
      (comparison.isEnough && (rule.propagate || !propagate)
        ? "take the object out of role.grant, because that role is enough there, "
        : "") +
      "or grant on another object (role.grant). Taking the permission away in vCenter, to run this again, would lock out " +
      `whoever works with it, such as a running cluster, until ${roleName} is granted`,
  };
}

/**
 * A principal has the role on the object already, and it reaches further there, or less far, than the stack's should:
 * setting that would change it.
 */
export function otherReach(
  { principal, propagate, roleName }: WantedPermission,
  rule: Permission,
): Objection {
  const reach = rule.propagate
    ? "also holds for everything below the object"
    : "holds on this object only";
  return {
    wrong:
      `${principal} already has the role ${roleName} there, which ${reach}, and this stack did not grant it, so granting it ` +
      `with propagate: ${propagate} would change that for whoever works with it`,
    remedy:
      `to change nothing for them, set propagate: ${rule.propagate} for the object in role.grant or in furtherObjects of ` +
      `role.granular, or name another ${kindOfPrincipal(rule)} in role.principals`,
  };
}

/** The name of a rule's role, for a message. */
export function roleNameAmong(
  roles: readonly Role[],
  { roleId }: Pick<Permission, "roleId">,
): string {
  return roles.find(({ id }) => id === roleId)?.name ?? `with id ${roleId}`;
}

function kindOfPrincipal({ group }: Permission): string {
  return group ? "group" : "user";
}

/** What vCenter gives every role by itself, and only No access does not have. */
const implied: readonly string[] = ["System.Anonymous", "System.Read", "System.View"];

/** Compares without `System.*`, which every role has; those that a role does lack are counted. */
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
    lacking.length === 0 && more.length === 0
      ? `; it has the same privileges as ${roleName}`
      : `; of the ${wanted.length} privileges of ${roleName} it lacks ${counted(lacking)}, and it has ` +
        `${counted(more)} besides`;
  return { text, isEnough: lacking.length === 0 };
}

function difference(of: readonly string[] = [], from: readonly string[] = []): string[] {
  return of.filter((id) => !from.includes(id));
}

/** `none`, or `5 (Datastore.Browse, Folder.Create, Network.Assign and 2 more)`. */
function counted(ids: readonly string[]): string {
  return ids.length === 0 ? "none" : `${ids.length} (${listed(ids, mostPrivileges)})`;
}
