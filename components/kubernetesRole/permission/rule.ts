import { samePrincipal, toDomainPrincipal } from "../../../findings/principals";
import { comparableName } from "../../../findings/text";
import { objectKey, type ManagedObject, type Permission } from "../../../vcenter";
import type { LiveView } from "../../dynamic/liveView";
import type { PermissionInputs } from "./model";

/** A permission as vCenter holds it, with the name of its role. */
export interface Rule extends Permission {
  readonly roleName: string;
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
): Promise<Rule | undefined> {
  return ruleAmong(await live.permissions(object), live, grantee);
}

/**
 * The same rule, for a caller who takes no answer for "gone": a rule that is not in the list of all is looked for on the
 * object, which vCenter refuses to an account that may not read it.
 *
 * @throws VCenterError `noPermission`
 */
export async function findRecordedRule(
  live: LiveView,
  object: ManagedObject,
  grantee: Grantee,
): Promise<Rule | undefined> {
  return (
    (await findRule(live, object, grantee)) ??
    ruleAmong(await live.permissionsOn(object), live, grantee)
  );
}

async function ruleAmong(
  permissions: readonly Permission[],
  live: LiveView,
  { principal, group }: Grantee,
): Promise<Rule | undefined> {
  const permission = permissions.find(
    (candidate) => candidate.group === group && samePrincipal(candidate.principal, principal),
  );
  if (permission === undefined) {
    return undefined;
  }
  const role = (await live.roles()).find(({ id }) => id === permission.roleId);
  return { ...permission, roleName: role?.name ?? `with id ${permission.roleId}` };
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
    return `${subject} has the role ${rule.roleName} instead of ${wanted.roleName}`;
  }
  if (rule.propagate !== wanted.propagate) {
    return `${subject} ${rule.propagate ? "propagates" : "does not propagate"} to the objects below`;
  }
  return undefined;
}
