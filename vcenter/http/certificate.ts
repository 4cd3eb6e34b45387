import { isIP } from "node:net";
import * as tls from "node:tls";

/** What a server's certificate says of itself. Nothing of it has been verified. */
export interface SeenCertificate {
  /** Who signed it, as far as its chain was sent: `CN=CA, O=VMware Engineering`. */
  readonly authority: string;
  /** The names and addresses that it is for: `DNS:vcenter.example.com`. */
  readonly names: string;
  /** Until when it is valid, an ISO date: `2026-01-31`. */
  readonly until: string;
}

const longestWaitMilliseconds = 5000;

/**
 * Looks at the certificate of a server that could not be trusted, to say whose it is: the failure of the connection does
 * not tell. Nothing is sent beyond the handshake.
 *
 * @param origin `https://host:port`
 * @returns undefined when the server shows none now
 */
export function seenCertificate(origin: string): Promise<SeenCertificate | undefined> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = tls.connect({
      host,
      port: port === "" ? 443 : Number(port),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      timeout: longestWaitMilliseconds,
    });
    const end = (seen: SeenCertificate | undefined): void => {
      resolve(seen);
      socket.destroy();
    };
    socket.once("secureConnect", () => end(described(socket.getPeerCertificate(true))));
    socket.once("timeout", () => end(undefined));
    socket.once("error", () => end(undefined));
  });
}

/** A certificate of a chain, which ends with one that signs itself, or whose issuer was not sent. */
interface Link extends Pick<tls.PeerCertificate, "issuer" | "fingerprint256"> {
  readonly issuerCertificate?: Link | undefined;
}

/** The last issuer of the chain that was sent, which is the one that somebody has to trust. */
function authorityOf(certificate: Link): tls.Certificate {
  const { issuerCertificate: issuer, fingerprint256 } = certificate;
  return issuer === undefined || issuer.fingerprint256 === fingerprint256
    ? certificate.issuer
    : authorityOf(issuer);
}

function described(certificate: tls.DetailedPeerCertificate): SeenCertificate {
  const until = new Date(certificate.valid_to);
  return {
    authority: Object.entries(authorityOf(certificate))
      .map(([attribute, value]) => `${attribute}=${[value ?? []].flat().join("+")}`)
      .reverse()
      .join(", "),
    names: certificate.subjectaltname ?? [certificate.subject.CN ?? []].flat().join(", "),
    until: Number.isNaN(until.getTime()) ? "" : until.toISOString().slice(0, 10),
  };
}
