import { unknownValue } from "../../dynamic/dynamicProvider";
import {
  findRecorded,
  hiddenRemedy,
  isAnotherObject,
  lookUp,
  realPath,
  type FoundObject,
  type RecordedPlace,
} from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import type { PermissionInputs, PermissionOutputs } from "../kubernetesRole";
import { inventoryPath } from "../../../configuration/inventoryPaths";
import { comparableName } from "../../../findings/text";
import {
  objectKey,
  typesOf,
  type Inventory,
  type ManagedObject,
  type Permission,
} from "../../../vcenter";
import { samePrincipal, toDomainPrincipal } from "../../../findings/principals";

/**
 * The inputs that name another permission than before; all others change a permission in place. Another spelling of the
 * same path or principal means the same one. Other kinds may not: that depends on what vCenter has at the path.
 *
 * @param olds the inputs or the state of before; empty when there is none
 */
export function changedIdentity(
  olds: Partial<PermissionInputs>,
  news: PermissionInputs,
): (keyof PermissionInputs)[] {
  const { path, principal, group } = olds;
  const changed: (keyof PermissionInputs)[] = [];
  if (path === undefined || inventoryPath(path) !== inventoryPath(news.path)) {
    changed.push("path");
  }
  if (principal === undefined || !samePrincipal(principal, news.principal)) {
    changed.push("principal");
  }
  if (group !== news.group) {
    changed.push("group");
  }
  return changed;
}

/** Whose rule is looked for. */
type Grantee = Pick<PermissionInputs, "principal" | "group">;

/** What makes a rule one and the same in vCenter. */
export function ruleKey(object: ManagedObject, { principal, group }: Grantee): string {
  return `${objectKey(object)} ${comparableName(toDomainPrincipal(principal))} ${group}`;
}

/** The rule of exactly this user or group on exactly this object, not one that is inherited. */
export async function findRule(
  live: LiveView,
  object: ManagedObject,
  grantee: Grantee,
): Promise<Permission | undefined> {
  return ruleAmong(await live.permissions(object), grantee);
}

/**
 * The same rule, for callers to whom no rule means that it is gone: one that was not among the known permissions is looked
 * for on the object, which vCenter refuses to an account that may not read it.
 *
 * @throws VCenterError `noPermission`
 */
export async function findRecordedRule(
  live: LiveView,
  object: ManagedObject,
  grantee: Grantee,
): Promise<Permission | undefined> {
  return (
    (await findRule(live, object, grantee)) ?? ruleAmong(await live.permissionsOn(object), grantee)
  );
}

function ruleAmong(
  permissions: readonly Permission[],
  { principal, group }: Grantee,
): Permission | undefined {
  return permissions.find(
    (candidate) => candidate.group === group && samePrincipal(candidate.principal, principal),
  );
}

/** The name of a rule's role. Asked for only where it is shown: vCenter tells names only with all their privileges. */
export async function roleNameOf(
  live: LiveView,
  { roleId }: Pick<Permission, "roleId">,
): Promise<string> {
  return (await live.role(roleId))?.name ?? `with id ${roleId}`;
}

/** Whether a rule that vCenter has gives exactly what is wanted. */
export function isAsWanted(
  rule: Permission | undefined,
  { role, propagate }: PermissionInputs,
): boolean {
  return rule !== undefined && String(rule.roleId) === role && rule.propagate === propagate;
}

/** Says how vCenter's rule differs from the wanted one, or undefined when it is as wanted. */
export async function describeDifference(
  live: LiveView,
  object: ManagedObject,
  wanted: PermissionInputs,
): Promise<string | undefined> {
  const rule = await findRecordedRule(live, object, wanted);
  const subject = `${object.path}: the permission of ${wanted.principal}`;
  if (rule === undefined) {
    return `${subject} with the role ${wanted.roleName} is no longer there`;
  }
  if (String(rule.roleId) !== wanted.role) {
    return `${subject} has the role ${await roleNameOf(live, rule)} instead of ${wanted.roleName}`;
  }
  if (rule.propagate !== wanted.propagate) {
    return `${subject} ${rule.propagate ? "propagates" : "does not propagate"} to the objects below`;
  }
  return undefined;
}

/** The object that a permission is on: of the first of its kinds that is at the path, or why there is none. */
export function objectOf(
  inventory: Inventory,
  { path, kinds }: Pick<PermissionInputs, "path" | "kinds">,
): FoundObject {
  const present = inventory.at(path).map(({ type }) => type);
  const first = kinds?.find((kind) => typesOf([kind]).some((type) => present.includes(type)));
  return lookUp(
    inventory,
    path,
    first === undefined ? kinds : [first],
    `write its kind beside the path, in role.grant or in furtherObjects of role.granular (for example kind: ` +
      `${first ?? "distributed port group"})`,
  );
}

/**
 * The inputs by which another object is meant than the one that holds the permission: one of another kind, or one that
 * has its path by now. The permission is then replaced, and checked as a new one.
 */
export async function meansAnother(
  live: LiveView,
  olds: PermissionOutputs,
  news: PermissionInputs,
): Promise<(keyof PermissionInputs)[]> {
  const found = objectOf(await live.inventoryFor([news.path]), news);
  if (!("object" in found)) return [];
  const { object } = found;
  if (news.kinds !== undefined && !olds.reference.startsWith(`${object.type}:`)) return ["kinds"];
  return (await isAnotherObject(live, olds, object)) ? ["path"] : [];
}

/** Whether other kinds than before lead to another object at the same path. Without them it is the same permission. */
export async function leadsElsewhere(
  live: LiveView,
  { path = "", kinds }: Partial<PermissionInputs>,
  news: PermissionInputs,
): Promise<boolean> {
  const inventory = await live.inventoryFor([path, news.path]);
  const [before, now] = [objectOf(inventory, { path, kinds }), objectOf(inventory, news)];
  return "object" in before && "object" in now && before.object !== now.object;
}

/**
 * The inputs with the path that vCenter has for the object: that is what the state and a preview show. One that is in
 * the state and still leads to the same object stays: another would mean another permission.
 */
export async function withRealPath(
  live: LiveView,
  olds: Partial<PermissionInputs>,
  news: PermissionInputs,
): Promise<PermissionInputs> {
  if (news.path === unknownValue || news.principal === unknownValue) {
    return news;
  }
  const inventory = await live.inventoryFor([news.path, olds.path ?? news.path]);
  const found = objectOf(inventory, news);
  const isSame =
    "object" in found && olds.path !== undefined && inventory.at(olds.path).includes(found.object);
  return { ...news, path: isSame ? olds.path : realPath(inventory, news.path) };
}

/** The object of a recorded permission. */
export async function locate(live: LiveView, recorded: PermissionOutputs): Promise<RecordedPlace> {
  return findRecorded(live, recorded, recorded.kinds);
}

/** Says that nothing is known of a permission, because vCenter hides its object. */
export function hiddenPermission({ path, principal }: PermissionOutputs): string {
  return (
    `${path}: vCenter has it, but this account cannot see it, so the permission of ${principal} can ` +
    `neither be looked for nor removed: ${hiddenRemedy}`
  );
}
