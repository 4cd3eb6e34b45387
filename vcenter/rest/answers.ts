import { callError, type CallDescription, type VCenterErrorKind } from "../errors";
import { isSessionLimit } from "../http/failures";
import type { ManagedObjectReference } from "../objects";

/** An error of the REST interface. */
export interface RestError {
  readonly kind: VCenterErrorKind;
  /** vCenter's name for it. */
  readonly code: string;
  /** Its messages; empty when there are none. */
  readonly text: string;
}

/** Names under `com.vmware.vapi.std.errors`, which `/api` writes in upper case. */
const kinds: Readonly<Record<string, VCenterErrorKind>> = {
  already_exists: "alreadyExists",
  invalid_argument: "invalidArgument",
  invalid_element_type: "invalidArgument",
  not_found: "notFound",
  resource_busy: "resourceInUse",
  resource_in_use: "resourceInUse",
  service_unavailable: "unavailable",
  timed_out: "timeout",
  unauthenticated: "unauthenticated",
  unauthorized: "noPermission",
};

/** A message of an error, or of an item that failed in a batch. */
export interface RestMessage {
  readonly id: string;
  readonly text: string;
  readonly parameters: readonly string[];
}

/** Whether the value is an object with named fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The list in a field; vCenter may send null for an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text in a field, or an empty one. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Reads messages; anything else in the list is left out. */
function readMessages(value: unknown): RestMessage[] {
  return listOf(value)
    .filter(isRecord)
    .map((message) => ({
      id: textOf(message.id),
      text: textOf(message.default_message),
      parameters: listOf(message.args).map(textOf),
    }));
}

/**
 * Reads the error in a body, in the shape of `/rest` (`type`, `value.messages`) or of `/api`
 * (`error_type`, `messages`); undefined when it holds none.
 */
export function readRestError(body: unknown): RestError | undefined {
  if (!isRecord(body)) return undefined;
  const code = textOf(body.type) || textOf(body.error_type);
  if (code === "") return undefined;
  const holder = isRecord(body.value) ? body.value : body;
  const messages = readMessages(holder.messages);
  const text = messages
    .map((message) => message.text || message.id)
    .filter((part) => part !== "")
    .join("; ");
  const isLimit = messages.some(({ id, text: said }) => isSessionLimit(`${id} ${said}`));
  const name = code.replace(/^.*\./, "").toLowerCase();
  const known = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  return { kind: isLimit ? "tooManySessions" : (known ?? "unexpectedAnswer"), code, text };
}

/** A tag category. */
export interface TagCategory {
  /** `urn:vmomi:InventoryServiceCategory:...:GLOBAL`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Whether an object may carry one or several tags of the category. */
  readonly cardinality: "SINGLE" | "MULTIPLE";
  /**
   * The object types that may carry its tags, without the prefix `urn:vim25:`, sorted; empty means all. vCenter may
   * return the prefix or not (ansible-collections/community.vmware#681).
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
  /** The object, if the message says which it was. */
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
 * Reads the BatchResult of the tag association service: HTTP 200 even when items failed, with the failures in
 * `error_messages`. An empty answer proves nothing: compare with what list-attached-tags-on-objects says afterwards.
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
  // Whole words only: a message about datastore-12 does not mean datastore-1.
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
