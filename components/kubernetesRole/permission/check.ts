import { findingTexts, type Finding } from "../../../findings/finding";
import { comparableName, listed } from "../../../findings/text";
import type { ManagedObject, Permission, Role } from "../../../vcenter";
import { unknownValue } from "../../dynamic/dynamicProvider";
import { objectFinding } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import type { PermissionInputs } from "../kubernetesRole";
import { findRule, objectOf, roleNameOf } from "./rule";

/** How many privileges a message names at most. */
const mostPrivileges = 3;

/**
 * The privileges that the stack gives its roles, by the roles' names: known in this process before vCenter has the
 * roles, so that a role in the way can be compared with one that is yet to be made.
 */
export class PlannedRoles {
  readonly #privileges = new Map<string, readonly string[]>();

  set(role: string, privileges: readonly string[]): void {
    this.#privileges.set(role, privileges);
  }

  /** Undefined for a role of which no RoleGuard of this process knows. */
  privilegesOf(role: string): readonly string[] | undefined {
    return this.#privileges.get(role);
  }
}

/**
 * Everything about a permission that would fail or harm others later, found at preview.
 *
 * @param isNew whether the state does not hold this permission yet: then a rule of the same principal on the object is
 *   somebody else's, and setting ours would silently replace it, because vCenter keeps one for each principal
 * @param planned the privileges of roles that are yet to be made
 */
export async function checkPermission(
  live: LiveView,
  inputs: PermissionInputs,
  isNew: boolean,
  planned: PlannedRoles,
): Promise<Finding[]> {
  if (inputs.path === unknownValue || inputs.principal === unknownValue) return [];
  const inventory = await live.inventoryFor([inputs.path]);
  const found = objectOf(inventory, inputs);
  if ("fault" in found) return [found.fault];
  const { object } = found;
  if (inventory.isDatacenterFolder(object)) {
    return [
      objectFinding(
        object.path,
        "vCenter accepts no permission on one of the four folders of a datacenter",
        "name the datacenter, or an object or folder below this one",
      ),
    ];
  }
  return [
    ...(inputs.role === unknownValue ? await takenName(live, inputs) : []),
    ...(isNew ? await ruleInTheWay(live, object, inputs, planned) : []),
  ];
}

/**
 * The same as one error of the resource.
 *
 * @returns undefined when nothing is in the way
 */
export function objection(findings: readonly Finding[]): string | undefined {
  return findings.length === 0 ? undefined : findingTexts(findings).join("\n");
}

/** A role whose id is still unknown will be created: its name must be free. */
async function takenName(live: LiveView, { roleName }: PermissionInputs): Promise<Finding[]> {
  const taken = (await live.roles()).find(
    ({ name }) => comparableName(name) === comparableName(roleName),
  );
  if (taken === undefined) return [];
  return [
    objectFinding(
      `role ${taken.name}`,
      "it exists in vCenter already, and this stack did not make it",
      "choose another name (role.name); whoever has a permission with that role relies on its privileges",
    ),
  ];
}

async function ruleInTheWay(
  live: LiveView,
  object: ManagedObject,
  inputs: PermissionInputs,
  planned: PlannedRoles,
): Promise<Finding[]> {
  const rule = await findRule(live, object, inputs);
  if (rule === undefined) return [];
  if (String(rule.roleId) !== inputs.role) {
    const roleName = await roleNameOf(live, rule);
    return [otherRole(inputs, { ...rule, roleName }, await live.roles(), planned)];
  }
  return rule.propagate === inputs.propagate ? [] : [otherReach(inputs, rule)];
}

/** A permission as vCenter holds it, with the name of its role. */
interface Rule extends Permission {
  readonly roleName: string;
}

/**
 * A principal has another role on the object already: what that is, compared with the stack's role, and what to do that
 * harms nobody. Somebody may well work with that permission, such as a running cluster, so what taking it away would do
 * is said as well.
 */
function otherRole(
  { path, principal, role, roleName, propagate }: PermissionInputs,
  rule: Rule,
  roles: readonly Role[],
  planned: PlannedRoles,
): Finding {
  const made = roles.find(({ id }) => String(id) === role);
  const comparison = compare(
    roles.find(({ id }) => id === rule.roleId)?.privileges,
    made?.privileges ?? planned.privilegesOf(roleName),
    roleName,
  );
  return objectFinding(
    path,
    `${principal} already has the role ${rule.roleName} there, and vCenter keeps one role for each principal on an ` +
      `object, so granting ${roleName} would take it away${comparison.text}`,
    `to change nothing for whoever works with it, name another ${kindOfPrincipal(rule)} in role.principals, ` +
      (comparison.isEnough && (rule.propagate || !propagate)
        ? "take the object out of role.grant, because that role is enough there, "
        : "") +
      "or grant on another object (role.grant). Taking the permission away in vCenter, to run this again, would lock out " +
      `whoever works with it, such as a running cluster, until ${roleName} is granted`,
  );
}

/**
 * A principal has the role on the object already, and it reaches further there, or less far, than ours should: setting
 * ours would change that.
 */
function otherReach(
  { path, principal, roleName, propagate }: PermissionInputs,
  rule: Permission,
): Finding {
  const reach = rule.propagate
    ? "also holds for everything below the object"
    : "holds on this object only";
  return objectFinding(
    path,
    `${principal} already has the role ${roleName} there, which ${reach}, and this stack did not grant it, so granting it ` +
      `with propagate: ${propagate} would change that for whoever works with it`,
    `to change nothing for them, set propagate: ${rule.propagate} for the object in role.grant or in furtherObjects of ` +
      `role.granular, or name another ${kindOfPrincipal(rule)} in role.principals`,
  );
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
