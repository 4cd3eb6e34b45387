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
  /** The pairs that were there before this resource, from the state: they are nobody's to detach. */
  readonly found: TagsByObject;
  /** The ids of the tags that others made. */
  readonly existing: ReadonlySet<string>;
  /** What vCenter has on these objects, tags of others included. */
  readonly actual: TagsByObject;
  /** The ids of the tags that are this stack's: those that it makes, and those of them that the state knows. */
  readonly managed: ReadonlySet<string>;
  /** The pairs of which a preview said, by object and tag, that they will be detached. */
  readonly announced: TagsByObject;
}

/**
 * Plans the smallest change that makes the wanted pairs true.
 *
 * Detached are pairs that the state recorded as made and the configuration no longer asks for. A managed tag that does not
 * belong on an object of the configuration (somebody attached the wrong one by hand, or the state was lost) is detached
 * only once it was announced. Everything else stays: tags of others on any object, also those that the stack uses, pairs
 * that were there before, and managed tags on objects that the configuration does not name.
 */
export function planAttachments(inputs: PlanInputs): AttachmentPlan {
  const { desired, recorded, found, actual, managed, announced } = inputs;
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
      if (has(desired, object, tag) || has(found, object, tag)) {
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

/** A tag that stands in the way and stays, because others made or attached it: it is of the same category as the wanted one. */
export interface Conflict {
  readonly object: string;
  readonly foreignTag: string;
  readonly category: string;
}

/**
 * Finds the objects on which a tag is wanted while one of others, or attached by others, of the same category is attached: a category with
 * cardinality SINGLE refuses the wanted tag, and with MULTIPLE the CSI driver refuses a cluster
 * ("duplicate values detected for category", deckhouse/deckhouse#18378). A datastore may be an exception (./conflicts).
 *
 * @param tagsOfCategory the ids of all tags in each category, by the category's name
 */
export function findConflicts(
  { desired, actual, managed, recorded, found }: PlanInputs,
  tagsOfCategory: ReadonlyMap<string, ReadonlySet<string>>,
): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const [object, wanted] of desired) {
    for (const [category, tags] of tagsOfCategory) {
      if (![...wanted].some((tag) => tags.has(tag))) {
        continue;
      }
      for (const tag of actual.get(object) ?? []) {
        const isOurs = managed.has(tag) || has(recorded, object, tag);
        const stays = !isOurs || has(found, object, tag);
        if (tags.has(tag) && stays && !wanted.has(tag)) {
          conflicts.push({ object, foreignTag: tag, category });
        }
      }
    }
  }
  return conflicts;
}

/**
 * The wanted pairs that were there before the stack, so that it never detaches them: those that the state says it found,
 * and those with a tag of others that it does not say to have made. A tag that becomes one of others, or of the stack,
 * changes nothing for the pairs that are recorded. A pair that somebody took off in between, and that is attached anew, is
 * the stack's.
 */
export function foundPairs(inputs: PlanInputs): TagsByObject {
  const { desired, recorded, found, existing, actual } = inputs;
  return selected(
    actual,
    (object, tag) =>
      has(desired, object, tag) &&
      !has(recorded, object, tag) &&
      (has(found, object, tag) || existing.has(tag)),
  );
}

/** The pairs that were there before the stack, and that the configuration no longer asks for: they stay. */
export function leftPairs({ desired, found, actual }: PlanInputs): TagsByObject {
  return selected(actual, (object, tag) => has(found, object, tag) && !has(desired, object, tag));
}

/**
 * Those of them that the state has to remember: their tag is the stack's by now, and would be taken for one that does not
 * belong there.
 */
export function rememberedPairs(inputs: PlanInputs): TagsByObject {
  return selected(leftPairs(inputs), (_object, tag) => inputs.managed.has(tag));
}

/** The pairs of one for which something holds, without objects that have none. */
export function selected(
  pairs: TagsByObject,
  isMeant: (object: string, tag: string) => boolean,
): TagsByObject {
  return new Map(
    [...pairs].flatMap(([object, tags]) => {
      const meant = [...tags].filter((tag) => isMeant(object, tag));
      return meant.length === 0 ? [] : [[object, new Set(meant)] as const];
    }),
  );
}

/** All pairs of both. */
export function both(one: TagsByObject, other: TagsByObject): TagsByObject {
  const all = new Map<string, Set<string>>();
  for (const [object, tags] of [...one, ...other]) {
    all.set(object, new Set([...(all.get(object) ?? []), ...tags]));
  }
  return all;
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
