import assert from "node:assert/strict";
import { createServer } from "node:net";
import { VCenterClient } from "../../../vcenter";
import { FakeVCenter, restAnswer, soapAnswer, type FakeAnswer } from "./support/fakeVCenter";
import { failure, quick, withFake } from "./support/harness";

/** Fails a call some times, then answers it. */
function failing(name: string, times: number, how: FakeAnswer) {
  return (call: { readonly name: string }, count: number): FakeAnswer | undefined => {
    if (call.name !== name) return undefined;
    if (count <= times) return how;
    return name.startsWith("GET") ? restAnswer([]) : soapAnswer(name);
  };
}

describe("vCenter calls that fail for a moment", function () {
  this.timeout(20_000);

  const passing: [string, FakeAnswer][] = [
    ["429", { status: 429 }],
    ["502", { status: 502, body: "<html>Bad gateway</html>" }],
    ["503", { status: 503, body: "<html><body>503 Service Unavailable</body></html>" }],
    ["504", { status: 504 }],
    ["a dropped connection", { drop: true }],
  ];
  for (const [what, how] of passing) {
    it(`repeats after ${what}, by REST and by SOAP`, async () => {
      for (const name of ["GET category", "RetrieveAllPermissions"]) {
        await withFake(failing(name, 3, how), async (client, fake) => {
          if (name === "GET category") await client.tagging.categories();
          else await client.authorization.allPermissions();
          assert.equal(fake.count(name), 4);
        });
      }
    });
  }

  it("gives up after the given number of attempts", async () => {
    await withFake(
      failing("GET category", 9, { status: 503 }),
      async (client, fake) => {
        const error = await failure(client.tagging.categories());
        assert.equal(error.kind, "unavailable");
        assert.match(error.message, /HTTP 503 after 2 attempts/);
        assert.equal(fake.count("GET category"), 2);
      },
      { ...quick, attempts: 2 },
    );
    await withFake(failing("GET category", 9, { drop: true }), async (client, fake) => {
      const error = await failure(client.tagging.categories());
      assert.equal(error.kind, "unreachable");
      assert.match(error.message, /4 attempts/);
      assert.equal(fake.count("GET category"), 4);
    });
  });

  it("does not repeat after other answers", async () => {
    for (const status of [400, 403, 404, 500]) {
      await withFake(failing("GET category", 9, { status }), async (client, fake) => {
        await failure(client.tagging.categories());
        assert.equal(fake.count("GET category"), 1);
      });
    }
  });

  it("repeats changes as well, they give the same result when made twice", async () => {
    const attach = "attach-tag-to-multiple-objects";
    await withFake(
      ({ name }, count) => {
        if (name === attach) return count < 3 ? { drop: true } : restAnswer({ success: true });
        if (name === "SetEntityPermissions") return count < 3 ? { status: 503 } : soapAnswer(name);
        return undefined;
      },
      async (client, fake) => {
        const object = { type: "Datastore", id: "datastore-1" };
        await client.tagging.attach("tag-1", [object]);
        const rule = { principal: "A\\b", group: false, roleId: 1, propagate: true };
        await client.authorization.setPermission(object, rule);
        assert.equal(fake.count(attach), 3);
        assert.equal(fake.count("SetEntityPermissions"), 3);
      },
    );
  });

  it("waits as long as Retry-After says", async () => {
    const busy = { status: 429, headers: { "retry-after": "1" } };
    await withFake(failing("GET category", 1, busy), async (client) => {
      const start = performance.now();
      await client.tagging.categories();
      const waited = performance.now() - start;
      assert.ok(waited >= 990, `waited ${waited} ms`);
    });
  });

  it("does not wait for a Retry-After beyond the time limit", async () => {
    const busy = { status: 503, headers: { "retry-after": "3600" } };
    await withFake(failing("GET category", 1, busy), async (client, fake) => {
      assert.equal((await failure(client.tagging.categories())).kind, "unavailable");
      assert.equal(fake.count("GET category"), 1);
    });
  });

  it("repeats a login after 503 and a dropped connection", async () => {
    for (const how of [{ status: 503 }, { drop: true }]) {
      for (const login of ["POST session", "Login"]) {
        await withFake(
          (call, count) => (call.name === login && count === 1 ? how : undefined),
          async (client, fake) => {
            await failure(
              login === "Login" ? client.authorization.roles() : client.tagging.tag("x"),
            );
            assert.equal(fake.count(login), 2);
            assert.equal(fake.sessionsOpened, 1);
          },
        );
      }
    }
  });

  it("does not repeat a login whose answer is late: it may have opened a session", async () => {
    await withFake(
      ({ name }) => (name === "POST session" ? { delayMilliseconds: 1500 } : undefined),
      async (client, fake) => {
        assert.equal((await failure(client.tagging.categories())).kind, "timeout");
        assert.equal(fake.count("POST session"), 1);
      },
      { ...quick, timeoutMilliseconds: 500 },
    );
  });
});

