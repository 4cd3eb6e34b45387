import type { RoleGrant } from "../configuration";
import type { Inventory, ManagedObject } from "../vcenter";
import type { Wanted } from "./check";
import { objectsAt } from "./objectsAt";

/** An object that the stack grants one of its roles on. */
export interface GrantedObject {
  /** Where the configuration asks for it. */
  readonly at: string;
  readonly grant: RoleGrant;
  readonly object: ManagedObject;
}

/** The objects of the role's grants, as far as they exist: what is missing is told by the check of objects. */
export function grantedObjects(
  { configuration, names }: Wanted,
  inventory: Inventory,
): GrantedObject[] {
  // The last place of a path is that of the role, where the role names it beside a region.
  const places = new Map(names.map(({ at, path }) => [path, at]));
  return (configuration.role?.grants ?? []).flatMap((grant) => {
    const object = objectOf(grant, inventory);
    return object === undefined
      ? []
      : [{ at: places.get(grant.path) ?? "role.grant", grant, object }];
  });
}

function objectOf({ path, kinds }: RoleGrant, inventory: Inventory): ManagedObject | undefined {
  return path === "/" ? inventory.root : objectsAt(inventory, path, kinds)[0];
}
