import { objectKey, type Inventory, type ManagedObject, type ObjectKind } from "../../vcenter";
import { findObject, lookUp } from "../findObject";
import { pairsOf, type TagAttachmentsInputs, type TagAttachmentsOutputs } from "./model";
import type { TagsByObject } from "./plan";

/** The kinds of object that a region or zone tag belongs on (deckhouse/deckhouse, the provider's ENVIRONMENT.md). */
const taggableKinds: readonly ObjectKind[] = ["datacenter", "cluster", "datastore"];

/** Pairs by what vCenter knows them by, and the objects that take part. */
export interface ResolvedPairs {
  readonly tagsByObject: TagsByObject;
  readonly objects: ReadonlyMap<string, ManagedObject>;
}

/** The pairs of the configuration, and one sentence for each object that cannot be tagged. */
export interface ResolvedConfiguration extends ResolvedPairs {
  readonly faults: readonly string[];
}

/** The pairs of the state, and one sentence for each object that has another path by now. */
export interface ResolvedRecord extends ResolvedPairs {
  readonly renamings: readonly string[];
}

/** Finds the objects of the configuration by their paths. Reads nothing but the inventory that is given. */
export function resolveConfiguration(
  inventory: Inventory,
  inputs: TagAttachmentsInputs,
): ResolvedConfiguration {
  const pairs = new PairCollector();
  const faults = new Map<string, string>();
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
 * renamed since, and otherwise by their paths. What is in neither way there has nothing left to detach.
 */
export function resolveRecorded(
  inventory: Inventory,
  instanceUuid: string,
  recorded: TagAttachmentsOutputs,
): ResolvedRecord {
  const pairs = new PairCollector();
  const renamings = new Map<string, string>();
  for (const { tag, path, reference } of pairsOf(recorded.attachments, recorded.references)) {
    const object = findObject(
      inventory,
      instanceUuid,
      { path, reference, vCenter: recorded.vCenter },
      taggableKinds,
    );
    if (object === undefined) {
      continue;
    }
    pairs.add(object, recorded.tags[tag]);
    if (object.path !== path) {
      renamings.set(
        path,
        // No advice: the configuration may name the new path already, and is not known here. Its check has the advice.
        `${path} was renamed or moved: it is ${object.path} in vCenter now`,
      );
    }
  }
  return { ...pairs.resolved(), renamings: [...renamings.values()] };
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
