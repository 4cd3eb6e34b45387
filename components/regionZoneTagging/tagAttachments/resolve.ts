import { findRecorded, lookUp, onlyObjectAt } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import {
  isAmong,
  pairsOf,
  type RecordedPair,
  type TagAttachmentsInputs,
  type TagAttachmentsOutputs,
} from "./model";
import type { TagsByObject } from "./plan";
import { pathBelowFolder } from "../../../configuration/inventoryPaths";
import type { Finding } from "../../../findings/finding";
import { objectKey, type Inventory, type ManagedObject, type ObjectKind } from "../../../vcenter";

/** The kinds of object that a region or zone tag belongs on (deckhouse/deckhouse, the provider's ENVIRONMENT.md). */
export const taggableKinds: readonly ObjectKind[] = ["datacenter", "cluster", "datastore"];

/** Pairs by what vCenter knows them by, and the objects that take part. */
export interface ResolvedPairs {
  readonly tagsByObject: TagsByObject;
  readonly objects: ReadonlyMap<string, ManagedObject>;
}

/** The pairs of the configuration, and the objects that cannot be tagged. */
export interface ResolvedConfiguration extends ResolvedPairs {
  readonly faults: readonly Finding[];
}

/** A recorded object that vCenter has and this account cannot see, with what was recorded of it. */
export interface HiddenObject {
  readonly path: string;
  readonly pairs: readonly RecordedPair[];
}

/** The pairs of the state, and one sentence for each object that has another path by now. */
export interface ResolvedRecord {
  /** The pairs that the stack made. */
  readonly made: TagsByObject;
  /** The pairs that were there before it. */
  readonly found: TagsByObject;
  readonly objects: ReadonlyMap<string, ManagedObject>;
  readonly renamings: readonly string[];
  readonly hidden: readonly HiddenObject[];
}

/** The inventory in which everything can be found that inputs and state name by a path. */
export function inventoryOf(
  live: LiveView,
  { attachments, announced = {} }: Pick<TagAttachmentsInputs, "attachments" | "announced">,
  recorded?: TagAttachmentsOutputs,
): Promise<Inventory> {
  const pairs = [...pairsOf(attachments), ...pairsOf(recorded?.attachments ?? {})];
  const paths = [...pairs.map(({ path }) => path), ...Object.values(announced).flat()];
  return live.inventoryFor([...new Set(paths)]);
}

/** Finds the objects of the configuration by their paths. Reads nothing but the inventory that is given. */
export function resolveConfiguration(
  inventory: Inventory,
  inputs: TagAttachmentsInputs,
): ResolvedConfiguration {
  const pairs = new PairCollector();
  const faults = new Map<string, Finding>();
  for (const { tag, path } of pairsOf(inputs.attachments)) {
    const found = lookUp(inventory, path, taggableKinds);
    if ("object" in found) {
      pairs.add(found.object, inputs.tags[tag]);
    } else {
      faults.set(path, found.fault);
    }
  }
  return { ...pairs.resolved(), faults: [...faults.values()] };
}

/**
 * Finds the objects that the state recorded: by their references in the same vCenter, because an object may have been
 * renamed since, and otherwise by their paths. From what vCenter no longer has, nothing is left to detach; what it only
 * hides from this account is listed apart.
 */
export async function resolveRecorded(
  live: LiveView,
  inventory: Inventory,
  recorded: TagAttachmentsOutputs,
): Promise<ResolvedRecord> {
  const { vCenter } = recorded;
  const isFound = isAmong(recorded.found);
  const [made, found] = [new PairCollector(), new PairCollector()];
  const renamings = new Map<string, string>();
  const hidden = new Map<string, RecordedPair[]>();
  const places = await Promise.all(
    pairsOf(recorded.attachments, recorded.references).map(async (pair) => {
      const place = await findRecorded(live, { ...pair, vCenter }, taggableKinds);
      return { pair, place };
    }),
  );
  for (const { pair, place } of places) {
    const { tag, path } = pair;
    if (place === "hidden") {
      // Nothing is asked of what was there before.
      if (!isFound(pair)) hidden.set(path, [...(hidden.get(path) ?? []), pair]);
    } else if (place === "missing") {
      if (onlyObjectAt(inventory, path, taggableKinds) !== undefined) {
        renamings.set(path, `${path}: another object has this path in vCenter now`);
      }
    } else {
      (isFound(pair) ? found : made).add(place, recorded.tags[tag]);
      if (place.path !== path && !isAt(inventory, path, place)) {
        renamings.set(path, renaming(inventory, path, place));
      }
    }
  }
  return {
    made: made.resolved().tagsByObject,
    found: found.resolved().tagsByObject,
    objects: new Map([...made.resolved().objects, ...found.resolved().objects]),
    renamings: [...renamings.values()],
    hidden: [...hidden].map(([path, lost]) => ({ path, pairs: lost })),
  };
}

/** Whether an object is at a path, in whichever of this process's inventories it was found. */
function isAt(inventory: Inventory, path: string, object: ManagedObject): boolean {
  return inventory.at(path).some((other) => objectKey(other) === objectKey(object));
}

/** Says that a recorded object has another path now. The check of the configuration says what to write. */
function renaming(inventory: Inventory, path: string, object: ManagedObject): string {
  const folder = inventory.datacenterFolderOf(object);
  const datacenter = folder?.slice(0, folder.lastIndexOf("/"));
  const isFolderAlone =
    datacenter !== undefined &&
    pathBelowFolder(datacenter, path) === pathBelowFolder(datacenter, object.path);
  return isFolderAlone
    ? `${path}: one of the datacenter's folders was renamed: it is ${object.path} in vCenter now`
    : `${path} was renamed or moved: it is ${object.path} in vCenter now`;
}

/** Collects pairs under the keys by which they are compared. */
class PairCollector {
  readonly #tagsByObject = new Map<string, Set<string>>();
  readonly #objects = new Map<string, ManagedObject>();

  add(object: ManagedObject, tagId: string | undefined): void {
    if (tagId === undefined) {
      return;
    }
    const key = objectKey(object);
    this.#objects.set(key, object);
    const tags = this.#tagsByObject.get(key) ?? new Set<string>();
    tags.add(tagId);
    this.#tagsByObject.set(key, tags);
  }

  resolved(): ResolvedPairs {
    return { tagsByObject: this.#tagsByObject, objects: this.#objects };
  }
}
