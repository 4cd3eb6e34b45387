import type { Principal } from "../configuration";
import { privilegesMissingOnRoot } from "../configuration/rootPrivileges";
import { comparablePrincipal } from "../findings/principals";
import { comparableName } from "../findings/text";
import { objectKey } from "../vcenter/offline";
import type { ManagedObject, Permission, Role } from "../vcenter";
import type { Wanted } from "./check";
import type { VCenterFacts } from "./facts";
import { grantedObjects } from "./grants";
import { objectsAt } from "./objectsAt";
import { earlierGrants } from "./ours";
import { privilegesLeftOut } from "./privilegesLeftOut";

/** A permission that a principal has, or will have, as the walk up from an object meets it. */
interface Rule {
  readonly object: ManagedObject;
  readonly propagate: boolean;
  readonly privileges: readonly string[];
  /** The name of its role; undefined of a permission that the stack is going to set. */
  readonly roleName: string | undefined;
}

/** What a principal lacks on objects, all by the same permission. */
export interface Replaced {
  /** How many privileges the grant gives there. */
  readonly of: number;
  /** Sorted, without `System.*`. */
  readonly missing: readonly string[];
  /** Real paths. */
  readonly paths: readonly string[];
  /** The permission in the way: the real path of its object, and the name of its role; undefined where there is none at all. */
  readonly by: { readonly path: string; readonly roleName: string } | undefined;
}

/**
 * Works out what a principal of the role will be able to do on every object that Deckhouse touches: the nearest permission,
 * on the object or above it where it propagates, replaces all that are further up. Permissions of the same principal alone
 * are looked at: of which groups a user is a member, only vCenter knows.
 *
 * Source: VMware vSphere Security, "Hierarchical Inheritance of Permissions" and "Multiple Permission Settings".
 *
 * @param permissions those of vCenter, on these objects and above them
 * @returns what keeps privileges of the role from objects below a grant that gives them
 */
export function replacedPrivileges(
  wanted: Wanted,
  facts: VCenterFacts,
  permissions: readonly Permission[],
  principal: Principal,
): Replaced[] {
  const planned = plannedRules(wanted, facts);
  const actual = actualRules(wanted, facts, permissions, principal);
  // Once all is done, only what is there counts.
  const rules = wanted.isReady ? actual : [...planned, ...actual];
  const found = new Map<string, Replaced & { readonly paths: string[] }>();
  for (const object of touchedObjects(wanted, facts)) {
    const expected = nearest(planned, object);
    if (expected === undefined) continue;
    const effective = nearest(rules, object);
    const missing = lacking(expected.privileges, effective?.privileges);
    if (missing.length === 0) continue;
    const by = effective && { path: effective.object.path, roleName: effective.roleName ?? "" };
    const key = `${by?.path} ${missing.join()}`;
    const same = found.get(key) ?? { of: expected.privileges.length, by, missing, paths: [] };
    same.paths.push(object.path);
    found.set(key, same);
  }
  return [...found.values()];
}

/**
 * The permissions of groups that would take privileges of the role from a user who is a member: of which groups a user is a
 * member, only vCenter knows.
 *
 * @returns each with the real path of its object and the name of its role
 */
export function groupsInTheWay(
  wanted: Wanted,
  facts: VCenterFacts,
  permissions: readonly Permission[],
): { readonly group: string; readonly path: string; readonly roleName: string }[] {
  // Of a group that is a principal of the role, the check tells itself.
  const principals = new Set(
    (wanted.configuration.role?.principals ?? [])
      .filter(({ group }) => group)
      .map(({ name }) => comparablePrincipal(name)),
  );
  const groups = new Map(
    permissions
      .filter(({ group, principal }) => group && !principals.has(comparablePrincipal(principal)))
      .map(({ principal }) => [comparablePrincipal(principal), principal]),
  );
  return [...groups.values()].flatMap((name) =>
    replacedPrivileges(wanted, facts, permissions, { name, group: true }).flatMap(({ by }) =>
      by === undefined ? [] : [{ group: name, ...by }],
    ),
  );
}

