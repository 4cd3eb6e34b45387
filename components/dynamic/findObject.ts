import { inventoryPath } from "../../configuration/inventoryPaths";
import type { Foldable } from "../../findings/folding";
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
import type { LiveView } from "./liveView";

/** Where the state says an object is. */
export interface RecordedObject {
  readonly path: string;
  /** `Type:id`; empty or undefined when it is not known. */
  readonly reference?: string | undefined;
  /** Instance UUID of the vCenter in which the reference means something. */
  readonly vCenter?: string | undefined;
}

/** The one object that a path means, or why there is none. */
export type FoundObject = { readonly object: ManagedObject } | { readonly fault: Foldable };

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
  const inventory = await live.inventory();
  const reference = referenceIn(await live.instanceUuid(), recorded);
  if (reference === undefined) return onlyObjectAt(inventory, path, kinds) ?? "missing";
  const object = inventory.get(reference);
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
  const [type, id] = (vCenter === instanceUuid ? reference : undefined)?.split(":") ?? [];
  return type !== undefined && type !== "" && id !== undefined ? { type, id } : undefined;
}

/** A path with the real name of the datacenter's folder in it; as it is written when it has that, in any spelling. */
export function realPath(inventory: Inventory, path: string): string {
  const real = inventory.realPath(path);
  return real === inventoryPath(path) ? path : real;
}

/**
 * Finds the object that a path of the configuration means. Two objects can have one path, such as a standard network
 * and a port group of one name: then nobody can tell which is meant, unless they differ in kind and one kind is wanted.
 *
 * @param kinds what the object can be; any kind when absent
 * @param choose what to do when several are there: `write its kind beside the path`
 */
export function lookUp(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[] | undefined,
  choose = "name an object that has its path to itself",
): FoundObject {
  const [object, ...others] = objectsOf(inventory, path, kinds);
  if (object !== undefined && others.length === 0) return { object };
  if (object !== undefined) {
    const found = [object, ...others].map(({ type }) => kindOf(type));
    const what =
      `${found.length === 2 ? "two" : found.length} objects have this path, ${found.join(" and ")}, and ` +
      `nobody can tell which is meant: ${choose}`;
    return faultAt(inventory, path, what);
  }
  if (inventory.at(path).length > 0 && kinds !== undefined) {
    return faultAt(inventory, path, wrongKind(inventory, path, kinds));
  }
  // Among thousands, the nearest paths are looked for only where they are shown.
  const text = (): string => missingObject(inventory, path, kinds);
  return { fault: { kind: "missing object", about: path, text } };
}

function faultAt(inventory: Inventory, path: string, what: string): FoundObject {
  const about = inventory.realPath(path);
  return { fault: { kind: what, about, text: () => `${about}: ${what}` } };
}

/** What is at a path in place of an object of the kinds that are wanted, and what to do. */
function wrongKind(inventory: Inventory, path: string, kinds: readonly ObjectKind[]): string {
  const isThere = (kind: ObjectKind): boolean => objectsOf(inventory, path, [kind]).length > 0;
  if (isThere("standalone host") && kinds.includes("cluster")) {
    return (
      "it is a standalone host, which is in no cluster, and Deckhouse takes clusters alone for zones: make a cluster in " +
      "the vSphere Client and add the host to it, or name a cluster that there is"
    );
  }
  if (isThere("datastore cluster") && kinds.includes("datastore")) {
    return `it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431): name its datastores`;
  }
  return `it is ${whatIsAt(inventory, path)}: name ${anyOf(kinds)}`;
}

/** What is at a path, in the words of the vSphere Client: `a folder`, `a folder and a datacenter`. */
export function whatIsAt(inventory: Inventory, path: string): string | undefined {
  const kinds = inventory.at(path).map(({ type }) => kindOf(type));
  return kinds.length === 0 ? undefined : [...new Set(kinds)].join(" and ");
}

/** Says that a path leads nowhere, and where the author may have wanted to go. */
export function missingObject(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[] = [],
): string {
  const nearest = inventory.nearest(path, typesOf(kinds));
  const remedy =
    nearest.length > 0
      ? `correct the path; the nearest that exist are ${nearest.join(", ")}`
      : "correct the path, or let this account see the object (System.View)";
  return `${inventory.realPath(path)}: no such object in vCenter's inventory, or this account cannot see it: ${remedy}`;
}

function objectsOf(
  inventory: Inventory,
  path: string,
  kinds: readonly ObjectKind[] | undefined,
): readonly ManagedObject[] {
  return inventory.at(path, kinds && typesOf(kinds));
}
