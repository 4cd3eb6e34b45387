import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { VCenterClient, type VCenterConnection } from "../../../vcenter";
import { setVariable } from "../../support/environment";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";
import { TestAuthority, type TestCertificate } from "./support/certificates";
import { authority, FakeVCenter } from "./support/fakeVCenter";
import { failure, quick } from "./support/harness";

/** Asks a fake with a certificate what it is, without a login. */
async function about(
  changes: Partial<VCenterConnection> & { readonly host?: string },
  identity?: TestCertificate,
): Promise<void> {
  const fake = await FakeVCenter.start(undefined, identity);
  const { host = "127.0.0.1", ...settings } = changes;
  const connection = fake.connection({ server: `${host}:${fake.port}`, ...settings });
  const { certificateAuthority, ...rest } = connection;
  const client = new VCenterClient(certificateAuthority ? connection : rest, quick);
  try {
    await client.about();
  } finally {
    await client.close();
    await fake.stop();
  }
}

describe("the certificate of a vCenter", () => {
  const other = new TestAuthority("another authority");
  const ofOther = other.issue(["127.0.0.1", "localhost"]);
  const both = `some words\n${other.certificate}\r\n${authority.certificate}`;
  const selfSigned = new TestAuthority("127.0.0.1").selfSigned(["127.0.0.1"]);
  const day = 24 * 3600 * 1000;
  const inDays = (from: number, until: number): TestCertificate =>
    authority.issue(["127.0.0.1"], {
      from: new Date(Date.now() + from * day),
      until: new Date(Date.now() + until * day),
    });

  for (const [why, changes, identity] of [
    ["the given authority signed it for the address", {}, undefined],
    ["the given authority signed it for the name", { host: "localhost" }, undefined],
    ["the first of several given authorities signed it", { certificateAuthority: both }, ofOther],
    ["the last of several given authorities signed it", { certificateAuthority: both }, undefined],
    ["it is given itself", { certificateAuthority: selfSigned.certificate }, selfSigned],
    ["anything is", { insecure: true, certificateAuthority: "" }, authority.issue(["elsewhere"])],
  ] as const) {
    it(`is accepted because ${why}`, () => about(changes, identity));
  }

  for (const variable of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) {
    it(`is accepted because the file in ${variable} holds its authority`, async () => {
      const folder = temporaryFolder();
      writeFiles(folder, { "ca.pem": authority.certificate });
      const before = process.env[variable];
      setVariable(variable, join(folder, "ca.pem"));
      try {
        await about({ certificateAuthority: "" });
      } finally {
        setVariable(variable, before);
        removeFolder(folder);
      }
    });
  }

  for (const [why, changes, identity, message] of [
    [
      "another authority signed it",
      {},
      ofOther,
      /127\.0\.0\.1:\d+ cannot be trusted, .*unknown authority \(issued by CN=another authority, valid until \d{4}-\d\d-\d\d\): .*certificate authority.*certs\/download\.zip.*insecure/,
    ],
    ["no public authority signed it", { certificateAuthority: "" }, undefined, /cannot be trusted/],
    ["it is self-signed and not given", {}, selfSigned, /self-signed/],
    [
      "it has another name",
      {},
      authority.issue(["vcenter.example.com"]),
      /is not the name in its certificate .*: set the server to a name that is in the certificate/,
    ],
    ["its time is over", {}, inDays(-2, -1), /has expired/],
    ["its time has not come", {}, inDays(1, 2), /not valid yet/],
  ] as const) {
    it(`is refused because ${why}`, async () => {
      const error = await failure(about(changes, identity));
      assert.equal(error.kind, "untrustedCertificate");
      assert.match(error.message, message);
    });
  }

  it("gets no password to a server that is not trusted", async () => {
    const fake = await FakeVCenter.start(undefined, ofOther);
    const client = new VCenterClient(fake.connection(), quick);
    await failure(client.tagging.categories());
    await failure(client.authorization.roles());
    assert.equal(fake.calls.length, 0);
    await client.close();
    await fake.stop();
  });

  for (const [what, text] of [
    ["no certificate", "certificate.pem"],
    ["a damaged certificate", authority.certificate.replace(/\n[A-Za-z0-9+/]{10}/, "\nAAAAAAAAAA")],
    ["a key", authority.issue(["a"]).key],
  ] as const) {
    it(`cannot be checked with ${what} as the authority`, async () => {
      const error = await failure(about({ certificateAuthority: text }));
      assert.equal(error.kind, "invalidArgument");
      assert.match(
        error.message,
        /certificate authority.*(not a certificate in PEM form|cannot be read|a private key is among)/,
      );
    });
  }

  it("is missed on a port without TLS", async () => {
    const server = createServer((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const connection = { server: `127.0.0.1:${port}`, user: "a@b", password: "c", insecure: true };
    const client = new VCenterClient(connection, quick);
    const error = await failure(client.about());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /does not speak TLS/);
    await client.close();
    server.close();
  });
});
