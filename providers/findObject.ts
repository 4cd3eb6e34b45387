import { inventoryPath } from "../configuration/inventoryPaths";
import type { Inventory, ManagedObject } from "../vcenter";

/** Where the state says an object is. */
export interface RecordedObject {
  readonly path: string;
  /** `Type:id`; empty or undefined when it is not known. */
  readonly reference?: string | undefined;
  /** Instance UUID of the vCenter in which the reference means something. */
  readonly vCenter?: string | undefined;
}

/** Finds an object by its reference in the same vCenter, because it may have been renamed, and otherwise by its path. */
export function findObject(
  inventory: Inventory,
  instanceUuid: string,
  { path, reference, vCenter }: RecordedObject,
): ManagedObject | undefined {
  const [type, id] = (vCenter === instanceUuid ? reference : undefined)?.split(":") ?? [];
  const known = type !== undefined && id !== undefined ? inventory.get({ type, id }) : undefined;
  return known ?? inventory.find(path);
}

/** A path with the real name of the datacenter's folder in it; as it is written when it has that, in any spelling. */
export function realPath(inventory: Inventory, path: string): string {
  const real = inventory.realPath(path);
  return real === inventoryPath(path) ? path : real;
}

/** Says that a path leads nowhere, and where the author may have wanted to go. */
export function missingObject(inventory: Inventory, path: string): string {
  const nearest = inventory.nearest(path);
  const remedy =
    nearest.length > 0
      ? `correct the path; the nearest that exist are ${nearest.join(", ")}`
      : "correct the path, or let this account see the object (System.View)";
  return `${inventory.realPath(path)}: no such object in vCenter's inventory, or this account cannot see it: ${remedy}`;
}
