import assert from "node:assert/strict";
import { VCenterClient, withVCenter, type VCenterError } from "../../../vcenter";
import { list, objectXml, properties } from "./support/answers";
import {
  FakeVCenter,
  restAnswer,
  soapAnswer,
  soapFault,
  type FakeAnswer,
  type Responder,
} from "./support/fakeVCenter";
import {
  answering,
  failure,
  pause,
  quick,
  refused,
  sessionsOnly,
  until,
  withFake,
} from "./support/harness";

const categories = ({ tagging }: VCenterClient) => tagging.categories();
const permissions = ({ authorization }: VCenterClient) => authorization.allPermissions();
const both = (client: VCenterClient) => Promise.all([categories(client), permissions(client)]);

/** Runs a test against a fake that answers these two calls, with a client that is closed in the end. */
function withAnswers(test: (client: VCenterClient, fake: FakeVCenter) => Promise<void>) {
  return withFake(sessionsOnly, async (client, fake) => {
    answering(fake);
    await test(client, fake);
    await client.close();
    assert.equal(fake.sessions.size, 0, "sessions are left");
  });
}

function sessionXml(key: string, userAgent: string): string {
  return `<UserSession><key>${key}</key><userAgent>${userAgent}</userAgent></UserSession>`;
}

/** The empty answer to a call that the fake does not answer itself. */
function soapAnswerTo(name: string): FakeAnswer | undefined {
  return name === "RetrieveServiceContent" ? undefined : soapAnswer(name);
}

