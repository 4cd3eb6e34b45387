import { existsSync, readFileSync } from "node:fs";
import * as tls from "node:tls";
import { certificatesIn } from "./certificates";
import { callError, type CallDescription, type VCenterError } from "./errors";
import { invalidSetting, type VCenterConnection } from "./options";

/**
 * Where Linux distributions keep their certificate bundle; the first that exists counts. The same list
 * as Go's crypto/x509 (root_linux.go), so that this client trusts what the vSphere provider trusts.
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
 * The TLS options of a connection. One secure context serves all its sockets, because reading some
 * three hundred root certificates takes tens of milliseconds.
 * @throws VCenterError `invalidArgument` when the given certificate authority holds no certificate:
 *   Node would ignore it without a word and then trust nothing.
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
 * Whether the system trusts all certificates of a PEM text by itself: the vSphere provider knows only the system's.
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
  // The system's list is mostly the same as Node's; reading a certificate twice costs time.
  return [...new Set(certificates.map((certificate) => certificate.replaceAll("\r", "").trim()))];
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** The certificates of a file; none when it cannot be read, as Go does. */
function readBundle(file: string): string[] {
  try {
    return readFileSync(file, "utf8").match(pemCertificate) ?? [];
  } catch {
    return [];
  }
}

const untrusted: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT: "its certificate is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by an unknown authority",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  CERT_SIGNATURE_FAILURE: "the signature of its certificate is wrong",
  CERT_UNTRUSTED: "its certificate is not trusted",
  CERT_REJECTED: "its certificate is rejected",
  CERT_CHAIN_TOO_LONG: "its certificate chain is too long",
  INVALID_CA: "a certificate in its chain is no certificate authority",
  INVALID_PURPOSE: "its certificate is not meant for a server",
};

/** The error for a certificate that was not accepted; undefined for any other connection failure. */
export function certificateError(
  description: CallDescription,
  server: string,
  code: string,
  message: string,
): VCenterError | undefined {
  const kind = "untrustedCertificate";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return callError(
      {
        ...description,
        remedies: {
          untrustedCertificate:
            "set the server to a name that the certificate carries, or set insecure to accept any certificate",
        },
      },
      { kind, code, answer: `${server} is not the name in its certificate (${message})` },
    );
  }
  const reason = untrusted[code];
  if (reason === undefined) return undefined;
  return callError(description, { kind, code, answer: `${server} cannot be trusted, ${reason}` });
}
