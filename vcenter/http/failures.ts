import {
  callError,
  type CallDescription,
  type VCenterError,
  type VCenterErrorKind,
} from "../errors";
import { throughProxy, type Proxy } from "./agent";
import type { SeenCertificate } from "./certificate";

/** The code of an error on a way that leads through a proxy. */
const unreachableProxy = "PROXY";

/** What to do when nothing comes through a proxy. */
function proxyRemedy({ variable }: Proxy): string {
  return `correct ${variable}, ask whoever runs the proxy to let it connect to vCenter, or write the server into NO_PROXY if it is reached without`;
}

/** Why there was no answer: a code of Node or undici, and its text. */
export interface ConnectionFailure {
  readonly code: string;
  readonly message: string;
}

/** The connection broke, or the network hiccuped: another attempt may succeed. */
const passing: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "UND_ERR_SOCKET",
]);

/**
 * Nobody there. Worth another attempt only if somebody was there before: while vCenter restarts. On the first call it
 * is a wrong name or port, and the user should hear of it at once.
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

/** Whether the request surely never left: there was no connection yet. */
export function isBeforeSending(code: string): boolean {
  return absent.has(code) || ["EAI_AGAIN", "ENOTFOUND", proxyRefused].includes(code);
}

/** The proxy was reached, and does not connect. */
const proxyRefused = "PROXY_REFUSED";

/** undici's words when a proxy answers CONNECT with another status than 200. */
const proxyAnswer = /^Proxy response \((\d+)\)/;

/** Reads the code and the text of whatever an HTTP library throws, looking through wrappers. */
export function asConnectionFailure(thrown: unknown): ConnectionFailure {
  let error: unknown = thrown;
  // Node throws an AggregateError without a text when a name has several addresses.
  if (error instanceof AggregateError && error.errors.length > 0) error = error.errors[0];
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const code = (error as { code?: unknown }).code;
  const status = proxyAnswer.exec(error.message)?.[1];
  if (status !== undefined) {
    const wants = status === "407" ? "wants a user and a password" : "does not connect";
    return { code: proxyRefused, message: `the proxy ${wants} (HTTP ${status})` };
  }
  return { code: typeof code === "string" ? code : "", message: error.message || error.name };
}

/** The longest wait that the client chooses itself; a longer Retry-After is honoured. */
const longestBackoffMilliseconds = 10_000;

/**
 * The wait before the next attempt, in milliseconds: doubled with each attempt made, minus a random part of up to half,
 * so that clients that failed together do not come back together.
 * @param attemptsMade at least 1
 * @param random between 0 and 1
 */
export function backoffDelay(
  baseMilliseconds: number,
  attemptsMade: number,
  random: number,
): number {
  const full = Math.min(baseMilliseconds * 2 ** (attemptsMade - 1), longestBackoffMilliseconds);
  return Math.round(full * (1 - random / 2));
}

/**
 * Milliseconds requested by a Retry-After header (seconds or an HTTP date, RFC 9110 section 10.2.3); undefined when
 * there is none, or none that can be read.
 */
export function retryAfterMilliseconds(
  header: string | undefined,
  now: number,
): number | undefined {
  const value = header?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "DNS does not know its name",
  EAI_AGAIN: "DNS does not answer",
  ECONNREFUSED: "the connection is refused",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "its network is unreachable",
  UND_ERR_CONNECT_TIMEOUT: "the connection is not accepted in time",
  ETIMEDOUT: "the connection is not accepted in time",
  ECONNRESET: "the connection was reset",
  UND_ERR_SOCKET: "the connection was closed",
};

/** Whether it was the server's certificate that was not accepted. */
export function isAboutCertificate({ code }: ConnectionFailure): boolean {
  return code === otherName || Object.hasOwn(untrusted, code);
}

/**
 * The error of a call that got no answer.
 *
 * @param proxy the proxy on the way, where the environment names one
 * @param seen the certificate that was not accepted, where that is known
 */
