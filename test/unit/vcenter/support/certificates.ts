import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from "node:crypto";

/** A certificate with its private key, both as PEM text. */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority for one test run. */
export class TestAuthority {
  readonly certificate: string;
  readonly #name: string;
  readonly #key: KeyObject;

  constructor(name: string) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#name = name;
    this.#key = privateKey;
    this.certificate = certificatePem({
      subject: name,
      issuer: name,
      publicKey,
      signingKey: privateKey,
      extensions: [
        // basicConstraints: a certificate authority.
        extension("551d13", true, der(0x30, der(0x01, Buffer.from([0xff])))),
        // keyUsage: signing certificates.
        extension("551d0f", true, der(0x03, Buffer.from([1, 0x06]))),
      ],
    });
  }

  /** Issues a server certificate for host names or IPv4 addresses. */
  issue(hosts: readonly string[], validity: Validity = {}): TestCertificate {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return this.#sign(hosts[0] ?? "", privateKey, hosts, validity);
  }

  /** A server certificate that signs itself, with the name and the key of this authority. */
  selfSigned(hosts: readonly string[]): TestCertificate {
    return this.#sign(this.#name, this.#key, hosts);
  }

  #sign(
    subject: string,
    key: KeyObject,
    hosts: readonly string[],
    validity: Validity = {},
  ): TestCertificate {
    const certificate = certificatePem({
      subject,
      issuer: this.#name,
      publicKey: createPublicKey(key),
      signingKey: this.#key,
      extensions: [subjectAlternativeNames(hosts)],
      ...validity,
    });
    return { certificate, key: key.export({ type: "pkcs8", format: "pem" }).toString() };
  }
}

/** From when until when, now give or take a day unless told otherwise. */
interface Validity {
  readonly from?: Date;
  readonly until?: Date;
}

interface Contents extends Validity {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

function subjectAlternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    /^\d+\.\d+\.\d+\.\d+$/.test(host)
      ? der(0x87, Buffer.from(host.split(".").map(Number)))
      : der(0x82, Buffer.from(host, "ascii")),
  );
  return extension("551d11", false, der(0x30, ...names));
}

const dayMilliseconds = 24 * 3600 * 1000;
const ecdsaWithSha256 = der(0x30, oid("2a8648ce3d040302"));

/** Node reads X.509 certificates but cannot write them, hence these few lines of DER (RFC 5280). */
function certificatePem(contents: Contents): string {
  const from = contents.from ?? new Date(Date.now() - dayMilliseconds);
  const until = contents.until ?? new Date(Date.now() + dayMilliseconds);
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
    ecdsaWithSha256,
    name(contents.issuer),
    der(0x30, time(from), time(until)),
    name(contents.subject),
    contents.publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, ...contents.extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, contents.signingKey));
  const whole = der(0x30, body, ecdsaWithSha256, signature);
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  // The long form of two bytes is DER's only where shorter ones do not suffice.
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function oid(hexadecimal: string): Buffer {
  return der(0x06, Buffer.from(hexadecimal, "hex"));
}

function name(commonName: string): Buffer {
  const attribute = der(0x30, oid("550403"), der(0x0c, Buffer.from(commonName, "utf8")));
  return der(0x30, der(0x31, attribute));
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`, "ascii"));
}

function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [der(0x01, Buffer.from([0xff]))] : [];
  return der(0x30, oid(id), ...critical, der(0x04, value));
}
