import assert from "node:assert/strict";
import { VCenterClient, type VCenterConnection } from "../../../vcenter";
import { ConnectProxy } from "../../support/connectProxy";
import { setVariable } from "../../support/environment";
import { TestAuthority } from "./support/certificates";
import { authority, FakeVCenter } from "./support/fakeVCenter";
import { failure, quick } from "./support/harness";

/** A name that no DNS knows (RFC 6761): only a proxy leads there. */
const server = "vcenter.example.test";

const variables = [
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "NO_PROXY",
  "no_proxy",
];

describe("a vCenter behind a proxy", () => {
  const before = new Map(variables.map((name) => [name, process.env[name]]));
  let fake: FakeVCenter;
  let proxy: ConnectProxy;

  const set = (values: Readonly<Record<string, string>>): void => {
    for (const name of variables) setVariable(name, values[name]);
  };

  beforeEach(async () => {
    fake = await FakeVCenter.start(undefined, authority.issue([server]));
    proxy = await ConnectProxy.start(fake.port);
  });

  afterEach(async () => {
    for (const [name, value] of before) setVariable(name, value);
    await proxy.stop();
    await fake.stop();
  });

  const about = async (changes: Partial<VCenterConnection> = {}): Promise<void> => {
    const client = new VCenterClient(fake.connection({ server, ...changes }), quick);
    try {
      await client.about();
    } finally {
      await client.close();
    }
  };

  for (const [why, name, prefix] of [
    ["HTTPS_PROXY", "HTTPS_PROXY", "http://"],
    ["https_proxy in small letters", "https_proxy", "http://"],
    ["an address without http://", "HTTPS_PROXY", ""],
  ] as const) {
    it(`is reached through it by ${why}, and its certificate is checked`, async () => {
      set({ [name]: `${prefix}${proxy.address}` });
      await about();
      assert.deepEqual(proxy.tunnels, [`${server}:443`]);
    });
  }

  it("is reached with the proxy's user and password", async () => {
    set({ HTTPS_PROXY: `http://jane:s%40fe@${proxy.address}` });
    await about();
    assert.deepEqual(
      proxy.authorizations.map((text) =>
        Buffer.from(text.slice("Basic ".length), "base64").toString(),
      ),
      ["jane:s@fe"],
    );
  });

  for (const [why, values] of [
    ["NO_PROXY names it", { NO_PROXY: "other.example.com,.example.test" }],
    ["NO_PROXY is everything", { no_proxy: "*" }],
  ] as const) {
    it(`is not reached through it where ${why}`, async () => {
      set({ HTTPS_PROXY: `http://${proxy.address}`, ...values });
      const error = await failure(about());
      assert.deepEqual([error.kind, proxy.tunnels], ["unreachable", []]);
    });
  }

  it("is not reached through the proxy of HTTP_PROXY, which Go does not use for HTTPS either", async () => {
    set({ HTTP_PROXY: `http://${proxy.address}` });
    const error = await failure(about());
    assert.deepEqual([error.code, proxy.tunnels], ["ENOTFOUND", []]);
  });

  it("on this machine is never asked for through a proxy, as with Go", async () => {
    set({ HTTPS_PROXY: `http://${proxy.address}` });
    await about({ server: `127.0.0.1:${fake.port}`, insecure: true });
    assert.deepEqual(proxy.tunnels, []);
  });

  for (const [status, words] of [
    [403, "the proxy does not connect (HTTP 403)"],
    [407, "the proxy wants a user and a password (HTTP 407)"],
  ] as const) {
    it(`says that the proxy answers ${status}, and never its password`, async () => {
      const closed = await ConnectProxy.start(fake.port, status);
      set({ HTTPS_PROXY: `http://jane:proxysecret@${closed.address}` });
      const error = await failure(about());
      await closed.stop();
      assert.equal(
        error.message,
        `ask vCenter for its services (${server}): no answer from ${server}, through the proxy ${closed.address} of HTTPS_PROXY unless NO_PROXY names the server: ${words}: correct HTTPS_PROXY, ask whoever runs the proxy to let it connect to vCenter, or write the server into NO_PROXY if it is reached without`,
      );
    });
  }

  it("says which proxy is not there", async () => {
    await proxy.stop();
    set({ HTTPS_PROXY: `http://${proxy.address}` });
    const error = await failure(about());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /through the proxy 127\.0\.0\.1:\d+ of HTTPS_PROXY .*ECONNREFUSED/);
  });

  it("says that a certificate came through a proxy, which may show one of its own", async () => {
    const other = new TestAuthority("another authority");
    set({ HTTPS_PROXY: `http://${proxy.address}` });
    const error = await failure(about({ certificateAuthority: other.certificate }));
    assert.equal(error.kind, "untrustedCertificate");
    assert.match(
      error.message,
      /cannot be trusted, .*through the proxy 127\.0\.0\.1:\d+ of HTTPS_PROXY/,
    );
  });

  it("says which variable is no address of a proxy, without its text", async () => {
    set({ HTTPS_PROXY: "ftp://jane:proxysecret@proxy" });
    const error = await failure(about());
    assert.equal(error.kind, "invalidArgument");
    assert.match(error.message, /HTTPS_PROXY\): it is not the address of a proxy/);
    assert.doesNotMatch(error.message, /proxysecret/);
  });
});