describe("vCenter sessions", () => {
  it("need no connection before the first call, and none for closing", async () => {
    await withAnswers(async (client, fake) => {
      await client.close();
      await client.close();
      assert.deepEqual([fake.calls.length, fake.connections], [0, 0]);
    });
  });

  it("are one for each interface and many calls at the same time, and end on closing", async () => {
    await withAnswers(async (client, fake) => {
      await client.about();
      assert.equal(fake.sessionsOpened, 0);
      await permissions(client);
      assert.equal(fake.count("POST session"), 0);
      await Promise.all(Array.from({ length: 10 }, () => both(client)));
      assert.equal(fake.sessions.size, 2);
      await client.close();
      for (const name of ["Login", "POST session", "Logout", "DELETE session"]) {
        assert.equal(fake.count(name), 1, name);
      }
      // Sooner than unused connections end by themselves, which takes four seconds.
      await until(() => fake.connections === 0, 2000);
    });
  });

  it("are opened anew for a call after closing, and end after calls that failed", async () => {
    await withAnswers(async (client, fake) => {
      await categories(client);
      await client.close();
      await failure(client.tagging.tag("unknown"));
      await failure(client.authorization.roles());
      assert.equal(fake.count("POST session"), 2);
      assert.equal(fake.sessions.size, 2);
    });
  });

  it("are waited for when a login is in progress, and ended", async () => {
    await withAnswers(async (client, fake) => {
      const endings = Promise.all([categories(client), permissions(client)].map(failure));
      fake.respond(({ name }) => {
        if (name !== "POST session") return undefined;
        fake.sessions.add("late");
        return { ...restAnswer("late"), delayMilliseconds: 200 };
      });
      await until(() => fake.count("POST session") === 1);
      await client.close();
      for (const error of await endings) assert.equal(error.code, "CLIENT_CLOSED");
    });
  });

  it("are not opened by unfinished work after closing", async () => {
    await withAnswers(async (client, fake) => {
      await categories(client);
      fake.respond(({ name }) => {
        if (name === "GET category") return { ...restAnswer(["a", "b"]), delayMilliseconds: 100 };
        return name === "GET category/id" ? { status: 401, delayMilliseconds: 100 } : undefined;
      });
      const unfinished = failure(categories(client));
      await until(() => fake.count("GET category") === 2);
      await client.close();
      assert.equal((await unfinished).code, "CLIENT_CLOSED");
      await pause(150);
      assert.equal(fake.count("POST session"), 1);
    });
  });

  it("are refused to work that the task of withVCenter left running", async () => {
    await withAnswers(async (_, fake) => {
      let leftOver: Promise<VCenterError> | undefined;
      const original = new Error("the task's own");
      const outcome = withVCenter(fake.connection(), quick, async (client) => {
        leftOver = failure(
          categories(client)
            .then(() => pause(100))
            .then(() => categories(client)),
        );
        await permissions(client);
        throw original;
      });
      await assert.rejects(outcome, (error) => error === original);
      assert.equal((await leftOver)?.code, "CLIENT_CLOSED");
    });
  });

  it("that cannot be ended neither mask the task's error nor go unreported", async () => {
    const fake = await FakeVCenter.start();
    answering(fake);
    const reported: string[] = [];
    const options = { ...quick, onLeftSessions: (sentence: string) => reported.push(sentence) };
    const original = new Error("the task's own");
    const outcome = withVCenter(fake.connection(), options, async (client) => {
      await both(client);
      fake.respond(({ name }) => {
        if (name === "Logout") return soapFault("RuntimeFault", "broken");
        return name === "DELETE session" ? { status: 500, body: "broken" } : undefined;
      });
      throw original;
    });
    await assert.rejects(outcome, (error) => error === original);
    const { server, user } = fake.connection();
    assert.deepEqual(reported, [
      `${server}: 2 sessions of ${user} may still be open (log out: RuntimeFault, broken; log out of tagging: HTTP 500, ` +
        '"broken"): vCenter ends them after 30 idle minutes; to end them sooner, terminate the sessions whose user agent ' +
        "begins with deckhouse-vsphere/0.2.0 (vSphere Client: the vCenter, Monitor, Sessions) while no other run is in progress",
    ]);
    await fake.stop();
  });

  for (const [what, listed, ended, reports] of [
    ["are found in vCenter's list by their user agent and ended", ["known", "lost"], ["lost"], 0],
    ["are not ended when none is in the list", ["known"], [], 0],
    ["are reported when the list may not be read", undefined, [], 1],
  ] as const) {
    it(`whose login got no answer ${what}`, async () => {
      const reported: string[] = [];
      const responder: Responder = ({ name, headers, body }, count) => {
        const cookie = { "set-cookie": 'vmware_soap_session="s"; Path=/' };
        if (name === "Login") {
          userAgent = headers["user-agent"] ?? "";
          const answer = soapAnswer(name, "<returnval><key>known</key></returnval>");
          return count === 1 ? { drop: true } : { ...answer, headers: cookie };
        }
        if (name !== "RetrieveProperties") return soapAnswerTo(name);
        assert.match(body, /<pathSet>sessionList<\/pathSet>/);
        const sessions = ["", ...(listed ?? [])].map((key) => sessionXml(key, userAgent));
        const sessionList = list("UserSession", ...sessions, sessionXml("other", "x"));
        const values: Record<string, string> = listed === undefined ? {} : { sessionList };
        return properties(objectXml("SessionManager", "SessionManager", values));
      };
      let userAgent = "";
      const onLeftSessions = (sentence: string): number => reported.push(sentence);
      await withFake(
        responder,
        async (client, fake) => {
          await permissions(client);
          await client.close();
          const bodies = fake.calls.filter(({ name }) => name === "TerminateSession");
          assert.deepEqual(
            bodies.flatMap(({ body }) =>
              [...body.matchAll(/<sessionId>(.*?)</g)].map(([, key]) => key),
            ),
            ended,
          );
          assert.equal(bodies.length, ended.length);
          assert.equal(reported.length, reports);
        },
        { ...quick, onLeftSessions },
      );
    });
  }

  it("that end in the middle are opened again once for all calls, which are repeated", async () => {
    await withAnswers(async (client, fake) => {
      await both(client);
      fake.sessions.clear();
      await Promise.all(Array.from({ length: 6 }, () => both(client)));
      assert.deepEqual([fake.count("POST session"), fake.count("Login")], [2, 2]);
    });
  });

  it("that are refused when fresh are given up, and ended all the same", async () => {
    await withAnswers(async (client, fake) => {
      fake.respond(({ name }) => {
        if (name === "GET category") return { status: 401 };
        return name === "RetrieveAllPermissions" ? soapFault("NotAuthenticated") : undefined;
      });
      for (const call of [categories, permissions]) {
        assert.equal((await failure(call(client))).kind, "unauthenticated");
      }
      assert.deepEqual([fake.count("GET category"), fake.count("RetrieveAllPermissions")], [2, 2]);
      assert.equal(fake.sessionsOpened, 4);
    });
  });
});

