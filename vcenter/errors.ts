import { visibleLine, visibleText } from "../findings/text";

/**
 * What went wrong, in words a program can branch on.
 *
 * - `invalidLogin`: user or password refused, or the user may not log in at all.
 * - `unauthenticated`: the session ended, and a new one was refused too.
 * - `noPermission`: the account lacks a privilege.
 * - `notFound`, `alreadyExists`, `invalidArgument`, `resourceInUse`: vCenter's own meaning.
 * - `tooManySessions`: the user holds as many sessions as vCenter allows.
 * - `unavailable`: vCenter asked to come back later (429, 503), or the client was closed.
 * - `serverError`: the server failed while it answered (500), and said nothing more.
 * - `timeout`: no complete answer in time.
 * - `cancelled`: a task was cancelled, by the caller or by somebody in vCenter.
 * - `unreachable`: no connection, or it broke.
 * - `untrustedCertificate`: the server's certificate could not be verified.
 * - `unexpectedAnswer`: anything else, for example a page of a proxy.
 */
export type VCenterErrorKind =
  | "invalidLogin"
  | "unauthenticated"
  | "noPermission"
  | "notFound"
  | "alreadyExists"
  | "invalidArgument"
  | "tooManySessions"
  | "unavailable"
  | "serverError"
  | "timeout"
  | "cancelled"
  | "unreachable"
  | "untrustedCertificate"
  | "resourceInUse"
  | "unexpectedAnswer";

/** The parts of a {@link VCenterError}. */
export interface VCenterErrorDetails {
  readonly kind: VCenterErrorKind;
  /** What was tried: "attach a tag". */
  readonly operation: string;
  /** The object it was tried on; empty when there is none. */
  readonly object?: string;
  /** What vCenter (or the network) answered, in its own words, never empty. */
  readonly answer: string;
  /** What the reader can do about it. */
  readonly remedy?: string;
  /** vCenter's own name of the fault: "NoPermission" or "com.vmware.vapi.std.errors.not_found". */
  readonly code?: string;
}

const remedies: Readonly<Record<VCenterErrorKind, string>> = {
  invalidLogin:
    "check the user (user@domain or DOMAIN\\user) and the password; the login is not retried, so that the account does not get locked",
  unauthenticated: "check that nobody is terminating this user's sessions, and run again",
  noPermission: "grant the account the missing privilege on the object, or use another account",
  notFound: "check the name or ID, and that the account may read the object",
  alreadyExists: "use the existing one, or choose another name",
  invalidArgument: "check the value against what vCenter accepts",
  tooManySessions:
    "terminate idle sessions of this user (vCenter ends them after 30 minutes), or use a dedicated account",
  unavailable: "run again when vCenter is less busy",
  serverError:
    "run again; if this persists, check the health of vCenter's services (port 5480 of the server) and of any proxy in between",
  timeout: "check the load on vCenter and the network, or allow more time",
  cancelled: "run again to start over",
  unreachable: "check the server name, the port, DNS and the firewall",
  untrustedCertificate:
    "set the certificate authority to the PEM of the authority that signed the certificate (vCenter offers it at https://<server>/certs/download.zip), or set insecure to accept any certificate",
  resourceInUse: "find out what still uses it: taking it away would break that",
  unexpectedAnswer:
    "check that the server is a vCenter 7.0 or newer and that there is no proxy in between",
};

/**
 * The one error class of the vCenter client. Its message reads `what was tried (on which object): what vCenter
 * answered: what to do`. It never holds the password, a session id, a cookie or an Authorization header: the texts pass
 * through `Redaction` before they get here, and no `cause` is kept, because the errors of HTTP libraries carry request
 * headers.
 */
export class VCenterError extends Error {
  readonly kind: VCenterErrorKind;
  readonly operation: string;
  readonly object: string;
  readonly answer: string;
  readonly remedy: string;
  readonly code: string;

  constructor(details: VCenterErrorDetails) {
    const remedy = details.remedy ?? remedies[details.kind];
    const what = details.object
      ? `${details.operation} (${visibleLine(details.object)})`
      : details.operation;
    super(visibleText(`${what}: ${details.answer}: ${remedy}`));
    this.name = "VCenterError";
    this.kind = details.kind;
    this.operation = details.operation;
    this.object = details.object ?? "";
    this.answer = details.answer;
    this.remedy = remedy;
    this.code = details.code ?? "";
  }
}

/** Whether the value is a {@link VCenterError}, of one of the kinds when any are given. */
export function isVCenterError(
  value: unknown,
  ...kinds: readonly VCenterErrorKind[]
): value is VCenterError {
  return value instanceof VCenterError && (kinds.length === 0 || kinds.includes(value.kind));
}

/** Whether vCenter says that the object of the call does not exist, or no longer exists. */
export function isObjectGone(error: unknown): boolean {
  return isVCenterError(error, "notFound") && error.code === "ManagedObjectNotFound";
}

/** What a call is about, for the texts of its errors. */
export interface CallDescription {
  /** What is tried: "list the tag categories". */
  readonly operation: string;
  /** On which object, in the reader's words. */
  readonly object?: string;
  /** What to do for a kind of error, where this call knows better than the general advice. */
  readonly remedies?: Readonly<Partial<Record<VCenterErrorKind, string>>>;
}

/** Builds the error of a described call, preferring the call's own advice. */
export function callError(
  description: CallDescription,
  details: Omit<VCenterErrorDetails, "operation" | "object" | "remedy">,
): VCenterError {
  return new VCenterError({
    ...details,
    operation: description.operation,
    object: description.object,
    remedy: description.remedies?.[details.kind],
  });
}
