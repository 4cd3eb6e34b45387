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

  afterEach(() => fake.stop());

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

  it("leaves no session behind when a call returns, however slow the logout is", async () => {
    answers = (call) =>
      call.name === "Logout" ? { ...soapAnswer("Logout"), delayMilliseconds: 60 } : undefined;
    const begin = Date.now();
    await session.read(askRoles);
    assert.ok(Date.now() - begin >= 55, "the call returned before it was logged out");
    assert.deepEqual([fake.count("Login"), fake.count("Logout")], [1, 1]);
  });

  it("leaves no session behind when the call fails, and hands over its error", async () => {
    const error = new Error("on purpose");
    const failing = session.change(async (client) => {
      await client.authorization.roles();
      throw error;
    });
    const thrown = await thrownBy(failing);
    assert.equal(thrown, error);
    assert.deepEqual([fake.sessions.size, fake.count("Logout")], [0, 1]);
  });

  it("shares one login among calls that overlap, and ends it with the last of them", async () => {
    const [first, second] = [gate(), gate()];
    const running = [first, second].map(({ passed }) =>
      session.change(async (client) => {
        await client.authorization.roles();
        await passed;
      }),
    );
    first.open();
    await running[0];
    assert.deepEqual([fake.count("Login"), fake.sessions.size], [1, 1]);
    second.open();
    await running[1];
    assert.deepEqual([fake.count("Login"), fake.sessions.size], [1, 0]);
  });

  it("logs in anew for a call that begins while another one logs out, and leaves nothing behind", async () => {
    let next: Promise<unknown> | undefined;
    answers = (call) => {
      if (call.name === "Logout") next ??= session.change(changeRoles);
      return undefined;
    };
    await session.change(changeRoles);
    await next;
    assert.deepEqual([fake.count("Login"), fake.count("Logout"), fake.sessions.size], [2, 2, 0]);
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

    const view = (): Promise<LiveView> => session.read((live) => Promise.resolve(live));
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
      const first = await view();
      assert.equal(await view(), first);
      await session.change(() => Promise.resolve());
      const second = await view();
      assert.notEqual(second, first);
      await thrownBy(session.change(() => Promise.reject(new Error("on purpose"))));
      assert.notEqual(await view(), second);
    });

    it("never for a change, which looks for itself", async () => {
      await session.read(askRoles);
      await session.change((_client, live) => live.roles());
      assert.equal(rolesAsked(), 2);
    });

    it("not when it was read while a change was under way", async () => {
      const { passed, open } = gate();
      const change = session.change(async () => passed);
      const during = await view();
      open();
      await change;
      assert.notEqual(await view(), during);
    });
  });
});
