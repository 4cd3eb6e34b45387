import { callError, type CallDescription, type VCenterError } from "./errors";
import { certificateError } from "./trust";

/** Why there was no answer: a code of Node or undici, and its text. */
export interface ConnectionFailure {
  readonly code: string;
  readonly message: string;
}

/** The connection broke, or the network hiccuped: another attempt may do. */
const passing: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "UND_ERR_SOCKET",
]);

/**
 * Nobody there. Worth another try only when somebody was there before: while vCenter restarts. At the
 * first call it is a wrong name or port, and the user should hear of it at once.
 */
const absent: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether another attempt can help. */
export function isWorthAnotherTry(code: string, hasConnected: boolean): boolean {
  return passing.has(code) || (hasConnected && absent.has(code));
}

/** Whether the call had surely not been sent: there was no connection yet. */
export function isBeforeSending(code: string): boolean {
  return absent.has(code) || code === "EAI_AGAIN" || code === "ENOTFOUND";
}

/** Reads the code and the text out of whatever an HTTP library throws, looking through wrappers. */
export function asConnectionFailure(thrown: unknown): ConnectionFailure {
  let error: unknown = thrown;
  // Node gives an AggregateError without a text when a name has several addresses.
  if (error instanceof AggregateError && error.errors.length > 0) error = error.errors[0];
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const code = (error as { code?: unknown }).code;
  return { code: typeof code === "string" ? code : "", message: error.message || error.name };
}

/** The error of a call that got no answer. */
export function connectionError(
  description: CallDescription,
  origin: string,
  failure: ConnectionFailure,
  times: string,
): VCenterError {
  const server = new URL(origin).host;
  const { code, message } = failure;
  const untrusted = certificateError(description, server, code, message);
  if (untrusted) return untrusted;
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    const remedies = { unreachable: "set the server to vCenter's HTTPS port, 443 as a rule" };
    const answer = `${server} does not speak TLS as expected (${message})`;
    return callError({ ...description, remedies }, { kind: "unreachable", code, answer });
  }
  const reason = reasons[code] ?? message;
  return callError(description, {
    kind: "unreachable",
    code,
    answer: `no answer from ${server}, ${reason}${times}`,
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is unknown to DNS",
  EAI_AGAIN: "DNS does not answer",
  ECONNREFUSED: "the connection is refused",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "its network cannot be reached",
  UND_ERR_CONNECT_TIMEOUT: "the connection is not accepted in time",
  ETIMEDOUT: "the connection is not accepted in time",
  ECONNRESET: "the connection was reset",
  UND_ERR_SOCKET: "the connection was closed",
};
