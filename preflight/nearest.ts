import { nearestFirst } from "../findings/text";
import type { Inventory } from "../vcenter";

/** How many paths a message suggests at most. */
const mostSuggestions = 3;

/** The paths that the author of a path which leads nowhere may have meant, the nearest first. */
export type Suggest = (path: string, types: readonly string[], below: string) => readonly string[];

/**
 * Suggests paths of one inventory, which is gone through once for each list of types: looking for nearest names among
 * thousands takes long, so it is only to be done for findings that are shown.
 *
 * @returns for a path, vCenter's types of what may be meant, and the folder that it may be in (`/X1/datastore`)
 */
export function suggestionsOf(inventory: Inventory): Suggest {
  const known = new Map<string, readonly string[]>();
  return (path, types, below) => {
    const start = below.endsWith("/") ? below : `${below}/`;
    const key = `${types.join()} ${start}`;
    const candidates =
      known.get(key) ??
      types
        .flatMap((type) => inventory.all(type))
        .map((object) => object.path)
        .filter((candidate) => candidate.startsWith(start));
    known.set(key, candidates);
    return nearestFirst(inventory.realPath(path), candidates, mostSuggestions);
  };
}

/** What to do about a path that leads nowhere. */
export function correction(nearest: readonly string[]): string {
  return nearest.length > 0
    ? `correct the path; the nearest that exist are ${nearest.join(", ")}`
    : "correct the path, or let this account see the object (System.View)";
}
