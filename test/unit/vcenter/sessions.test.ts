import assert from "node:assert/strict";
import { withVCenter, type VCenterError } from "../../../vcenter";
import { FakeVCenter, restAnswer, soapFault } from "./support/fakeVCenter";
import { answering, failure, pause, quick, sessionsOnly, until, withFake } from "./support/harness";

describe("vCenter sessions", function () {
  this.timeout(20_000);

  it("makes no connection before the first call, and none for closing", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      await client.close();
      await client.close();
      assert.equal(fake.calls.length, 0);
      assert.equal(fake.connections, 0);
    });
  });

  it("asks what vCenter it is without logging in", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      const about = await client.about();
      assert.equal(about.version, "8.0.3");
      assert.equal(about.apiVersion, "8.0.3.0");
      assert.equal(about.instanceUuid, "0000-1111");
      assert.deepEqual(
        fake.calls.map((call) => call.name),
        ["RetrieveServiceContent"],
      );
    });
  });

  it("logs in once for many calls at the same time, and out on closing", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await Promise.all([
        ...Array.from({ length: 10 }, () => client.authorization.allPermissions()),
        ...Array.from({ length: 10 }, () => client.tagging.categories()),
      ]);
      assert.equal(fake.count("Login"), 1);
      assert.equal(fake.count("POST session"), 1);
      assert.equal(fake.sessions.size, 2);
      await client.close();
      assert.equal(fake.sessions.size, 0);
      assert.equal(fake.count("Logout"), 1);
      assert.equal(fake.count("DELETE session"), 1);
      // Sooner than unused connections end by themselves, which takes four seconds.
      await until(() => fake.connections === 0, 2000);
    });
  });

  it("logs in for tagging only when it is used", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await client.authorization.allPermissions();
      await client.close();
      assert.equal(fake.count("POST session"), 0);
      assert.equal(fake.count("DELETE session"), 0);
      assert.equal(fake.sessions.size, 0);
    });
  });

  it("opens anew for a call after closing", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await client.tagging.categories();
      await client.close();
      await client.tagging.categories();
      assert.equal(fake.count("POST session"), 2);
      await client.close();
      assert.equal(fake.sessions.size, 0);
    });
  });

  it("waits for a login on its way, to end its session", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      const calls = [client.tagging.categories(), client.authorization.allPermissions()];
      const endings = Promise.all(calls.map((call) => failure(call)));
      fake.respond(({ name }) => {
        if (name !== "POST session") return undefined;
        fake.sessions.add("late");
        return { ...restAnswer("late"), delayMilliseconds: 200 };
      });
      await until(() => fake.count("POST session") === 1);
      await client.close();
      for (const error of await endings) assert.equal(error.code, "CLIENT_CLOSED");
      assert.equal(fake.sessions.size, 0);
    });
  });

  it("lets no unfinished work log in again after closing", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await client.tagging.categories();
      fake.respond((call) => {
        if (call.name === "GET category") {
          return { ...restAnswer(["a", "b", "c"]), delayMilliseconds: 100 };
        }
        return call.name === "GET category/id"
          ? { status: 401, delayMilliseconds: 100 }
          : undefined;
      });
      const unfinished = failure(client.tagging.categories());
      await until(() => fake.count("GET category") === 2);
      await client.close();
      assert.equal((await unfinished).code, "CLIENT_CLOSED");
      await pause(150);
      assert.equal(fake.count("POST session"), 1);
      assert.equal(fake.sessions.size, 0);
    });
  });

  it("withVCenter refuses work that its task left running", async () => {
    const fake = await FakeVCenter.start();
    answering(fake);
    let leftOver: Promise<VCenterError> | undefined;
    const original = new Error("the task's own");
    const outcome = withVCenter(fake.connection(), quick, async (client) => {
      leftOver = failure(
        (async () => {
          await client.tagging.categories();
          await pause(100);
          await client.tagging.categories();
        })(),
      );
      await client.authorization.allPermissions();
      throw original;
    });
    await assert.rejects(outcome, (error) => error === original);
    assert.equal((await leftOver)?.code, "CLIENT_CLOSED");
    assert.equal(fake.sessions.size, 0);
    await fake.stop();
  });

  it("a failed logout neither masks the task's error nor goes unreported", async () => {
    const fake = await FakeVCenter.start();
    answering(fake);
    const reported: string[] = [];
    const options = { ...quick, onLeftSessions: (sentence: string) => reported.push(sentence) };
    const original = new Error("the task's own");
    const outcome = withVCenter(fake.connection(), options, async (client) => {
      await client.tagging.categories();
      await client.authorization.allPermissions();
      fake.respond((call) => {
        if (call.name === "Logout") return soapFault("RuntimeFault", "broken");
        return call.name === "DELETE session" ? { status: 500, body: "broken" } : undefined;
      });
      throw original;
    });
    await assert.rejects(outcome, (error) => error === original);
    const { server, user } = fake.connection();
    assert.deepEqual(reported, [
      `${server}: 2 sessions of ${user} may have stayed open (log out: RuntimeFault, broken; log out of tagging: ` +
        'HTTP 500, "broken"): they end by themselves after 30 idle minutes; to be quicker, end what begins with ' +
        "deckhouse-vsphere/0.1.0 in the list of sessions (vSphere Client: the vCenter, Monitor, Sessions) while no other " +
        "run is at work",
    ]);
    await fake.stop();
  });

  it("repeats a logout that vCenter was too busy for", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await client.tagging.categories();
      await client.authorization.allPermissions();
      fake.respond((call, count) =>
        /Logout|DELETE/.test(call.name) && count === 1 ? { status: 503 } : undefined,
      );
      await client.close();
      assert.equal(fake.sessions.size, 0);
    });
  });

  it("logs out after calls that failed", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      await failure(client.tagging.tag("unknown"));
      await failure(client.authorization.roles());
      assert.equal(fake.sessions.size, 2);
      await client.close();
      assert.equal(fake.sessions.size, 0);
    });
  });
});

describe("vCenter sessions that end in the middle", function () {
  this.timeout(20_000);

  it("logs in again once for all calls, and repeats them", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await client.tagging.categories();
      await client.authorization.allPermissions();
      fake.sessions.clear();
      await Promise.all([
        ...Array.from({ length: 6 }, () => client.tagging.categories()),
        ...Array.from({ length: 6 }, () => client.authorization.allPermissions()),
      ]);
      assert.equal(fake.count("POST session"), 2);
      assert.equal(fake.count("Login"), 2);
    });
  });

  it("gives up when the fresh session is refused as well", async () => {
    await withFake(
      ({ name }) => {
        if (name === "GET category") return { status: 401 };
        return name === "RetrieveAllPermissions" ? soapFault("NotAuthenticated") : undefined;
      },
      async (client, fake) => {
        for (const call of [
          () => client.tagging.categories(),
          () => client.authorization.allPermissions(),
        ]) {
          assert.equal((await failure(call())).kind, "unauthenticated");
        }
        assert.equal(fake.count("GET category"), 2);
        assert.equal(fake.count("RetrieveAllPermissions"), 2);
        assert.equal(fake.sessionsOpened, 4);
        await client.close();
        // The sessions were alive although the calls were refused; none may be left.
        assert.equal(fake.sessions.size, 0);
      },
    );
  });
});
