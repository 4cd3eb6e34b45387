/**
 * What one TagAttachments resource holds: the tags of each object by its path, so that a preview shows a change of one
 * object as a change of one line.
 */

/** Joins the names of an object's tags. No tag name of this project can contain it: none has a space (see the rules of tags). */
const separator = " + ";

/** The names of an object's tags, joined, by its inventory path: `{"/DC/datastore/a": "region-1 + zone-1"}`. */
export type AttachmentsByPath = Readonly<Record<string, string>>;

/**
 * Managed object references, in the alphabetical order of the paths of their objects: `["Datastore:datastore-12"]`. A state
 * has thousands, and so each path only where somebody reads it. Empty when there are none.
 */
export type ReferencesInOrder = readonly string[];

/**
 * What a state may hold. That of version 0.1.0 held the paths by the joined names of the tags on each of them, and the
 * references in the same places: `{"region-1 + zone-1": ["/DC/datastore/a"]}`.
 */
export type Recorded = Readonly<Record<string, string | readonly string[]>>;

/** The references that a state may hold: those of version 0.1.0 are lists in the places of its paths. */
export type RecordedReferences = ReferencesInOrder | Readonly<Record<string, readonly string[]>>;

/** The resource's inputs, as the provider process receives them. Ids may be unknown at preview. */
export interface TagAttachmentsInputs {
  /** The categories of the tags: id by name. */
  readonly categories: Readonly<Record<string, string>>;
  /** The tags: id by name. */
  readonly tags: Readonly<Record<string, string>>;
  readonly attachments: AttachmentsByPath;
  /**
   * The categories with cardinality MULTIPLE, each with the names of its tags among `tags`: a datastore may carry several
   * of those. Absent when there are none.
   */
  readonly multiple?: TagNamesByCategory;
  /** The names of those tags that others made: the stack uses them. Absent when there are none. */
  readonly existing?: readonly string[];
  /**
   * Put there by `check`, absent when there are none: pairs of the configuration that were there before the stack, with a
   * tag of others. They are never detached.
   */
  readonly found?: AttachmentsByPath;
  /** Whether nothing that the state recorded may be detached. Absent means false. */
  readonly protect?: boolean;
  /**
   * Put there by `check`, absent when there are none: pairs that the state does not record, and of which the preview said
   * that they will be detached. Nothing else that is not recorded may go.
   */
  readonly announced?: PathsByTag;
}

/** How the stack makes a category. */
export interface CategorySettings {
  readonly description?: string;
  readonly cardinality: "SINGLE" | "MULTIPLE";
  /** Without a prefix, in any order. */
  readonly associableTypes: readonly string[];
}

/** What the program says beside the inputs, for the check alone: neither inputs nor state hold it. */
export interface CheckedAlone {
  /** How the categories are made, by name. */
  readonly categorySettings?: Readonly<Record<string, CategorySettings>>;
}

/** Names of tags, by the name of their category. */
export type TagNamesByCategory = Readonly<Record<string, readonly string[]>>;

/** Inventory paths by the id of a tag on each of them. */
export type PathsByTag = Readonly<Record<string, readonly string[]>>;

/** What the state holds. */
export interface TagAttachmentsOutputs extends Pick<
  TagAttachmentsInputs,
  "categories" | "tags" | "attachments" | "multiple" | "existing" | "found"
> {
  /** The vCenter's instance UUID: the references below mean nothing to another vCenter. */
  readonly vCenter: string;
  /** They survive a renaming of their objects. */
  readonly references: RecordedReferences;
  /** What `read` found to differ in vCenter, one sentence for each pair; empty after `up`. */
  readonly drift: readonly string[];
}

/** One attachment: a tag's name on an object. The reference is known only to pairs that come from the state. */
export interface RecordedPair {
  readonly tag: string;
  readonly path: string;
  readonly reference: string | undefined;
}

/** The names of an object's tags as one text, in alphabetical order. */
export function joinedTags(tags: Iterable<string>): string {
  return [...tags].sort().join(separator);
}

/** The names of the tags in a text that {@link joinedTags} made. */
export function splitTags(text: string): string[] {
  return text.split(separator);
}

/** All pairs, each with the reference of its object, if there is any. It also reads what older versions left in a state. */
export function pairsOf(
  attachments: Recorded,
  references: RecordedReferences = [],
): RecordedPair[] {
  const inOrder = Array.isArray(references) ? (references as ReferencesInOrder) : undefined;
  const grouped = inOrder === undefined ? (references as Record<string, readonly string[]>) : {};
  return Object.entries(attachments)
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([key, value], index) => {
      if (typeof value === "string") {
        const reference = inOrder?.[index] || undefined;
        return splitTags(value).map((tag) => ({ tag, path: key, reference }));
      }
      return value.flatMap((path, place) =>
        splitTags(key).map((tag) => ({ tag, path, reference: grouped[key]?.[place] })),
      );
    });
}

/** The reverse of `pairsOf`, in the order of the paths. */
export function byPath(pairs: Iterable<RecordedPair>): {
  readonly attachments: AttachmentsByPath;
  readonly references: ReferencesInOrder;
} {
  const objects = new Map<string, { tags: Set<string>; reference: string | undefined }>();
  for (const { tag, path, reference } of pairs) {
    const object = objects.get(path) ?? { tags: new Set<string>(), reference };
    object.tags.add(tag);
    objects.set(path, object);
  }
  const inOrder = [...objects].sort(([a], [b]) => compare(a, b));
  return {
    attachments: Object.fromEntries(inOrder.map(([path, { tags }]) => [path, joinedTags(tags)])),
    references: inOrder.some(([, { reference = "" }]) => reference !== "")
      ? inOrder.map(([, { reference = "" }]) => reference)
      : [],
  };
}

/** Whether a pair is among those of the attachments, by the name of its tag and its path. */
export function isAmong(attachments: Recorded = {}): (pair: RecordedPair) => boolean {
  const known = new Set(pairsOf(attachments).map(({ tag, path }) => `${tag} ${path}`));
  return ({ tag, path }) => known.has(`${tag} ${path}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
