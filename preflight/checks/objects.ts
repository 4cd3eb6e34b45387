import type { NamedObject } from "../../configuration/namedObjects";
import type { Finding } from "../../findings/finding";
import { anyOf, kindOf, listedKinds, typesOf } from "../../vcenter/offline";
import type { Inventory, ManagedObject, ObjectKind } from "../../vcenter";
import { hasTemplate, withoutCauses } from "../causes";
import type { Check } from "../check";
import { correction, suggestionsOf, type Suggest } from "../nearest";
import { objectsAt } from "../objectsAt";

/**
 * Every object that the configuration names exists, is of its kind, and is there once: of several kinds at one path the
 * first counts. What is in a datacenter that does not exist is not told one by one: the datacenter is the cause. Where a
 * template is made has to be there only as long as the template is not.
 */
export const objects: Check = {
  name: "objects",
  run({ names: all }, facts) {
    const { inventory } = facts;
    // Machines and resource pools are in no list of the inventory, and have checks of their own.
    const listed = new Set<ObjectKind>(listedKinds);
    const names = all.filter(
      ({ kinds, isMade, templateOf }) =>
        !isMade &&
        kinds.every((kind) => listed.has(kind)) &&
        (templateOf === undefined || !hasTemplate(facts, templateOf)),
    );
    const byPath = new Map<string, [NamedObject, ...NamedObject[]]>();
    for (const name of names) {
      const key = `${name.kinds[0] ?? ""} ${inventory.realPath(name.path)}`;
      const places = byPath.get(key);
      if (places === undefined) byPath.set(key, [name]);
      else places.push(name);
    }
    const distinct = [...byPath.values()].map((places) => ({ ...places[0], places }));
    const { sought, skipped } = withoutCauses(inventory, distinct);
    const suggest = suggestionsOf(inventory);
    return {
      findings: sought.flatMap(({ places }) => faultOf(inventory, suggest, places)),
      facts: sought.length,
      skipped,
    };
  },
};

function faultOf(
  inventory: Inventory,
  suggest: Suggest,
  [first, ...others]: readonly [NamedObject, ...NamedObject[]],
): Finding[] {
  const { at, path, kinds, consequence, templateOf } = first;
  // Of networks that share a path, Packer takes none, and cannot be told which.
  const found =
    templateOf === undefined
      ? objectsAt(inventory, path, kinds)
      : inventory.at(path, typesOf(kinds));
  if (found.length === 1) return [];
  const places = [...new Set(others.map((one) => one.at))].filter((one) => one !== at);
  const also = places.length === 0 ? "" : ` (also ${places.join(", ")})`;
  const common = {
    severity: "error" as const,
    where: at,
    found: JSON.stringify(inventory.realPath(path)),
  };
  if (found.length > 1) {
    return [
      {
        ...common,
        wrong: `${found.length} objects have this path, ${found.map(kindOfObject).join(" and ")}${also}`,
        consequence: "and nobody can tell which is meant",
        remedy: at.startsWith("role.")
          ? "write its kind beside the path (kind), or name another object"
          : "name an object that does not share its path",
      },
    ];
  }
  return [
    {
      ...common,
      wrong: `${whatIsThere(inventory, first)}${also}`,
      consequence: `and ${consequence}`,
      get remedy() {
        return remedyFor(inventory, suggest, first);
      },
    },
  ];
}

/** Sources: deckhouse/deckhouse#7431 for datastore clusters. */
function whatIsThere(inventory: Inventory, { path, kinds }: NamedObject): string {
  const others = inventory.at(path);
  if (others.length === 0) return "no such object in vCenter, or this account cannot see it";
  if (isPod(inventory, path) && kinds.includes("datastore")) {
    return "it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431)";
  }
  if (isStandalone(inventory, path) && kinds.includes("cluster")) {
    return "it is a standalone host, which is in no cluster, and Deckhouse takes only clusters as zones";
  }
  return `it is ${others.map(kindOfObject).join(" and ")}, not ${anyOf(kinds)}`;
}

function isPod(inventory: Inventory, path: string): boolean {
  return inventory.at(path, typesOf(["datastore cluster"])).length > 0;
}

function isStandalone(inventory: Inventory, path: string): boolean {
  return inventory.at(path, typesOf(["standalone host"])).length > 0;
}

function kindOfObject({ type }: ManagedObject): string {
  return kindOf(type);
}

/** What to do, with the nearest existing objects of that kind, in that datacenter where it is known. */
function remedyFor(
  inventory: Inventory,
  suggest: Suggest,
  { path, kinds, datacenter, remedy }: NamedObject,
): string {
  if (isStandalone(inventory, path) && kinds.includes("cluster")) {
    return "create a cluster in the vSphere Client and add the host to it, or name an existing cluster";
  }
  const real = inventory.realPath(path);
  const pod = kinds.includes("datastore") && isPod(inventory, path);
  const below = pod ? real : folderFor(inventory, real, kinds, datacenter);
  const nearest = suggest(path, typesOf(kinds), below);
  if (pod && nearest.length > 0) return `name its datastores, such as ${nearest.join(", ")}`;
  return `${remedy === undefined ? "" : `${remedy}, or `}${correction(nearest)}`;
}

/** The folder of the datacenter in which such objects are: among all folders, those for networks were never meant. */
function folderFor(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[],
  datacenter: string | undefined,
): string {
  if (kinds.includes("datacenter") || datacenter === undefined) return "/";
  return (
    inventory.datacenterFolderOf({ type: "", id: "", name: "", path }) ??
    inventory.realPath(datacenter)
  );
}
