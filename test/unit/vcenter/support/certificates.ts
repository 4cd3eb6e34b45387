import { generateKeyPairSync } from "node:crypto";
import { isIP } from "node:net";
import { pki, md } from "node-forge";

/** A certificate with its private key, both as PEM text. */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** From when until when, now give or take a day unless told otherwise. */
interface Validity {
  readonly from?: Date;
  readonly until?: Date;
}

const dayMilliseconds = 24 * 3600 * 1000;
let serialNumber = 0;

/** A certificate authority for one test run. */
export class TestAuthority {
  readonly certificate: string;
  readonly #name: string;
  readonly #keys = keyPair();

  constructor(name: string) {
    this.#name = name;
    this.certificate = this.#sign(name, this.#keys, [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ]).certificate;
  }

  /** Issues a server certificate for host names or IPv4 addresses. */
  issue(hosts: readonly string[], validity: Validity = {}): TestCertificate {
    return this.#sign(hosts[0] ?? "", keyPair(), [alternativeNames(hosts)], validity);
  }

  /** A server certificate that signs itself, with the name and the key of this authority. */
  selfSigned(hosts: readonly string[]): TestCertificate {
    return this.#sign(this.#name, this.#keys, [alternativeNames(hosts)]);
  }

  #sign(
    subject: string,
    { publicKey, privateKey }: pki.rsa.KeyPair,
    extensions: object[],
    { from, until }: Validity = {},
  ): TestCertificate {
    const certificate = pki.createCertificate();
    certificate.publicKey = publicKey;
    certificate.serialNumber = (++serialNumber).toString(16).padStart(18, "01");
    certificate.validity.notBefore = from ?? new Date(Date.now() - dayMilliseconds);
    certificate.validity.notAfter = until ?? new Date(Date.now() + dayMilliseconds);
    certificate.setSubject([{ name: "commonName", value: subject }]);
    certificate.setIssuer([{ name: "commonName", value: this.#name }]);
    certificate.setExtensions(extensions);
    certificate.sign(this.#keys.privateKey, md.sha256.create());
    return {
      certificate: pki.certificateToPem(certificate),
      key: pki.privateKeyToPem(privateKey),
    };
  }
}

/** Node makes keys in milliseconds that take node-forge seconds. */
function keyPair(): pki.rsa.KeyPair {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = pki.privateKeyFromPem(privateKey.export({ type: "pkcs1", format: "pem" }).toString());
  return { privateKey: key, publicKey: pki.setRsaPublicKey(key.n, key.e) };
}

function alternativeNames(hosts: readonly string[]): object {
  const altNames = hosts.map((host) =>
    isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host },
  );
  return { name: "subjectAltName", altNames };
}
