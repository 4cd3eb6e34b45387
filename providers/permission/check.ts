import { unknownValue } from "../dynamicProvider";
import { typesOf, type Inventory } from "../../vcenter";
import { lookUp, type FoundObject } from "../findObject";
import type { LiveView } from "../liveView";
import type { PermissionInputs } from "./model";
import { findRule } from "./rule";

/**
 * Everything about a permission that would fail or harm others later, found at preview.
 *
 * @param isNew whether the state does not hold this permission yet: then a rule of the same principal on the object is
 *   somebody else's, and setting ours would silently replace it, because vCenter keeps one for each principal
 */
export async function checkPermission(
  live: LiveView,
  inputs: PermissionInputs,
  isNew: boolean,
): Promise<string[]> {
  if (inputs.path === unknownValue || inputs.principal === unknownValue) {
    return [];
  }
  const inventory = await live.inventory();
  const found = objectOf(inventory, inputs);
  if ("fault" in found) {
    return [found.fault];
  }
  const { object } = found;
  const reasons: string[] = [];
  if (inputs.role === unknownValue) {
    const taken = (await live.roles()).find(
      ({ name }) => name.toLowerCase() === inputs.roleName.toLowerCase(),
    );
    if (taken !== undefined) {
      reasons.push(
        `role ${taken.name}: it exists in vCenter already, and this stack did not make it: ` +
          "choose another name (role.name), or remove the role if nobody uses it",
      );
    }
  }
  const rule = isNew ? await findRule(live, object, inputs) : undefined;
  if (rule !== undefined && String(rule.roleId) !== inputs.role) {
    reasons.push(
      `${inputs.path}: ${inputs.principal} has the role ${rule.roleName} there already, and vCenter keeps one role for ` +
        "each principal on an object, so granting would take it away: use another principal, grant on another object, or " +
        `remove the existing permission (govc permissions.remove -principal '${rule.principal}'${rule.group ? " -group" : ""} ${inputs.path})`,
    );
  }
  return reasons;
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
