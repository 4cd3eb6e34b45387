import type { Inventory, ManagedObject } from "../../vcenter";
import { nearestFirst } from "../../findings/nearest";

/** How many paths a message suggests at most. */
const mostSuggestions = 3;

/** The object at a path that has one of some types; several can be at one path. */
export function findOfType(
  inventory: Inventory,
  path: string,
  types: readonly string[],
): ManagedObject | undefined {
  return types.map((type) => inventory.find(path, type)).find((object) => object !== undefined);
}

/**
 * What to write in place of a path, for the end of a message: `correct the path; the nearest are ...`.
 *
 * @param below only paths that begin with this can be meant: `/X1/network/`
 */
export function nearestOfType(
  inventory: Inventory,
  path: string,
  types: readonly string[],
  below: string,
): string {
  const paths = types
    .flatMap((type) => inventory.all(type))
    .map((object) => object.path)
    .filter((candidate) => candidate.startsWith(below));
  const nearest = nearestFirst(inventory.realPath(path), paths, mostSuggestions);
  return nearest.length === 0
    ? "correct the path"
    : `correct the path; the nearest that exist are ${nearest.join(", ")}`;
}

/** Other objects of a datacenter, of some types, that have an object's name. */
export function namesakes(
  inventory: Inventory,
  object: ManagedObject,
  types: readonly string[],
  datacenter: string,
): ManagedObject[] {
  return types
    .flatMap((type) => inventory.all(type))
    .filter(
      (other) =>
        other !== object && other.name === object.name && other.path.startsWith(`${datacenter}/`),
    );
}
