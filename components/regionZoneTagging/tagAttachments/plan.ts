/**
 * Which tags to attach and detach. Pure: what is wanted, what the state recorded, what vCenter has and what was announced
 * go in, the lists come out. Objects are known by their references and tags by their ids, the only names that vCenter
 * compares.
 */

/** Tag ids by object reference. */
export type TagsByObject = ReadonlyMap<string, ReadonlySet<string>>;

/** A tag id and the references of the objects to attach it to, or to detach it from. */
export interface TagChange {
  readonly tag: string;
  readonly objects: readonly string[];
}

export interface AttachmentPlan {
  /** To be done first: in a category with cardinality SINGLE the old tag must go before the new one can come. */
  readonly detach: readonly TagChange[];
  readonly attach: readonly TagChange[];
  /** What does not belong on objects of the configuration, and may not go before somebody was told that it will. */
  readonly unannounced: readonly TagChange[];
}

export interface PlanInputs {
  /** What the configuration asks for. */
  readonly desired: TagsByObject;
  /** The pairs that this resource made earlier, from the state. */
  readonly recorded: TagsByObject;
  /** What vCenter has on these objects, tags of others included. */
  readonly actual: TagsByObject;
  /** The ids of the tags that are this stack's: those that it attaches, and those that the state knows. */
  readonly managed: ReadonlySet<string>;
  /** The pairs of which a preview said, by object and tag, that they will be detached. */
  readonly announced: TagsByObject;
}

/**
 * Plans the smallest change that makes the wanted pairs true.
 *
 * Detached are pairs that the state recorded and the configuration no longer asks for. A managed tag that does not
 * belong on an object of the configuration (somebody attached the wrong one by hand, or the state was lost) is detached
 * only once it was announced. Everything else stays: tags of others on any object, and managed tags on objects that the
 * configuration does not name.
 */
export function planAttachments(inputs: PlanInputs): AttachmentPlan {
  const { desired, recorded, actual, managed, announced } = inputs;
  const attach = new Map<string, string[]>();
  const detach = new Map<string, string[]>();
  const unannounced = new Map<string, string[]>();
  for (const [object, tags] of desired) {
    for (const tag of tags) {
      if (!has(actual, object, tag)) {
        add(attach, tag, object);
      }
    }
  }
  for (const [object, tags] of actual) {
    for (const tag of tags) {
      if (has(desired, object, tag)) {
        continue;
      }
      if (has(recorded, object, tag)) {
        add(detach, tag, object);
      } else if (desired.has(object) && managed.has(tag)) {
        add(has(announced, object, tag) ? detach : unannounced, tag, object);
      }
    }
  }
  return {
    detach: changes(detach),
    attach: changes(attach),
    unannounced: changes(unannounced),
  };
}

/** The changes, without those of the given objects. */
export function withoutObjects(
  changes: readonly TagChange[],
  objects: ReadonlySet<string>,
): TagChange[] {
  return changes
    .map((change) => ({
      ...change,
      objects: change.objects.filter((object) => !objects.has(object)),
    }))
    .filter((change) => change.objects.length > 0);
}

/** A tag of somebody else that stands in the way: it is of the same category as the wanted one. */
export interface Conflict {
  readonly object: string;
  readonly foreignTag: string;
  readonly category: string;
}

/**
 * Finds the objects on which a tag is wanted while a tag of others, of the same category, is attached: a category with
 * cardinality SINGLE refuses the wanted tag, and with MULTIPLE the CSI driver refuses a cluster
 * ("duplicate values detected for category", deckhouse/deckhouse#18378). A datastore may be an exception (./conflicts).
 *
 * @param tagsOfCategory the ids of all tags in each category, by the category's name
 */
export function findConflicts(
  { desired, actual, managed, recorded }: PlanInputs,
  tagsOfCategory: ReadonlyMap<string, ReadonlySet<string>>,
): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const [object, wanted] of desired) {
    for (const [category, tags] of tagsOfCategory) {
      if (![...wanted].some((tag) => tags.has(tag))) {
        continue;
      }
      for (const tag of actual.get(object) ?? []) {
        if (tags.has(tag) && !managed.has(tag) && !has(recorded, object, tag)) {
          conflicts.push({ object, foreignTag: tag, category });
        }
      }
    }
  }
  return conflicts;
}

/** Whether the object carries the tag. */
export function has(tags: TagsByObject, object: string, tag: string): boolean {
  return tags.get(object)?.has(tag) ?? false;
}

function add(changes: Map<string, string[]>, tag: string, object: string): void {
  const objects = changes.get(tag) ?? [];
  objects.push(object);
  changes.set(tag, objects);
}

function changes(byTag: ReadonlyMap<string, readonly string[]>): TagChange[] {
  return [...byTag].map(([tag, objects]) => ({ tag, objects }));
}
