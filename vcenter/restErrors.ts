import type { VCenterErrorKind } from "./errors";
import { isSessionLimit } from "./soapFaults";

/** An error of the REST interface. */
export interface RestError {
  readonly kind: VCenterErrorKind;
  /** vCenter's name of it. */
  readonly code: string;
  /** Its messages; empty when there are none. */
  readonly text: string;
}

/** Names under `com.vmware.vapi.std.errors`, which `/api` writes in capitals. */
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

/** A message of the REST interface: an error's, or an item's that failed in a batch. */
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

/** Reads messages; entries that are none are left out. */
export function readMessages(value: unknown): RestMessage[] {
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