describe("vCenter calls that take too long", function () {
  this.timeout(20_000);

  for (const [what, how] of [
    ["no answer comes", { delayMilliseconds: 2000 }],
    ["the answer stops half-way", { stall: true, ...restAnswer(["a", "b"]) }],
  ] as const) {
    it(`are broken off when ${what}, and repeated`, async () => {
      await withFake(
        failing("GET category", 1, how),
        async (client, fake) => {
          assert.deepEqual(await client.tagging.categories(), []);
          assert.equal(fake.count("GET category"), 2);
        },
        { ...quick, timeoutMilliseconds: 500 },
      );
    });
  }

  it("end in an error that tells the limit", async () => {
    await withFake(
      failing("GET category", 9, { delayMilliseconds: 2000 }),
      async (client) => {
        const error = await failure(client.tagging.categories());
        assert.equal(error.kind, "timeout");
        assert.match(error.message, /^list the tag categories: .*within 400 ms \(2 attempts\)/);
      },
      { ...quick, timeoutMilliseconds: 400, attempts: 2 },
    );
  });

  it("do not count the time a call waits for its turn", async () => {
    await withFake(
      ({ name }) => {
        if (name === "list-tags-for-category") {
          return restAnswer(Array.from({ length: 12 }, (_, index) => `tag-${index}`));
        }
        if (name !== "GET tag/id") return undefined;
        const tag = { id: "tag-1", name: "a", description: "", category_id: "c" };
        return { ...restAnswer(tag), delayMilliseconds: 100 };
      },
      async (client) => {
        assert.equal((await client.tagging.tags("c")).length, 12);
      },
      { ...quick, timeoutMilliseconds: 800, maximumConcurrentCalls: 1, attempts: 1 },
    );
  });
});

describe("vCenter calls at the same time", function () {
  this.timeout(20_000);

  for (const cap of [1, 3, 6]) {
    it(`are never more than ${cap} when that is the cap`, async () => {
      await withFake(
        ({ name }) => {
          if (name === "list-tags-for-category") {
            return restAnswer(Array.from({ length: 30 }, (_, index) => `tag-${index}`));
          }
          if (name !== "GET tag/id") return undefined;
          return { ...restAnswer({ id: "t", name: "a" }), delayMilliseconds: 10 };
        },
        async (client, fake) => {
          await client.tagging.tags("c");
          assert.equal(fake.mostConcurrentCalls, cap);
          assert.ok(fake.connections <= cap, `${fake.connections} connections`);
        },
        { ...quick, maximumConcurrentCalls: cap },
      );
    });
  }

  it("are six unless told otherwise", async () => {
    await withFake(
      ({ name }) => {
        if (name === "GET category")
          return restAnswer(Array.from({ length: 30 }, (_, i) => `${i}`));
        if (name !== "GET category/id") return undefined;
        return { status: 404, delayMilliseconds: 10 };
      },
      async (client, fake) => {
        await client.tagging.categories();
        assert.equal(fake.mostConcurrentCalls, 6);
      },
      {},
    );
  });
});

describe("a vCenter that is not there", function () {
  this.timeout(20_000);

  it("is told at once when the first connection is refused", async () => {
    const port = await unusedPort();
    const connection = { server: `127.0.0.1:${port}`, user: "a@b", password: "c", insecure: true };
    const client = new VCenterClient(connection, { backoffMilliseconds: 60_000 });
    const error = await failure(client.about());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, new RegExp(`127.0.0.1:${port}, the connection is refused`));
    await client.close();
  });

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

  it("is told when its name is unknown", async () => {
    const connection = { server: "vcenter.invalid", user: "a@b", password: "c", insecure: true };
    const client = new VCenterClient(connection, quick);
    const error = await failure(client.about());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /vcenter\.invalid/);
    await client.close();
  });
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
