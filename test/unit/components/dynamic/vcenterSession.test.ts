import assert from "node:assert/strict";

import { settings } from "../../../../configuration/settings";
import type { LiveView } from "../../../../components/dynamic/liveView";
import { VCenterSession } from "../../../../components/dynamic/vcenterSession";
import { setVariable } from "../../../support/environment";
import { thrownBy } from "../../../support/thrownBy";
import {
  FakeVCenter,
  authority,
  password,
  soapAnswer,
  user,
  type FakeAnswer,
  type SeenCall,
} from "../../vcenter/support/fakeVCenter";

/** Waits for something that happens by itself. */
async function waitUntil(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A promise that somebody else fulfils. */
function gate(): { readonly passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

describe("the way to vCenter of the provider process", () => {
  let fake: FakeVCenter;
  let session: VCenterSession;
  let answers: (call: SeenCall) => FakeAnswer | undefined;

  beforeEach(async () => {
    answers = () => undefined;
    fake = await FakeVCenter.start(
      (call) =>
        answers(call) ??
        (call.name === "RetrieveProperties" ? soapAnswer("RetrieveProperties") : undefined),
    );
    session = new VCenterSession();
    configure({});
  });

  afterEach(async () => {
    await session.end();
    await fake.stop();
  });

  function configure(changes: Readonly<Record<string, string>>): void {
    const values: Record<string, string> = {
      "vsphere:vsphereServer": `127.0.0.1:${fake.port}`,
      "vsphere:user": user,
      "vsphere:password": password,
      [settings.caBundle.key]: authority.certificate,
      ...changes,
    };
    session.configure({ get: (key) => values[key] });
  }

  const askRoles = (live: LiveView) => live.roles();
  const changeRoles: Parameters<VCenterSession["change"]>[0] = (client) =>
    client.authorization.roles();

  it("makes no connection before it is needed", async () => {
    await session.read(() => Promise.resolve());
    assert.deepEqual([fake.calls, fake.connections], [[], 0]);
  });

  describe("logs in once for all calls", () => {
    const counts = () => [fake.count("Login"), fake.count("Logout"), fake.sessions.size];

    it("one after the other, also when one fails, and logs out when the process ends", async () => {
      await session.read(askRoles);
      const error = new Error("on purpose");
      const failing = session.change(async (client) => {
        await client.authorization.roles();
        throw error;
      });
      assert.equal(await thrownBy(failing), error);
      await session.changeOneOfMany(changeRoles);
      assert.deepEqual(counts(), [1, 0, 1]);
      await session.end();
      assert.deepEqual(counts(), [1, 1, 0]);
    });

    it("and waits for a slow logout before the process ends", async () => {
      answers = (call) =>
        call.name === "Logout" ? { ...soapAnswer("Logout"), delayMilliseconds: 60 } : undefined;
      await session.read(askRoles);
      const begin = Date.now();
      await session.end();
      assert.ok(Date.now() - begin >= 55, "it ended before it was logged out");
    });

    it("and logs out when none came for some time, and in again for the next", async () => {
      session = new VCenterSession(30);
      configure({});
      await session.read(askRoles);
      await session.change(changeRoles);
      assert.deepEqual(counts(), [1, 0, 1]);
      await waitUntil(() => fake.sessions.size === 0);
      await session.change(changeRoles);
      assert.deepEqual(counts(), [2, 1, 1]);
      await session.end();
    });

    it("and not while one of them still runs, however long that takes", async () => {
      session = new VCenterSession(10);
      configure({});
      const { passed, open } = gate();
      const running = session.change(async (client) => {
        await client.authorization.roles();
        await passed;
      });
      await session.change(changeRoles);
      await new Promise((resolve) => setTimeout(resolve, 40));
      assert.deepEqual(counts(), [1, 0, 1]);
      open();
      await running;
      await session.end();
    });

    it("and comes to rest once the last one has ended, and what it was a part of", async () => {
      const { passed, open } = gate();
      const inTwoParts = session.change(() => passed).then(() => session.change(changeRoles));
      let isAtRest = false;
      const rest = session.end().then(() => session.rest());
      void rest.then(() => (isAtRest = true));
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      assert.equal(isAtRest, false);
      open();
      await inTwoParts;
      assert.equal(isAtRest, false);
      await rest;
      assert.deepEqual(counts(), [1, 1, 0]);
    });

    it("in anew for one that begins while it logs out, which ends with that call", async () => {
      let next: Promise<unknown> | undefined;
      answers = (call) => {
        if (call.name === "Logout") next ??= session.change(changeRoles);
        return undefined;
      };
      await session.change(changeRoles);
      await session.end();
      await next;
      assert.deepEqual(counts(), [2, 2, 0]);
    });
  });

  it("never tries a refused password again, in this call or a later one", async () => {
    configure({ "vsphere:password": "wrong-password-4711" });
    const calls = [session.read(askRoles), session.read(askRoles)];
    const errors = await Promise.all(calls.map(thrownBy));
    errors.push(await thrownBy(session.change(changeRoles)));
    errors.push(await thrownBy(session.change((client) => client.tagging.categories())));
    assert.equal(fake.count("Login") + fake.count("POST session"), 1);
    for (const error of errors) {
      assert.match(
        String(error),
        /the login is not retried, so that the account does not get locked/,
      );
      assert.ok(!String(error).includes("wrong-password-4711"));
    }
  });

  it("names all settings that are missing, and asks nobody", async () => {
    const kept = { ...process.env };
    for (const name of Object.keys(process.env).filter((key) => key.startsWith("VSPHERE_"))) {
      setVariable(name, undefined);
    }
    try {
      configure({ "vsphere:vsphereServer": "", "vsphere:password": "" });
      const { message } = (await thrownBy(session.read(askRoles))) as Error;
      assert.match(message, /^vsphere:vsphereServer: found nothing: /m);
      assert.match(message, /^vsphere:password: found nothing: /m);
      assert.deepEqual(fake.calls, []);
    } finally {
      Object.assign(process.env, kept);
    }
  });

  describe("keeps what was read", () => {
    const now = Date.now;
    let later = 0;

    beforeEach(() => {
      later = 0;
      Date.now = () => now() + later;
    });

    afterEach(() => {
      Date.now = now;
    });

    const rolesAsked = (): number => fake.count("RetrieveProperties");

    it("for the next resources of the same preview, and not for longer than that takes", async () => {
      await session.read(askRoles);
      later = 14_000;
      await session.read(askRoles);
      assert.equal(rolesAsked(), 1);
      assert.equal(fake.count("Login"), 1, "what is known needs no login");
      later = 15_100;
      await session.read(askRoles);
      assert.equal(rolesAsked(), 2);
    });

    it("not when the question failed", async () => {
      answers = (call) => (call.name === "RetrieveProperties" ? { status: 404 } : undefined);
      await thrownBy(session.read(askRoles));
      answers = () => undefined;
      assert.deepEqual(await session.read(askRoles), []);
    });

    it("not beyond a change, whether it succeeds or fails", async () => {
      await session.read(askRoles);
      await session.change(() => Promise.resolve());
      await session.read(askRoles);
      assert.equal(rolesAsked(), 2);
      await thrownBy(session.change(() => Promise.reject(new Error("on purpose"))));
      await session.read(askRoles);
      assert.equal(rolesAsked(), 3);
    });

    it("never for a change, which looks for itself", async () => {
      await session.read(askRoles);
      await session.change((_client, live) => live.roles());
      assert.equal(rolesAsked(), 2);
    });

    it("for one change of many, and not for longer than a few seconds", async () => {
      const change = () => session.changeOneOfMany((_client, live) => live.roles());
      await session.read(askRoles);
      later = 4_900;
      for (const _ of [1, 2]) await change();
      assert.equal(rolesAsked(), 1);
      later = 5_100;
      await change();
      assert.equal(rolesAsked(), 2);
      await session.read(askRoles);
      assert.equal(rolesAsked(), 2, "and what it read anew, all share");
    });

    it("not when it was read while a change was under way", async () => {
      const { passed, open } = gate();
      const change = session.change(async () => passed);
      await session.read(askRoles);
      open();
      await change;
      await session.read(askRoles);
      assert.equal(rolesAsked(), 2);
    });
  });
});
