import { VCenterError } from "../../vcenter";

/** Whom the provider talks to, as the messages name it. */
export interface ProviderConnection {
  readonly server: string;
  readonly user: string;
}

/** vCenter, or what is before it, that cannot answer now, or a connection that broke. */
const passing =
  /(?:^|status(?: code)?:? |: |HTTP )(?:429|502|503|504)\b|Too Many Requests|Bad Gateway|Service Unavailable|Gateway Timeout|connection reset|broken pipe|unexpected EOF|\bEOF\b|connection refused|i\/o timeout|TLS handshake timeout|server closed idle connection/i;

/** A refused user or password; vCenter's tagging service answers 401. */
const refusedLogin = /incorrect user name or password|InvalidLogin|\b401\b|Unauthorized/i;

const untrusted = /x509:|certificate signed by unknown authority|certificate is not trusted/i;

/** Whether a failure may be gone at the next attempt. */
export function isPassing(details: string): boolean {
  return passing.test(details);
}

/** Why the provider could not log in, in the words of this program. */
export function loginFailure(details: string, { server, user }: ProviderConnection): string {
  const call = { operation: "log in", object: `${user} on ${server}`, answer: details };
  if (refusedLogin.test(details)) {
    const answer = `InvalidLogin, ${details.replace(/^.*ServerFaultCode: /s, "")}`;
    return new VCenterError({ ...call, kind: "invalidLogin", answer }).message;
  }
  if (untrusted.test(details)) {
    return new VCenterError({
      ...call,
      kind: "untrustedCertificate",
      answer: `its certificate cannot be trusted, ${details}`,
      remedy:
        "the vSphere provider knows the certificate authorities of this machine only: add the one that signed vCenter's " +
        "certificate there, or on Linux export SSL_CERT_FILE with a file that holds it",
    }).message;
  }
  return new VCenterError({ ...call, kind: isPassing(details) ? "unavailable" : "unreachable" })
    .message;
}

/**
 * A failure of the provider in the middle of its work. What may be gone the next time says so, because the provider
 * does not try again by itself; all else stays in its own words.
 *
 * @param operation a verb: `create`
 * @param resource what the engine calls it: `vsphere:index/tag:Tag topology-k8s-zone-x1-a`
 */
export function operationFailure(details: string, operation: string, resource: string): string {
  if (!isPassing(details)) return details;
  return new VCenterError({
    kind: "unavailable",
    operation,
    object: resource,
    answer: details,
    remedy:
      "the vSphere provider does not try this again by itself: run the command again; what was done until now is kept" +
      (operation === "create"
        ? "; if the next preview says that it exists already, vCenter had made it (docs/operations.md)"
        : ""),
  }).message;
}
