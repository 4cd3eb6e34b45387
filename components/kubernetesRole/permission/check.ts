import { unknownValue } from "../../dynamic/dynamicProvider";
import { typesOf, type Inventory } from "../../../vcenter";
import { lookUp, type FoundObject } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import type { PermissionInputs } from "./model";
import { inTheWay, otherwisePropagated } from "./inTheWay";
import type { PlannedRoles } from "./plannedRoles";
import { findRule } from "./rule";
import { comparableName } from "../../../findings/text";

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
): Promise<string[]> {
  if (inputs.path === unknownValue || inputs.principal === unknownValue) {
    return [];
  }
  const inventory = await live.inventory();
  const found = objectOf(inventory, inputs);
  if ("fault" in found) {
    return [found.fault.text()];
  }
  const { object } = found;
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
          "choose another name (role.name); whoever has a permission with that role needs it as it is",
      );
    }
  }
  const rule = isNew ? await findRule(live, object, inputs) : undefined;
  if (rule !== undefined && String(rule.roleId) !== inputs.role) {
    reasons.push(inTheWay(inputs, rule, await live.roles(), planned));
  } else if (rule !== undefined && rule.propagate !== inputs.propagate) {
    reasons.push(otherwisePropagated(inputs, rule));
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
