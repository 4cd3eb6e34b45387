import type { LiveView } from "./liveView";
import { inventoryPath } from "../../configuration/inventoryPaths";
import { type Finding, wording } from "../../findings/finding";
import {
  anyOf,
  kindOf,
  objectKey,
  typesOf,
  type Inventory,
  type ManagedObject,
  type ManagedObjectReference,
  type ObjectKind,
} from "../../vcenter";

/** Where the state says an object is. */
export interface RecordedObject {
  readonly path: string;
  /** `Type:id`; empty or undefined when it is not known. */
  readonly reference?: string | undefined;
  /** Instance UUID of the vCenter in which the reference means something. */
  readonly vCenter?: string | undefined;
}

/** The one object that a path means, or why there is none. */
export type FoundObject = { readonly object: ManagedObject } | { readonly fault: Finding };

/**
 * What is wrong with an object in vCenter. Findings with the same words are of one kind, whatever the paths contain.
 *
 * @param remedy a function where it takes long: nearest names among thousands are looked for only where they are shown
 */
export function objectFinding(
  where: string,
  wrong: string,
  remedy: string | (() => string),
  severity: Finding["severity"] = "error",
): Finding {
  return {
    severity,
    where,
    wrong,
    get remedy() {
      return typeof remedy === "string" ? remedy : remedy();
    },
    kind: wording(wrong),
  };
}

/**
 * A recorded object as vCenter has it; `hidden` when vCenter has it and this account cannot see it, so that nothing that
 * was recorded of it may be taken for gone; `missing` when it cannot be found.
 */
export type RecordedPlace = ManagedObject | "hidden" | "missing";

/**
 * Finds a recorded object by its reference in the same vCenter, because it may have been renamed, and then never by its
 * path: that can be another object's by now. Without a reference that means something in this vCenter the path counts;
 * several objects of those kinds at that path are as good as none.
 *
 * An object below one that is hidden keeps its recorded path, because vCenter tells only a part of it.
 *
 * @param kinds what the object can be; any kind when absent
 */
export async function findRecorded(
  live: LiveView,
  recorded: RecordedObject,
  kinds?: readonly ObjectKind[],
): Promise<RecordedPlace> {
  const { path } = recorded;
  const reference = referenceIn(await live.instanceUuid(), recorded);
  if (reference === undefined) {
    return onlyObjectAt(await live.inventoryFor([path]), path, kinds) ?? "missing";
  }
  const object = await live.placeOf(reference);
  if (object !== undefined) return object.path.startsWith("?/") ? { ...object, path } : object;
  return (await live.isHidden(reference)) ? "hidden" : "missing";
}

/** The object at a path, unless several of those kinds are there. */
export function onlyObjectAt(
  inventory: Inventory,
  path: string,
  kinds?: readonly ObjectKind[],
): ManagedObject | undefined {
  const [only, ...others] = objectsOf(inventory, path, kinds);
  return others.length === 0 ? only : undefined;
}

/** Whether an object is certainly another one than the recorded one: both are of this vCenter, and differ. */
export async function isAnotherObject(
  live: LiveView,
  recorded: Omit<RecordedObject, "path">,
  object: ManagedObject,
): Promise<boolean> {
  const reference = referenceIn(await live.instanceUuid(), recorded);
  return reference !== undefined && objectKey(reference) !== objectKey(object);
}

/** What to do about an object that vCenter hides. */
export const hiddenRemedy =
  "let this account see it (System.View and System.Read on the object and above it), or use another account";

function referenceIn(
  instanceUuid: string,
  { reference, vCenter }: Omit<RecordedObject, "path">,
): ManagedObjectReference | undefined {
  const [type = "", id] = (vCenter === instanceUuid ? reference : undefined)?.split(":") ?? [];
  return id === undefined ? undefined : { type, id };
}

/** A path with the real name of the datacenter's folder in it; as it is written when it has that, in any spelling. */
export function realPath(inventory: Inventory, path: string): string {
  const real = inventory.realPath(path);
  return real === inventoryPath(path) ? path : real;
}

/**
 * Finds the object that a path of the configuration means. Two objects can share a path, such as a standard network and
 * a port group of the same name: then nobody can tell which is meant, unless only one of them is of a wanted kind.
 *
 * @param kinds what the object can be; any kind when absent
 * @param choose what to do when several are there: `write its kind beside the path`
 */
export function lookUp(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[] | undefined,
  choose = "name an object that does not share its path",
): FoundObject {
  const [object, ...others] = objectsOf(inventory, path, kinds);
  if (object !== undefined && others.length === 0) return { object };
  const where = inventory.realPath(path);
  if (object !== undefined) {
    const found = [object, ...others].map(({ type }) => kindOf(type));
    const wrong =
      `${found.length === 2 ? "two" : found.length} objects have this path, ${found.join(" and ")}, and ` +
      "nobody can tell which is meant";
    return { fault: objectFinding(where, wrong, choose) };
  }
  if (inventory.at(path).length > 0 && kinds !== undefined) {
    return { fault: wrongKind(inventory, path, kinds) };
  }
  return {
    fault: objectFinding(
      where,
      "no such object in vCenter's inventory, or this account cannot see it",
      () => nearestPaths(inventory, path, kinds),
    ),
  };
}

/** What is at a path in place of an object of the wanted kinds, and what to do. */
function wrongKind(inventory: Inventory, path: string, kinds: readonly ObjectKind[]): Finding {
  const where = inventory.realPath(path);
  const isThere = (kind: ObjectKind): boolean => objectsOf(inventory, path, [kind]).length > 0;
  if (isThere("standalone host") && kinds.includes("cluster")) {
    return objectFinding(
      where,
      "it is a standalone host, which is in no cluster, and Deckhouse takes only clusters as zones",
      "create a cluster in the vSphere Client and add the host to it, or name an existing cluster",
    );
  }
  if (isThere("datastore cluster") && kinds.includes("datastore")) {
    return objectFinding(where, datastoreClusterUnsupported, "name its datastores");
  }
  return objectFinding(where, `it is ${whatIsAt(inventory, path)}`, `name ${anyOf(kinds)}`);
}

/** Source: deckhouse/deckhouse#7431. */
export const datastoreClusterUnsupported =
  "it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431)";

/** What is at a path, in the words of the vSphere Client: `a folder`, `a folder and a datacenter`. */
export function whatIsAt(inventory: Inventory, path: string): string | undefined {
  const kinds = inventory.at(path).map(({ type }) => kindOf(type));
  return kinds.length === 0 ? undefined : [...new Set(kinds)].join(" and ");
}

/** What to do about a path that leads nowhere: where its author may have wanted to go. */
function nearestPaths(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[] = [],
): string {
  const nearest = inventory.nearest(path, typesOf(kinds));
  return nearest.length > 0
    ? `correct the path; the nearest that exist are ${nearest.join(", ")}`
    : "correct the path, or let this account see the object (System.View)";
}

function objectsOf(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[] | undefined,
): readonly ManagedObject[] {
  return inventory.at(path, kinds && typesOf(kinds));
}
