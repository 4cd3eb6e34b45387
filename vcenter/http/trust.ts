import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import * as tls from "node:tls";
import { invalidSetting, type VCenterConnection } from "../options";

/**
 * Where Linux distributions keep their certificate bundle; the first that exists counts. The same list as in Go's
 * crypto/x509 (root_linux.go), so that this client trusts what the vSphere provider trusts.
 */
const systemBundles: readonly string[] = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

const pemCertificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The part of the TLS options that decides whom to trust. */
export interface TrustOptions {
  readonly rejectUnauthorized: boolean;
  readonly secureContext?: tls.SecureContext;
}

/**
 * The TLS options of a connection. One secure context serves all its sockets, because reading some three hundred root
 * certificates takes tens of milliseconds.
 * @throws VCenterError `invalidArgument` when the given certificate authority holds no certificate: Node would silently
 *   ignore it and then trust nothing.
 */
export function trustOptions(
  connection: Pick<VCenterConnection, "insecure" | "certificateAuthority">,
  environment: NodeJS.ProcessEnv = process.env,
): TrustOptions {
  if (connection.insecure) return { rejectUnauthorized: false };
  if (connection.certificateAuthority !== undefined) {
    const given = [...certificatesOf(connection.certificateAuthority)];
    // An intermediate authority may be given alone, as Go allows for the vSphere provider.
    const secureContext = tls.createSecureContext({ ca: given, allowPartialTrustChain: true });
    return { rejectUnauthorized: true, secureContext };
  }
  const ca = systemCertificates(environment);
  return { rejectUnauthorized: true, secureContext: tls.createSecureContext({ ca }) };
}

function certificatesOf(pem: string): readonly string[] {
  const { certificates, fault } = certificatesIn(pem);
  if (fault !== undefined) throw invalidSetting("certificate authority", fault);
  return certificates;
}

/**
 * Whether the system itself trusts all certificates in a PEM text: the vSphere provider knows only the system's.
 * @param environment where SSL_CERT_FILE may name another bundle
 */
export function isTrustedBySystem(
  pem: string,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  const known = new Set(systemCertificates(environment).map(withoutLineBreaks));
  return certificatesOf(pem).every((certificate) => known.has(withoutLineBreaks(certificate)));
}

function withoutLineBreaks(certificate: string): string {
  return certificate.replaceAll(/\s/g, "");
}

/** Node's own roots, those of the system, and those the environment names. */
function systemCertificates(environment: NodeJS.ProcessEnv): string[] {
  const certificates = [...tls.rootCertificates];
  const fromSystem = (tls as { getCACertificates?: (type: "system") => string[] })
    .getCACertificates;
  const file =
    nonEmpty(environment.SSL_CERT_FILE) ?? systemBundles.find((name) => existsSync(name));
  if (file) certificates.push(...readBundle(file));
  else if (fromSystem) certificates.push(...fromSystem("system"));
  const extra = environment.NODE_EXTRA_CA_CERTS;
  if (extra) certificates.push(...readBundle(extra));
  // The system's list is mostly Node's; reading a certificate twice costs time.
  return [...new Set(certificates.map((certificate) => certificate.replaceAll("\r", "").trim()))];
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** The certificates in a file; none when it cannot be read, which is what Go does. */
function readBundle(file: string): string[] {
  try {
    return readFileSync(file, "utf8").match(pemCertificate) ?? [];
  } catch {
    return [];
  }
}

/** What was found in a text of certificates. */
export interface CertificatesInText {
  /** Each certificate as PEM text, in the order written. */
  readonly certificates: readonly string[];
  /** What is wrong with the text, as the end of a sentence; undefined when every certificate in it is usable. */
  readonly fault?: string;
}

/** A certificate in a text, from its first marker to its last. */
interface Block {
  readonly text: string;
  readonly beginsLine: boolean;
}

const marker = /-----(BEGIN|END) ([^-\r\n]+)-----/g;
const certificateLabel = "CERTIFICATE";

/**
 * Reads PEM certificates as strictly as everything that gets the text later: OpenSSL here, and Go's encoding/pem and
 * crypto/x509 in Deckhouse and the vSphere provider. Those silently skip what they cannot read, and then trust nothing.
 * Text between the certificates is allowed: bundles of authorities have it.
 */
export function certificatesIn(text: string): CertificatesInText {
  const blocks: Block[] = [];
  let open: RegExpMatchArray | undefined;
  for (const found of text.matchAll(marker)) {
    const [, edge, label = ""] = found;
    if (label.includes("PRIVATE KEY")) return faulty("a private key is among the certificates");
    const fault =
      edge === "BEGIN"
        ? open && unfinished(blocks.length + 1)
        : open?.[2] === label
          ? undefined
          : `it has a line END ${label} without the line BEGIN ${label}`;
    if (fault !== undefined) return faulty(fault);
    if (edge === "BEGIN") {
      open = found;
      continue;
    }
    const start = open?.index ?? 0;
    const block = {
      text: text.slice(start, found.index + found[0].length),
      beginsLine: start === 0 || text[start - 1] === "\n",
    };
    open = undefined;
    if (label === certificateLabel) blocks.push(block);
  }
  if (open) return faulty(unfinished(blocks.length + 1));
  if (blocks.length === 0) return faulty("it is not a certificate in PEM form");
  for (const [index, block] of blocks.entries()) {
    const fault = faultOf(block);
    if (fault !== undefined) return faulty(`certificate ${index + 1} in it ${fault}`);
  }
  return { certificates: blocks.map((block) => block.text) };
}

function faulty(fault: string): CertificatesInText {
  return { certificates: [], fault };
}

function unfinished(number: number): string {
  return `certificate ${number} in it lacks its end, the line END ${certificateLabel}`;
}

function faultOf({ text: block, beginsLine }: Block): string | undefined {
  const lines = block.split(/\r\n|\r|\n/);
  if (lines.length < 3) return "has lost its line breaks";
  // Go skips one that begins elsewhere.
  if (!beginsLine) return "does not begin at the start of a line";
  const content = lines.slice(1, -1).join("");
  // Node skips characters that are not base64, and what follows a certificate; Go does neither.
  if (!/^[A-Za-z0-9+/\s]+=*\s*$/.test(content)) return "has characters that are not base64";
  try {
    return new X509Certificate(block).raw.equals(Buffer.from(content, "base64"))
      ? undefined
      : "cannot be read";
  } catch {
    return "cannot be read";
  }
}