/**
 * The objects that Deckhouse works with: everything that the configuration names and that the inventory has, and what the
 * role is granted on.
 */
export function touchedObjects(
  wanted: Wanted,
  { inventory }: Pick<VCenterFacts, "inventory">,
): ManagedObject[] {
  const all = [
    ...grantedObjects(wanted, inventory).map(({ object }) => object),
    ...wanted.names.flatMap(({ path, kinds, isMade, templateOf }) => {
      // Where a template is built is a matter of the account that builds it; nodes are cloned from the folder that it is in.
      const isOfOthers = templateOf !== undefined && !kinds.includes("folder");
      return isMade || isOfOthers ? [] : objectsAt(inventory, path, kinds);
    }),
  ];
  return [...new Map(all.map((object) => [objectKey(object), object])).values()];
}

/** What the stack sets for each principal. */
function plannedRules(wanted: Wanted, facts: VCenterFacts): Rule[] {
  const { role } = wanted.configuration;
  const leftOut = new Set(privilegesLeftOut(wanted.configuration, facts));
  // One that exists gives what it has; what it lacks is told by the check of what exists.
  const full =
    role?.existing === true
      ? facts.roles.find(({ name }) => comparableName(name) === comparableName(role.name))
      : role;
  return grantedObjects(wanted, facts.inventory).map(({ grant, object }) => ({
    object,
    propagate: grant.propagate,
    privileges: ((grant.role === "full" ? full : role?.readOnlyRole)?.privileges ?? []).filter(
      (id) => !leftOut.has(id),
    ),
    roleName: undefined,
  }));
}

/** What the principal has, without what the stack granted earlier and takes back. */
function actualRules(
  wanted: Wanted,
  { inventory, roles }: VCenterFacts,
  permissions: readonly Permission[],
  { name, group }: Principal,
): Rule[] {
  const byId = new Map(roles.map((role): [number, Role] => [role.id, role]));
  const isOwn = earlierGrants(wanted, (path) => inventory.realPath(path));
  const comparable = comparablePrincipal(name);
  return permissions.flatMap((permission) => {
    if (permission.group !== group || comparablePrincipal(permission.principal) !== comparable) {
      return [];
    }
    const object = inventory.get(permission.entity);
    const role = byId.get(permission.roleId);
    if (object === undefined || role === undefined) return [];
    if (!wanted.isReady && isOwn(name, object.path)) return [];
    const { propagate } = permission;
    return [{ object, propagate, privileges: role.privileges, roleName: role.name }];
  });
}

/** The rule that counts on an object: that on it, or the nearest above that propagates; the first of several on one. */
function nearest(rules: readonly Rule[], object: ManagedObject): Rule | undefined {
  let best: Rule | undefined;
  for (const rule of rules) {
    if (objectKey(rule.object) === objectKey(object)) return rule;
    const isAbove = rule.propagate && isBelow(object.path, rule.object.path);
    if (isAbove && rule.object.path.length > (best?.object.path.length ?? 0)) best = rule;
  }
  return best;
}

function isBelow(path: string, above: string): boolean {
  return above === "/" ? path !== "/" : path.startsWith(`${above}/`);
}

/** Which of the privileges that count on the root only a principal does not have there by any permission. */
export function missingOnRoot(
  wanted: Wanted,
  facts: VCenterFacts,
  permissions: readonly Permission[],
  principal: Principal,
): string[] {
  const rule = nearest(actualRules(wanted, facts, permissions, principal), facts.inventory.root);
  return lacking(privilegesMissingOnRoot(wanted.configuration.role), rule?.privileges);
}

/** What every role but No access has is not counted. */
function lacking(expected: readonly string[], has: readonly string[] = []): string[] {
  const there = new Set(has);
  return expected.filter((id) => !id.startsWith("System.") && !there.has(id)).sort();
}
