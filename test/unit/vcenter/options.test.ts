import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { VCenterClient, VCenterError } from "../../../vcenter";
import { clientVersion, originOf, resolveOptions } from "../../../vcenter/options";

const connection = { server: "vcenter", user: "a@b", password: "p", insecure: true };

describe("the server of a connection", () => {
  for (const [server, origin] of [
    ["vcenter.example.com", "https://vcenter.example.com"],
    ["vcenter.example.com:8443", "https://vcenter.example.com:8443"],
    ["10.0.0.1", "https://10.0.0.1"],
    ["fd00::1", "https://[fd00::1]"],
    ["[fd00::1]:8443", "https://[fd00::1]:8443"],
  ] as const) {
    it(`is ${origin} for ${server}`, () => {
      assert.equal(originOf(server), origin);
    });
  }

  for (const server of [
    "",
    "https://vcenter",
    "vcenter/sdk",
    "vcenter/",
    "vcenter?a",
    "vcenter#a",
    "a b",
    "vcenter:port",
    "user:hidden@vcenter",
  ]) {
    it(`cannot be "${server}"`, () => {
      assert.throws(
        () => new VCenterClient({ ...connection, server }),
        (error) => error instanceof VCenterError && error.object === "server",
      );
    });
  }

  it("does not show a password that was written into it", () => {
    for (const server of ["user:hidden@vcenter", "user:hid den@vcenter", "https://u:hidden@v"]) {
      assert.throws(
        () => originOf(server),
        (error) => !inspect(error, { showHidden: true, depth: null }).includes("hid"),
      );
    }
  });
});

describe("the options of a client", () => {
  it("have the documented defaults", () => {
    const { version } = JSON.parse(
      readFileSync(join(__dirname, "../../../package.json"), "utf8"),
    ) as { version: string };
    assert.equal(clientVersion, version);
    assert.deepEqual(resolveOptions(), {
      maximumConcurrentCalls: 6,
      timeoutMilliseconds: 60_000,
      attempts: 4,
      backoffMilliseconds: 500,
      pollMilliseconds: 250,
      userAgent: `deckhouse-vsphere/${version}`,
    });
  });

  for (const options of [
    { attempts: 0 },
    { maximumConcurrentCalls: 1.5 },
    { timeoutMilliseconds: -1 },
    { backoffMilliseconds: Number.NaN },
  ]) {
    it(`cannot be ${JSON.stringify(options)}`, () => {
      assert.throws(
        () => new VCenterClient(connection, options),
        (error) => error instanceof VCenterError && error.kind === "invalidArgument",
      );
    });
  }

  it("refuse a user that basic authentication cannot carry", () => {
    assert.throws(() => new VCenterClient({ ...connection, user: "a:b@c" }), /user.*colon/);
  });
});
