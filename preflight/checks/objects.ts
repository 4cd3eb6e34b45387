import type { NamedObject } from "../../configuration/namedObjects";
import type { Finding } from "../../findings/finding";
import { nearestFirst } from "../../findings/text";
import { anyOf, kindOf, listedKinds, typesOf } from "../../vcenter/offline";
import type { Inventory, ManagedObject, ObjectKind } from "../../vcenter";
import type { Check } from "../check";

/** How many paths a message suggests at most. */
const mostSuggestions = 3;

/**
 * Every object that the configuration names exists, is of its kind, and is there once. What is in a datacenter that does
 * not exist is not told one by one: the datacenter is the cause.
 */
export const objects: Check = {
  name: "objects",
  run({ names: all }, { inventory }) {
    // Machines and resource pools are in no list of the inventory, and have checks of their own.
    const listed = new Set<ObjectKind>(listedKinds);
    const names = all.filter(
      ({ kinds, isMade }) => !isMade && kinds.every((kind) => listed.has(kind)),
    );
    const byPath = new Map<string, NamedObject[]>();
    for (const name of names) {
      const key = `${name.kinds.join()} ${inventory.realPath(name.path)}`;
      byPath.set(key, [...(byPath.get(key) ?? []), name]);
    }
    const missing = new Set(
      names
        .filter(({ kinds, path }) => kinds.includes("datacenter") && !exists(inventory, path))
        .map(({ path }) => path),
    );
    const distinct = [...byPath.values()];
    const hidden = distinct.filter(([one]) => isBelow(one, missing));
    const findings = distinct
      .filter(([one]) => !isBelow(one, missing))
      .flatMap((places) => faultOf(inventory, places));
    return {
      findings,
      facts: distinct.length - hidden.length,
      skipped:
        hidden.length === 0
          ? undefined
          : `${hidden.length} ${hidden.length === 1 ? "object was" : "objects were"} not looked for: ` +
            `${[...missing].join(", ")} does not exist`,
    };
  },
};

function exists(inventory: Inventory, path: string): boolean {
  return inventory.at(path, typesOf(["datacenter"])).length > 0;
}

function isBelow(one: NamedObject | undefined, missing: ReadonlySet<string>): boolean {
  return (
    one?.datacenter !== undefined && missing.has(one.datacenter) && one.path !== one.datacenter
  );
}

function faultOf(inventory: Inventory, places: readonly NamedObject[]): Finding[] {
  const [first, ...others] = places;
  if (first === undefined) return [];
  const { at, path, kinds } = first;
  const found = inventory.at(path, kinds.length > 0 ? typesOf(kinds) : undefined);
  if (found.length === 1) return [];
  const also = others.length === 0 ? "" : ` (also ${others.map((one) => one.at).join(", ")})`;
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(inventory.realPath(path)),
      ...(found.length === 0
        ? {
            wrong: `${whatIsThere(inventory, first)}${also}`,
            consequence: `and ${first.consequence}`,
            remedy: nearest(inventory, first),
          }
        : {
            wrong: `${found.length} objects have this path, ${found.map(kindOfObject).join(" and ")}${also}`,
            consequence: "and nobody can tell which is meant",
            remedy: "name an object that does not share its path",
          }),
    },
  ];
}

function whatIsThere(inventory: Inventory, { path, kinds }: NamedObject): string {
  const others = inventory.at(path);
  if (others.length === 0) return "no such object in vCenter, or this account cannot see it";
  return `it is ${others.map(kindOfObject).join(" and ")}, not ${anyOf(kinds)}`;
}

function kindOfObject({ type }: ManagedObject): string {
  return kindOf(type);
}

/** The nearest existing objects of that kind, in that datacenter where it is known. */
function nearest(inventory: Inventory, { path, kinds, datacenter }: NamedObject): string {
  const below = kinds.includes("datacenter") || datacenter === undefined ? "/" : `${datacenter}/`;
  const candidates = typesOf(kinds)
    .flatMap((type) => inventory.all(type))
    .map((object) => object.path)
    .filter((candidate) => candidate.startsWith(below));
  const paths = nearestFirst(inventory.realPath(path), candidates, mostSuggestions);
  return paths.length > 0
    ? `correct the path; the nearest that exist are ${paths.join(", ")}`
    : "correct the path, or let this account see the object (System.View)";
}
