import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VCenterClient, type VCenterConnection } from "../../../vcenter";
import { TestAuthority, type TestCertificate } from "./support/certificates";
import { authority, FakeVCenter } from "./support/fakeVCenter";
import { failure, quick } from "./support/harness";

const day = 24 * 3600 * 1000;

async function about(
  changes: Partial<VCenterConnection>,
  identity?: TestCertificate,
  serverName?: string,
): Promise<void> {
  const fake = await FakeVCenter.start(undefined, identity);
  const server = serverName === undefined ? {} : { server: `${serverName}:${fake.port}` };
  const { certificateAuthority, ...rest } = { ...fake.connection(server), ...changes };
  const client = new VCenterClient(
    certificateAuthority ? { ...rest, certificateAuthority } : rest,
    quick,
  );
  try {
    await client.about();
  } finally {
    await client.close();
    await fake.stop();
  }
}

describe("the certificate of a vCenter", function () {
  this.timeout(20_000);

  const other = new TestAuthority("another authority");
  const ofOther = other.issue(["127.0.0.1", "localhost"]);

  it("is accepted when the given authority signed it, by address and by name", async () => {
    await about({});
    await about({}, undefined, "localhost");
  });

  it("is accepted when one of several given authorities signed it", async () => {
    const both = `some words\n${other.certificate}\r\n${authority.certificate}`;
    await about({ certificateAuthority: both });
    await about({ certificateAuthority: both }, ofOther);
  });

  it("is refused when another authority signed it, and tried once", async () => {
    const error = await failure(about({}, ofOther));
    assert.equal(error.kind, "untrustedCertificate");
    assert.match(error.message, /127\.0\.0\.1:\d+ cannot be trusted, .*unknown authority/);
    assert.match(error.remedy, /certificate authority.*certs\/download\.zip.*insecure/);
  });

  it("is refused by default when no public authority signed it", async () => {
    assert.equal((await failure(about({ certificateAuthority: "" }))).kind, "untrustedCertificate");
  });

  it("may be self-signed only when it is given itself", async () => {
    const selfSigned = new TestAuthority("127.0.0.1").selfSigned(["127.0.0.1"]);
    const error = await failure(about({}, selfSigned));
    assert.equal(error.kind, "untrustedCertificate");
    assert.match(error.message, /self-signed/);
    await about({ certificateAuthority: selfSigned.certificate }, selfSigned);
  });

  it("is refused for another name, and the error tells the names in it", async () => {
    const error = await failure(about({}, authority.issue(["vcenter.example.com"])));
    assert.equal(error.kind, "untrustedCertificate");
    assert.match(error.message, /is not the name in its certificate .*/);
    assert.match(error.remedy, /set the server to a name that the certificate carries/);
  });

  it("is refused before and after its time", async () => {
    const now = Date.now();
    for (const [validity, problem] of [
      [{ from: new Date(now - 2 * day), until: new Date(now - day) }, /has expired/],
      [{ from: new Date(now + day), until: new Date(now + 2 * day) }, /not valid yet/],
    ] as const) {
      const error = await failure(about({}, authority.issue(["127.0.0.1"], validity)));
      assert.equal(error.kind, "untrustedCertificate");
      assert.match(error.message, problem);
    }
  });

  it("may be anything when insecure", async () => {
    await about({ insecure: true, certificateAuthority: "" }, authority.issue(["elsewhere"]));
  });

  it("sends no password to a server that is not trusted", async () => {
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

  for (const name of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) {
    it(`is accepted when the file in ${name} holds its authority`, async () => {
      const directory = mkdtempSync(join(tmpdir(), "certificates-"));
      const file = join(directory, "ca.pem");
      writeFileSync(file, authority.certificate);
      const before = process.env[name];
      process.env[name] = file;
      try {
        await about({ certificateAuthority: "" });
      } finally {
        if (before === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before;
        rmSync(directory, { recursive: true });
      }
    });
  }

  it("is missed on a port without TLS", async () => {
    const { createServer } = await import("node:http");
    const server = createServer((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const client = new VCenterClient(
      { server: `127.0.0.1:${port}`, user: "a@b", password: "c", insecure: true },
      quick,
    );
    const error = await failure(client.about());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /does not speak TLS/);
    await client.close();
    server.close();
  });
});
