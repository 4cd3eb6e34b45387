import { pathBelowFolder } from "../../configuration/inventoryPaths";
import { objectKey, type Inventory, type ManagedObject } from "../../vcenter";
import { findObject, isHiddenObject, missingObject } from "../findObject";
import type { LiveView } from "../liveView";
import {
  pairsOf,
  type RecordedPair,
  type TagAttachmentsInputs,
  type TagAttachmentsOutputs,
} from "./model";
import type { TagsByObject } from "./plan";

/** The kinds of object that a region or zone tag belongs on (deckhouse/deckhouse, the provider's ENVIRONMENT.md). */
const taggableTypes: ReadonlySet<string> = new Set([
  "Datacenter",
  "ClusterComputeResource",
  "Datastore",
]);

/** Pairs by what vCenter knows them by, and the objects that take part. */
export interface ResolvedPairs {
  readonly tagsByObject: TagsByObject;
  readonly objects: ReadonlyMap<string, ManagedObject>;
}

/** The pairs of the configuration, and one sentence for each object that cannot be tagged. */
export interface ResolvedConfiguration extends ResolvedPairs {
  readonly faults: readonly string[];
}

/** A recorded object that vCenter has and this account cannot see, with what was recorded of it. */
export interface HiddenObject {
  readonly path: string;
  readonly pairs: readonly RecordedPair[];
}

/** The pairs of the state, and one sentence for each object that has another path by now. */
export interface ResolvedRecord extends ResolvedPairs {
  readonly renamings: readonly string[];
  readonly hidden: readonly HiddenObject[];
}

/** Finds the objects of the configuration by their paths. Reads nothing but the inventory that is given. */
export function resolveConfiguration(
  inventory: Inventory,
  inputs: TagAttachmentsInputs,
): ResolvedConfiguration {
  const pairs = new PairCollector();
  const faults = new Map<string, string>();
  for (const { tag, path } of pairsOf(inputs.attachments)) {
    const object = inventory.find(path);
    const fault = faultOf(inventory, path, object);
    if (object !== undefined && fault === undefined) {
      pairs.add(object, inputs.tags[tag]);
    } else if (fault !== undefined) {
      faults.set(path, fault);
    }
  }
  return { ...pairs.resolved(), faults: [...faults.values()] };
}

/**
 * Finds the objects that the state recorded: by their references in the same vCenter, because an object may have been
 * renamed since, and otherwise by their paths. What vCenter has in neither way has nothing left to detach; what it only
 * hides from this account is told apart.
 */
export async function resolveRecorded(
  live: LiveView,
  inventory: Inventory,
  instanceUuid: string,
  recorded: TagAttachmentsOutputs,
): Promise<ResolvedRecord> {
  const pairs = new PairCollector();
  const renamings = new Map<string, string>();
  const missing = new Map<string, RecordedPair[]>();
  for (const { tag, path, reference } of pairsOf(recorded.attachments, recorded.references)) {
    const object = findObject(inventory, instanceUuid, {
      path,
      reference,
      vCenter: recorded.vCenter,
    });
    if (object === undefined) {
      missing.set(path, [...(missing.get(path) ?? []), { tag, path, reference }]);
      continue;
    }
    pairs.add(object, recorded.tags[tag]);
    if (object.path !== path && inventory.find(path) !== object) {
      renamings.set(path, renaming(inventory, path, object));
    }
  }
  const hidden = await Promise.all(
    [...missing].map(async ([path, lost]): Promise<HiddenObject[]> => {
      const object = { reference: lost[0]?.reference, vCenter: recorded.vCenter };
      return (await isHiddenObject(live, object)) ? [{ path, pairs: lost }] : [];
    }),
  );
  return { ...pairs.resolved(), renamings: [...renamings.values()], hidden: hidden.flat() };
}

/** Says that a recorded object has another path by now, and what the configuration has to say. */
function renaming(inventory: Inventory, path: string, object: ManagedObject): string {
  const folder = inventory.datacenterFolderOf(object);
  const datacenter = folder?.slice(0, folder.lastIndexOf("/"));
  const isFolderAlone =
    datacenter !== undefined &&
    pathBelowFolder(datacenter, path) === pathBelowFolder(datacenter, object.path);
  return isFolderAlone
    ? `${path} is ${object.path} in vCenter now, because the datacenter's own folder was renamed: write that where the ` +
        "configuration has the full path"
    : `${path} is ${object.path} in vCenter now: write that into the configuration`;
}

/** A path that can be tagged has no fault. */
function faultOf(
  inventory: Inventory,
  path: string,
  object: ManagedObject | undefined,
): string | undefined {
  if (object === undefined) {
    return missingObject(inventory, path);
  }
  if (!taggableTypes.has(object.type)) {
    return `${path}: it is a ${object.type}: name a Datacenter, a ClusterComputeResource or a Datastore`;
  }
  return undefined;
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
