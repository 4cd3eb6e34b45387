import { existsSync, readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";

/** Where Linux distributions keep the certificate authorities that the machine trusts. */
const systemBundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The certificate authorities that this machine trusts, and the lab's own, as PEM text: SSL_CERT_FILE replaces a
 * program's list, and other tools in the same shell have to go on working.
 *
 * @param labAuthorityFile the lab's own
 * @param given the user's own SSL_CERT_FILE
 */
export function certificateBundle(labAuthorityFile: string, given: string | undefined): string {
  const file = [given, ...systemBundles].find((name) => name !== undefined && existsSync(name));
  const system = file === undefined ? rootCertificates.join("\n") : readFileSync(file, "utf8");
  return `${system.trimEnd()}\n${readFileSync(labAuthorityFile, "utf8")}`;
}
