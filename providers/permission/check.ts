import { unknownValue } from "../dynamicProvider";
import { missingObject } from "../findObject";
import type { LiveView } from "../liveView";
import type { PermissionInputs } from "./model";
import { findRule } from "./rule";
import { comparableName } from "../../vcenter/names";

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
  const object = inventory.find(inputs.path);
  if (object === undefined) {
    return [missingObject(inventory, inputs.path)];
  }
  if (inventory.isDatacenterFolder(object)) {
    return [
      `${object.path}: vCenter takes no permission on a datacenter's own folder: name the datacenter, or an object or ` +
        "folder below this one",
    ];
  }
  const reasons: string[] = [];
  if (inputs.role === unknownValue) {
    const taken = (await live.roles()).find(
      ({ name }) => comparableName(name) === comparableName(inputs.roleName),
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
