import { inventoryPath } from "../configuration/inventoryPaths";
import type { Inventory, ManagedObject, ManagedObjectReference } from "../vcenter";
import type { LiveView } from "./liveView";

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
  const known = referenceIn(instanceUuid, { reference, vCenter });
  return (known && inventory.get(known)) ?? inventory.find(path);
}

/**
 * Whether vCenter still has a recorded object that the inventory does not show. Then the account lacks the right to see
 * it, and nothing that was recorded of it may be taken for gone. Without a reference that means something in this vCenter
 * there is no way to know, and the answer is false.
 */
export async function isHiddenObject(
  live: LiveView,
  recorded: Omit<RecordedObject, "path">,
): Promise<boolean> {
  const reference = referenceIn(await live.instanceUuid(), recorded);
  return reference !== undefined && (await live.isHidden(reference));
}

/** What to do about an object that vCenter hides. */
export const hiddenRemedy =
  "let this account see it (System.View and System.Read on the object and above it), or use another account";

function referenceIn(
  instanceUuid: string,
  { reference, vCenter }: Omit<RecordedObject, "path">,
): ManagedObjectReference | undefined {
  const [type, id] = (vCenter === instanceUuid ? reference : undefined)?.split(":") ?? [];
  return type !== undefined && id !== undefined ? { type, id } : undefined;
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
