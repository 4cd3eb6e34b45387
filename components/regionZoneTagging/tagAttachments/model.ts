/**
 * What one TagAttachments resource holds. Each object's path stands once in the inputs and once in the outputs, grouped
 * by the set of tags on it, so that the state grows by little more than the path for each object.
 */

/** Joins the names of tags into the key of a group. No tag name of this project can contain it: none has a space (see the rules of tags). */
const separator = " + ";

/** Inventory paths by the names of the tags on each of them, joined: `{"region-1 + zone-1": ["/DC/datastore/a"]}`. */
export type AttachmentGroups = Readonly<Record<string, readonly string[]>>;

/** The resource's inputs, as the provider process receives them. Ids may be unknown at preview. */
export interface TagAttachmentsInputs {
  /** The categories of the tags: id by name. */
  readonly categories: Readonly<Record<string, string>>;
  /** The tags: id by name. */
  readonly tags: Readonly<Record<string, string>>;
  readonly attachments: AttachmentGroups;
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
  readonly found?: AttachmentGroups;
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
  /** Managed object references, `Datastore:datastore-12`, in the order of `attachments`: they survive a renaming. */
  readonly references: AttachmentGroups;
  /** What `read` found to differ in vCenter, one sentence for each pair; empty after `up`. */
  readonly drift: readonly string[];
}

/** One attachment: a tag's name on an object. The reference is known only to pairs that come from the state. */
export interface RecordedPair {
  readonly tag: string;
  readonly path: string;
  readonly reference: string | undefined;
}

/** The key of the group for objects that carry exactly these tags. */
export function groupKey(tags: Iterable<string>): string {
  return [...tags].sort().join(separator);
}

/** The tags that a group's key stands for. */
export function groupTags(key: string): string[] {
  return key.split(separator);
}

/** All pairs of the groups, each with the reference that stands in the same place, if there are any. */
export function pairsOf(
  attachments: AttachmentGroups,
  references: AttachmentGroups = {},
): RecordedPair[] {
  return Object.entries(attachments).flatMap(([key, paths]) =>
    paths.flatMap((path, index) =>
      groupTags(key).map((tag) => ({ tag, path, reference: references[key]?.[index] })),
    ),
  );
}

/** The reverse of `pairsOf`: groups in the order of their keys, objects in the order of their paths. */
export function groupsOf(pairs: Iterable<RecordedPair>): {
  readonly attachments: AttachmentGroups;
  readonly references: AttachmentGroups;
} {
  const objects = new Map<string, { tags: Set<string>; reference: string | undefined }>();
  for (const { tag, path, reference } of pairs) {
    const object = objects.get(path) ?? { tags: new Set<string>(), reference };
    object.tags.add(tag);
    objects.set(path, object);
  }
  const inOrder = [...objects]
    .map(([path, { tags, reference }]) => ({ key: groupKey(tags), path, reference }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.path, b.path));
  const groups = new Map<string, { paths: string[]; references: string[] }>();
  for (const { key, path, reference } of inOrder) {
    const group = groups.get(key) ?? { paths: [], references: [] };
    group.paths.push(path);
    group.references.push(reference ?? "");
    groups.set(key, group);
  }
  return {
    attachments: Object.fromEntries([...groups].map(([key, { paths }]) => [key, paths])),
    references: Object.fromEntries([...groups].map(([key, { references }]) => [key, references])),
  };
}

/** Whether a pair is among those of the groups, by the name of its tag and its path. */
export function isAmong(groups: AttachmentGroups = {}): (pair: RecordedPair) => boolean {
  const known = new Set(pairsOf(groups).map(({ tag, path }) => `${tag} ${path}`));
  return ({ tag, path }) => known.has(`${tag} ${path}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
