import assert from "node:assert/strict";
import fc from "fast-check";
import {
  Redaction,
  VCenterClient,
  type VCenterClientOptions,
  type VCenterError,
} from "../../../vcenter";
import { backoffDelay, retryAfterMilliseconds } from "../../../vcenter/http/failures";
import { Transport } from "../../../vcenter/http/transport";
import { resolveOptions } from "../../../vcenter/options";
import { FakeVCenter, restAnswer, soapAnswer, type FakeAnswer } from "./support/fakeVCenter";
import { done, failure, quick, refused, times, until, withFake } from "./support/harness";

const categories = ({ tagging }: VCenterClient) => tagging.categories();
const permissions = ({ authorization }: VCenterClient) => authorization.allPermissions();
const empty = restAnswer([]);

describe("the wait between attempts", () => {
  it("doubles with each attempt", () => {
    assert.deepEqual(
      [1, 2, 3].map((made) => backoffDelay(500, made, 0)),
      [500, 1000, 2000],
    );
  });

  it("is between half and all of that, and never above ten seconds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (base, made, random) => {
          const full = Math.min(base * 2 ** (made - 1), 10_000);
          const delay = backoffDelay(base, made, random);
          assert.ok(delay >= Math.floor(full / 2) && delay <= full);
        },
      ),
    );
  });

  for (const [header, expected] of [
    ["7", 7000],
    [" 7 ", 7000],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
    [undefined, undefined],
  ] as const) {
    it(`is ${expected} for the Retry-After ${JSON.stringify(header)}`, () => {
      const now = Date.parse("2026-01-01T00:00:00Z");
      assert.equal(retryAfterMilliseconds(header, now), expected);
    });
  }
});

describe("vCenter calls that fail for a moment", () => {
  for (const [what, how] of [
    ["429", { status: 429 }],
    ["502", { status: 502, body: "<html>Bad gateway</html>" }],
    ["503", { status: 503, body: "<html><body>503 Service Unavailable</body></html>" }],
    ["504", { status: 504 }],
    ["a dropped connection", { drop: true }],
  ] as const satisfies readonly (readonly [string, FakeAnswer])[]) {
    it(`are repeated after ${what}, by REST and by SOAP, until the attempts are used up`, async () => {
      const rest = await done({ "GET category": [how, how, how, empty] }, categories);
      assert.equal(rest.names.length, 4);
      const answers = [how, how, how, soapAnswer("RetrieveAllPermissions")];
      const soap = await done({ RetrieveAllPermissions: answers }, permissions);
      assert.equal(soap.names.length, 4);
      const options = { ...quick, attempts: 2 };
      const { error, names } = await refused({ "GET category": how }, categories, options);
      assert.match(error.message, /2 attempts/);
      assert.equal(error.kind, "drop" in how ? "unreachable" : "unavailable");
      assert.equal(names.length, 2);
    });
  }

  for (const status of [400, 403, 404, 500]) {
    it(`are not repeated after ${status}`, async () => {
      const { names } = await refused({ "GET category": { status } }, categories);
      assert.equal(names.length, 1);
    });
  }

  it("are repeated even if they change something: made twice, they have the same result", async () => {
    const drop = { drop: true };
    const attach = "attach-tag-to-multiple-objects";
    const answers = {
      [attach]: [drop, drop, restAnswer({ success: true })],
      SetEntityPermissions: [{ status: 503 }, drop, soapAnswer("SetEntityPermissions")],
    };
    const { names } = await done(answers, async ({ tagging, authorization }) => {
      const object = { type: "Datastore", id: "datastore-1" };
      await tagging.attach("tag-1", [object]);
      const rule = { principal: "A\\b", group: false, roleId: 1, propagate: true };
      await authorization.setPermission(object, rule);
    });
    assert.deepEqual([times(names, attach), times(names, "SetEntityPermissions")], [3, 3]);
  });

  it("wait as long as Retry-After says", async () => {
    const busy = { status: 429, headers: { "retry-after": "1" } };
    const start = performance.now();
    await done({ "GET category": [busy, empty] }, categories);
    assert.ok(performance.now() - start >= 990);
  });

  it("do not wait for a Retry-After beyond the time limit", async () => {
    const busy = { status: 503, headers: { "retry-after": "3600" } };
    const { error, names } = await refused({ "GET category": busy }, categories);
    assert.deepEqual([error.kind, names.length], ["unavailable", 1]);
  });

  for (const [login, call] of [
    ["POST session", categories],
    ["Login", permissions],
  ] as const) {
    it(`repeat ${login} after 503 and a dropped connection`, async () => {
      for (const how of [{ status: 503 }, { drop: true }]) {
        await withFake(
          ({ name }, count) => (name === login && count === 1 ? how : undefined),
          async (client, fake) => {
            await failure(call(client));
            assert.deepEqual([fake.count(login), fake.sessionsOpened], [2, 1]);
          },
        );
      }
    });
  }

  it("do not repeat a login whose answer is late: it may have opened a session", async () => {
    const late = { "POST session": { delayMilliseconds: 1500 } };
    const left: string[] = [];
    const onLeftSessions = (sentence: string): number => left.push(sentence);
    const options = { ...quick, timeoutMilliseconds: 500, onLeftSessions };
    const { error, fake } = await refused(late, categories, options);
    assert.deepEqual([error.kind, fake.count("POST session")], ["timeout", 1]);
    assert.match(
      left.join(),
      /a session of .* may still be open \(the answer to a login was lost\)/,
    );
  });
});

