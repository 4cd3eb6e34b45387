import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { VCenterClient, VCenterError, type VCenterClientOptions } from "../../../vcenter";
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
    ...["", "a b", "https://vcenter", "vcenter/sdk", "vcenter/", "vcenter?a", "vcenter#a"],
    ...["vcenter:port", "user@vcenter"],
    ...["user:hidden@vcenter", "user:hid den@vcenter", "https://u:hidden@v", ":hidden@v"],
  ]) {
    it(`cannot be "${server}", and shows no password that was written into it`, () => {
      assert.throws(
        () => new VCenterClient({ ...connection, server }),
        (error) =>
          error instanceof VCenterError &&
          error.object === "server" &&
          !inspect(error, { showHidden: true, depth: null }).includes("hid"),
      );
    });
  }
});

describe("the settings of a client", () => {
  it("have the documented defaults", () => {
    const file = readFileSync(join(__dirname, "../../../package.json"), "utf8");
    const { version } = JSON.parse(file) as { version: string };
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

  const faulty: readonly (readonly [VCenterClientOptions & { user?: string }, RegExp])[] = [
    [{ attempts: 0 }, /\(attempts\): 0 is not a whole number of at least 1/],
    [{ maximumConcurrentCalls: 1.5 }, /\(maximumConcurrentCalls\): 1.5 is not/],
    [{ timeoutMilliseconds: -1 }, /\(timeoutMilliseconds\): -1 is not/],
    [
      { backoffMilliseconds: -1 },
      /\(backoffMilliseconds\): -1 is not a whole number of at least 0/,
    ],
    [{ user: "a:b@c" }, /\(user\): it contains a colon/],
  ];
  for (const [settings, message] of faulty) {
    it(`cannot be ${JSON.stringify(settings)}`, () => {
      assert.throws(() => new VCenterClient({ ...connection, ...settings }, settings), {
        kind: "invalidArgument",
        message,
      });
    });
  }

  it("may do without a wait between attempts", () => {
    assert.equal(resolveOptions({ backoffMilliseconds: 0 }).backoffMilliseconds, 0);
  });
});
