import { callError, type CallDescription } from "./errors";
import type { ManagedObjectReference } from "./references";
import { isRecord, listOf, readMessages, textOf, type RestMessage } from "./restErrors";

/** A tag category. */
export interface TagCategory {
  /** `urn:vmomi:InventoryServiceCategory:...:GLOBAL`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Whether an object may carry one or several tags of the category. */
  readonly cardinality: "SINGLE" | "MULTIPLE";
  /**
   * The object types that may carry its tags, without the prefix `urn:vim25:`, sorted; empty means all.
   * vCenter returns the prefix or not (ansible-collections/community.vmware#681).
   */
  readonly associableTypes: readonly string[];
}

/** A tag. */
export interface Tag {
  /** `urn:vmomi:InventoryServiceTag:...:GLOBAL`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly categoryId: string;
}

/** An item of a batch that vCenter refused. */
export interface BatchFailure {
  /** The object, where the message tells which it was. */
  readonly object?: ManagedObjectReference;
  readonly message: string;
  /** vCenter's id of the message. */
  readonly id: string;
}

/** What became of a batch: everything that is not among the failures is done. */
export interface BatchResult {
  readonly failures: readonly BatchFailure[];
}

/** Reads a category. @throws VCenterError `unexpectedAnswer` */
export function readCategory(description: CallDescription, answer: unknown): TagCategory {
  const cardinality = isRecord(answer) ? answer.cardinality : undefined;
  if (
    !isRecord(answer) ||
    textOf(answer.id) === "" ||
    (cardinality !== "SINGLE" && cardinality !== "MULTIPLE")
  ) {
    throw malformed(description, "category");
  }
  return {
    id: textOf(answer.id),
    name: textOf(answer.name),
    description: textOf(answer.description),
    cardinality,
    associableTypes: listOf(answer.associable_types)
      .map((type) => textOf(type).replace(/^urn:vim25:/, ""))
      .sort(),
  };
}

/** Reads a tag. @throws VCenterError `unexpectedAnswer` */
export function readTag(description: CallDescription, answer: unknown): Tag {
  if (!isRecord(answer) || textOf(answer.id) === "") throw malformed(description, "tag");
  return {
    id: textOf(answer.id),
    name: textOf(answer.name),
    description: textOf(answer.description),
    categoryId: textOf(answer.category_id),
  };
}

/** Reads a list of `{type, id}`. */
export function readObjects(value: unknown): ManagedObjectReference[] {
  return listOf(value)
    .filter(isRecord)
    .map((object) => ({ type: textOf(object.type), id: textOf(object.id) }));
}

/** Reads the answer of list-attached-tags-on-objects. */
export function readAttachedTags(answer: unknown): [ManagedObjectReference, string[]][] {
  return listOf(answer)
    .filter(isRecord)
    .flatMap((entry) =>
      readObjects([entry.object_id]).map((object): [ManagedObjectReference, string[]] => [
        object,
        listOf(entry.tag_ids).map(textOf),
      ]),
    );
}

/**
 * Reads the BatchResult of the tag association service: HTTP 200 even when items failed, and the
 * failures in `error_messages`. An empty answer tells of none; compare with what
 * list-attached-tags-on-objects says afterwards.
 */
export function readBatchResult(
  answer: unknown,
  objects: readonly ManagedObjectReference[],
): BatchResult {
  if (!isRecord(answer)) return { failures: [] };
  const failures = readMessages(answer.error_messages).map((message) =>
    batchFailure(message, objects),
  );
  if (failures.length === 0 && answer.success === false) {
    const message = "vCenter reports that items failed, but not which";
    return { failures: [{ id: "", message }] };
  }
  return { failures };
}

function batchFailure(
  { id, text, parameters }: RestMessage,
  objects: readonly ManagedObjectReference[],
): BatchFailure {
  // Whole words only: datastore-1 is not meant by a message about datastore-12.
  const words = new Set([text, ...parameters].join(" ").match(/[\w.-]*\w/g) ?? []);
  const mentioned = objects.filter((object) => words.has(object.id));
  const [object] = mentioned;
  const message = text || id || "refused without a message";
  return mentioned.length === 1 && object ? { object, message, id } : { message, id };
}

function malformed(description: CallDescription, what: string): Error {
  return callError(description, {
    kind: "unexpectedAnswer",
    answer: `the answer holds no ${what}`,
  });
}