describe("vCenter calls that take too long", () => {
  const impatient = { ...quick, timeoutMilliseconds: 400 };

  for (const [what, how] of [
    ["no answer comes", { delayMilliseconds: 2000 }],
    ["the answer stops half-way", { stall: true, ...restAnswer(["a", "b"]) }],
  ] as const) {
    it(`are broken off when ${what}, and repeated`, async () => {
      const { value, names } = await done({ "GET category": [how, empty] }, categories, impatient);
      assert.deepEqual([value, names.length], [[], 2]);
    });
  }

  it("end in an error that tells the limit", async () => {
    const late = { "GET category": { delayMilliseconds: 2000 } };
    const { error } = await refused(late, categories, { ...impatient, attempts: 2 });
    assert.equal(error.kind, "timeout");
    assert.match(error.message, /^list the tag categories: .*within 400 ms \(2 attempts\)/);
  });

  /** Answers to reading some tags, each after a while. */
  const tags = (count: number, delayMilliseconds: number) => ({
    "list-tags-for-category": restAnswer(Array.from({ length: count }, (_, id) => `tag-${id}`)),
    "GET tag/id": { ...restAnswer({ id: "tag-1", name: "a" }), delayMilliseconds },
  });
  const readTags = ({ tagging }: VCenterClient) => tagging.tags("c");

  it("do not count the time a call waits for its turn", async () => {
    const options = { ...quick, timeoutMilliseconds: 800, maximumConcurrentCalls: 1, attempts: 1 };
    assert.equal((await done(tags(12, 100), readTags, options)).value.length, 12);
  });

  for (const [cap, options] of [
    [1, { maximumConcurrentCalls: 1 }],
    [3, { maximumConcurrentCalls: 3 }],
    [6, {}],
  ] as const satisfies readonly (readonly [number, VCenterClientOptions])[]) {
    it(`are never more than ${cap} at the same time, told ${JSON.stringify(options)}`, async () => {
      const { fake } = await done(tags(30, 10), readTags, options);
      assert.equal(fake.mostConcurrentCalls, cap);
      assert.ok(fake.connections <= cap, `${fake.connections} connections`);
    });
  }
});

describe("vCenter calls in progress when the transport is stopped", () => {
  for (const [role, expected] of [
    ["ordinary", "CLIENT_CLOSED"],
    ["once", "CLIENT_CLOSED"],
    ["login", 200],
    ["logout", 200],
  ] as const) {
    it(`end with ${expected} in the role ${role} when they outlast the grace period`, async () => {
      const fake = await FakeVCenter.start(() => ({ ...empty, delayMilliseconds: 300 }));
      const trust = { rejectUnauthorized: false };
      const options = resolveOptions(quick);
      const origin = `https://127.0.0.1:${fake.port}`;
      const transport = new Transport(origin, trust, options, new Redaction());
      const request = { method: "GET", path: "/", headers: {}, role } as const;
      const answer = transport.send(request, { operation: "x" });
      const outcome = answer.then(
        ({ status }) => status,
        (error: unknown) => (error as VCenterError).code,
      );
      await until(() => fake.calls.length === 1);
      await transport.stop(20);
      await transport.destroy();
      assert.equal(await outcome, expected);
      await fake.stop();
    });
  }
});

describe("a vCenter that is not there", () => {
  for (const [what, server, answer] of [
    [
      "the first connection is refused",
      "127.0.0.1:1",
      /no answer from 127\.0\.0\.1:1, the connection is refused$/,
    ],
    ["its name is unknown", "vcenter.invalid", /no answer from vcenter\.invalid/],
  ] as const) {
    it(`is reported at once when ${what}`, async () => {
      const options = { backoffMilliseconds: server === "127.0.0.1:1" ? 60_000 : 1 };
      const connection = { server, user: "a@b", password: "c", insecure: true };
      const client = new VCenterClient(connection, options);
      const error = await failure(client.about());
      assert.equal(error.kind, "unreachable");
      assert.match(error.answer, answer);
      await client.close();
    });
  }

  it("is tried again when it was there before", async () => {
    const fake = await FakeVCenter.start();
    const client = new VCenterClient(fake.connection(), quick);
    await client.about();
    await fake.stop();
    const error = await failure(client.authorization.roles());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /the connection is refused \(4 attempts\)/);
    await client.close();
  });
});
