import { typesOf } from "../vcenter/offline";
import type { Inventory, ManagedObject, ObjectKind } from "../vcenter";

/**
 * What a path means where several objects have it: those of the first kind of which there is one. A segment of NSX that a
 * distributed switch carries is a port group and an NSX network of one path.
 *
 * @param kinds what the object can be, the likeliest first; any kind when absent or empty
 */
export function objectsAt(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[] = [],
): readonly ManagedObject[] {
  if (kinds.length === 0) return inventory.at(path);
  const byKind = kinds.map((kind) => inventory.at(path, typesOf([kind])));
  return byKind.find((objects) => objects.length > 0) ?? [];
}
