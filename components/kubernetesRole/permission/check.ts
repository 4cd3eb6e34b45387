import { findingTexts, type Finding } from "../../../findings/finding";
import { comparableName } from "../../../findings/text";
import { adoption } from "../../../preflight/adoption";
import {
  datacenterFolderObjection,
  otherReach,
  otherRole,
  type Objection,
  type WantedPermission,
} from "../../../preflight/permissionInTheWay";
import type { ManagedObject } from "../../../vcenter";
import { unknownValue } from "../../dynamic/dynamicProvider";
import { objectFinding } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import type { PermissionInputs } from "../kubernetesRole";
import { findRule, objectOf, roleNameOf } from "./rule";

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
    return [at(object.path, datacenterFolderObjection)];
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
  return findings.length === 0 ? undefined : findingTexts(findings, "permission").join("\n");
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
      `say in the configuration that it exists (role.existing: true), take it into the stack (${adoption} --take), or choose another ` +
        "name (role.name); whoever has a permission with that role relies on its privileges",
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
  const { path, principal, propagate, role, roleName } = inputs;
  const isOther = String(rule.roleId) !== role;
  if (!isOther && rule.propagate === propagate) return [];
  const roles = await live.roles();
  const privilegesOf = (id: string): readonly string[] | undefined =>
    roles.find((one) => String(one.id) === id)?.privileges;
  const privileges = privilegesOf(role) ?? planned.privilegesOf(roleName);
  const wanted: WantedPermission = { principal, propagate, roleName, privileges };
  if (!isOther) return [at(path, otherReach(wanted, rule))];
  const named = { ...rule, roleName: await roleNameOf(live, rule) };
  return [at(path, otherRole(wanted, named, privilegesOf(String(rule.roleId))))];
}

function at(path: string, { wrong, remedy }: Objection): Finding {
  return objectFinding(path, wrong, remedy);
}