export function connectionError(
  description: CallDescription,
  origin: string,
  failure: ConnectionFailure,
  times: string,
  proxy: Proxy | undefined,
  seen?: SeenCertificate,
): VCenterError {
  const server = new URL(origin).host;
  const { code, message } = failure;
  const way = throughProxy(proxy);
  const untrusted = certificateError(description, server, failure, way, seen);
  if (untrusted) return untrusted;
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    const remedies = { unreachable: "set the server to vCenter's HTTPS port, usually 443" };
    const answer = `${server} does not speak TLS as expected (${message})${way}`;
    return callError({ ...description, remedies }, { kind: "unreachable", code, answer });
  }
  if (proxy !== undefined) {
    // What fails here is most often the way to the proxy, and the reasons below speak of the server.
    const answer = `no answer from ${server}${way}: ${message}${times}`;
    const remedies = { unreachable: proxyRemedy(proxy) };
    return callError(
      { ...description, remedies },
      { kind: "unreachable", code: unreachableProxy, answer },
    );
  }
  const answer = `no answer from ${server}, ${reasons[code] ?? message}${times}`;
  return callError(description, { kind: "unreachable", code, answer });
}

/** The error of a call that was in progress when the client was closed, or came later. */
export function closedError(description: CallDescription): VCenterError {
  return callError(
    { ...description, remedies: { unavailable: "make the call before closing the client" } },
    { kind: "unavailable", answer: "the vCenter client was closed", code: "CLIENT_CLOSED" },
  );
}

/** The certificate was issued for other names. */
const otherName = "ERR_TLS_CERT_ALTNAME_INVALID";

const unknownAuthority = "its certificate is signed by an unknown authority";

const untrusted: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  CERT_SIGNATURE_FAILURE: "the signature of its certificate is wrong",
  CERT_UNTRUSTED: "its certificate is not trusted",
  CERT_REJECTED: "its certificate is rejected",
  CERT_CHAIN_TOO_LONG: "its certificate chain is too long",
  INVALID_CA: "a certificate in its chain is not a certificate authority",
  INVALID_PURPOSE: "its certificate is not meant for a server",
};

/** The error for a certificate that was not accepted; undefined for any other failure. */
function certificateError(
  description: CallDescription,
  server: string,
  { code, message }: ConnectionFailure,
  way: string,
  seen: SeenCertificate | undefined,
): VCenterError | undefined {
  const kind = "untrustedCertificate";
  if (code === otherName) {
    const remedies = {
      untrustedCertificate:
        "set the server to a name that is in the certificate, or set insecure to accept any certificate",
    };
    const found = seen === undefined ? message : `it is for ${seen.names}`;
    const answer = `${server} is not the name in its certificate (${found})${way}`;
    return callError({ ...description, remedies }, { kind, code, answer });
  }
  const reason = untrusted[code];
  if (reason === undefined) return undefined;
  const found =
    seen === undefined ? "" : ` (issued by ${seen.authority}, valid until ${seen.until})`;
  const answer = `${server} cannot be trusted, ${reason}${found}${way}`;
  return callError(description, { kind, code, answer });
}

const kindsByStatus: Readonly<Record<number, VCenterErrorKind>> = {
  400: "invalidArgument",
  401: "unauthenticated",
  403: "noPermission",
  404: "notFound",
  409: "resourceInUse",
  429: "unavailable",
  500: "serverError",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/** What an HTTP status means when the body does not say. */
export function statusKind(status: number, text: string): VCenterErrorKind {
  if (status >= 400 && isSessionLimit(text)) return "tooManySessions";
  return kindsByStatus[status] ?? "unexpectedAnswer";
}

/**
 * Whether a text speaks of the session limit, for which vCenter has no fault type
 * (vmware-tanzu/tanzu-cli#749: failedToLoginMaxUserSessionCountReached).
 */
export function isSessionLimit(text: string): boolean {
  return /Max(imum)?\s?(User\s?)?Session\s?(Count|Limit)|(maximum|limit|too many).{0,40}\bsessions?\b/i.test(
    text,
  );
}

const longestExcerpt = 200;

/** An answer in one short line: its status, and its text when there is any that a person can read. */
export function excerpt(answer: {
  readonly status: number;
  readonly attempts: number;
  readonly text: string;
}): string {
  const times = answer.attempts > 1 ? ` after ${answer.attempts} attempts` : "";
  const status = `HTTP ${answer.status}${times}`;
  const text = answer.text
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (text === "") return `${status} without a readable text`;
  const short = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}...` : text;
  return `${status}, "${short}"`;
}