describe("vCenter credentials", () => {
  for (const [what, first] of [
    ["by SOAP", permissions],
    ["for tagging", categories],
    ["by both at the same time", both],
  ] as const) {
    it(`that are wrong are tried exactly once, ${what} first`, async () => {
      const fake = await FakeVCenter.start();
      const client = new VCenterClient(fake.connection({ password: "wrong" }), quick);
      const errors = [await failure(first(client))];
      for (const call of [permissions, categories]) errors.push(await failure(call(client)));
      await client.close();
      errors.push(await failure(categories(client)));
      assert.equal(fake.count("Login") + fake.count("POST session"), 1);
      for (const error of errors) assert.equal(error, errors[0]);
      assert.equal(errors[0]?.kind, "invalidLogin");
      assert.match(errors[0].remedy, /check the user.*password/);
      await client.close();
      await fake.stop();
    });
  }

  for (const [what, answer, kind] of [
    ["a bare 401", { status: 401, body: "<html>no</html>" }, "invalidLogin"],
    ["an expired password", soapFault("PasswordExpired"), "invalidLogin"],
    ["a user who may not log in at all", soapFault("NoPermission", "no access"), "noPermission"],
  ] as const) {
    it(`are not tried again after ${what}`, async () => {
      const { error, fake } = await refused({ Login: answer }, async (client) => {
        await failure(permissions(client));
        await permissions(client);
      });
      assert.deepEqual([error.kind, fake.count("Login")], [kind, 1]);
    });
  }

  it("are not tried again when they were refused in the middle", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await categories(client);
      fake.sessions.clear();
      fake.respond(({ name }) => (name === "POST session" ? { status: 401 } : undefined));
      for (let i = 0; i < 3; i++) {
        assert.equal((await failure(categories(client))).kind, "invalidLogin");
      }
      assert.equal(fake.count("POST session"), 2);
    });
  });

  it("are tried again after a login that failed for another reason", async () => {
    await withFake(
      ({ name }) => (name === "Login" ? soapFault("RuntimeFault", "broken") : undefined),
      async (client, fake) => {
        assert.equal((await failure(permissions(client))).kind, "unexpectedAnswer");
        answering(fake);
        await permissions(client);
        assert.equal(fake.count("Login"), 2);
      },
    );
  });

  for (const [call, login, answer, message] of [
    [permissions, "Login", soapAnswer("Login", "<returnval/>"), /without the cookie/],
    [categories, "POST session", restAnswer(""), /without a session id/],
  ] as const) {
    it(`open no session without something to end it by (${login})`, async () => {
      const { error } = await refused({ [login]: answer }, call);
      assert.match(error.message, message);
    });
  }

  it("are tried until the attempts are used up when there are too many sessions", async () => {
    const limit = soapFault("x", "failedToLoginMaxUserSessionCountReached");
    const busy = {
      status: 503,
      body: '{"type":"x.service_unavailable","value":{"messages":[{"id":"MaxUserSessionCountReached"}]}}',
    };
    const { error, fake } = await refused({ "POST session": busy }, categories);
    assert.deepEqual([error.kind, fake.count("POST session")], ["tooManySessions", 4]);
    assert.match(error.message, /MaxUserSessionCountReached/);
    const soap = await refused({ Login: limit }, permissions);
    assert.equal(soap.error.kind, "tooManySessions");
  });
});
