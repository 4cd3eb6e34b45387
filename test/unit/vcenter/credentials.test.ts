import assert from "node:assert/strict";
import { VCenterClient } from "../../../vcenter";
import { FakeVCenter, restAnswer, soapAnswer, soapFault } from "./support/fakeVCenter";
import { answering, failure, quick, sessionsOnly, withFake } from "./support/harness";

describe("vCenter credentials", function () {
  this.timeout(20_000);

  it("tries a wrong password exactly once, whatever is called", async () => {
    const fake = await FakeVCenter.start();
    const client = new VCenterClient(fake.connection({ password: "wrong" }), quick);
    const calls = [
      () => client.authorization.roles(),
      () => client.tagging.categories(),
      () => client.inventory.read(),
      () => client.tagging.tag("x"),
    ];
    const together = await Promise.all(calls.map((call) => failure(call())));
    for (const call of calls) together.push(await failure(call()));
    await client.close();
    together.push(await failure(client.tagging.categories()));
    assert.equal(fake.count("Login") + fake.count("POST session"), 1);
    for (const error of together) {
      assert.equal(error.kind, "invalidLogin");
      assert.equal(error, together[0]);
      assert.match(error.remedy, /check the user.*password/);
    }
    await client.close();
    await fake.stop();
  });

  it("tries a wrong password exactly once when tagging comes first", async () => {
    const fake = await FakeVCenter.start();
    const client = new VCenterClient(fake.connection({ password: "wrong" }), quick);
    assert.equal((await failure(client.tagging.categories())).kind, "invalidLogin");
    assert.equal((await failure(client.authorization.roles())).kind, "invalidLogin");
    assert.equal(fake.count("Login") + fake.count("POST session"), 1);
    await client.close();
    await fake.stop();
  });

  it("takes a bare 401 for a refusal, by SOAP as well", async () => {
    await withFake(
      ({ name }) => (name === "Login" ? { status: 401, body: "<html>no</html>" } : undefined),
      async (client, fake) => {
        for (let i = 0; i < 2; i++) {
          assert.equal((await failure(client.authorization.roles())).kind, "invalidLogin");
        }
        assert.equal(fake.count("Login"), 1);
      },
    );
  });

  it("opens no session without an id to end it by", async () => {
    await withFake(
      ({ name }) => {
        if (name === "Login") return soapAnswer(name, "<returnval/>");
        return name === "POST session" ? restAnswer("") : undefined;
      },
      async (client) => {
        const soap = await failure(client.authorization.roles());
        assert.match(soap.message, /without the cookie/);
        const rest = await failure(client.tagging.categories());
        assert.match(rest.message, /without a session id/);
      },
    );
  });

  it("does not log in again with a password that was refused in the middle", async () => {
    await withFake(sessionsOnly, async (client, fake) => {
      answering(fake);
      await client.tagging.categories();
      fake.sessions.clear();
      fake.respond(({ name }) => (name === "POST session" ? { status: 401 } : undefined));
      for (let i = 0; i < 3; i++) {
        assert.equal((await failure(client.tagging.categories())).kind, "invalidLogin");
      }
      assert.equal(fake.count("POST session"), 2);
    });
  });

  it("remembers a user who may not log in at all", async () => {
    await withFake(
      ({ name }) => (name === "Login" ? soapFault("NoPermission", "no access") : undefined),
      async (client, fake) => {
        assert.equal((await failure(client.authorization.roles())).kind, "noPermission");
        assert.equal((await failure(client.authorization.roles())).kind, "noPermission");
        assert.equal(fake.count("Login"), 1);
      },
    );
  });

  it("tries again after a login that failed for another reason", async () => {
    await withFake(
      ({ name }, count) =>
        name === "Login" && count === 1 ? soapFault("RuntimeFault", "broken") : undefined,
      async (client, fake) => {
        assert.equal(
          (await failure(client.authorization.allPermissions())).kind,
          "unexpectedAnswer",
        );
        answering(fake);
        await client.authorization.allPermissions();
        assert.equal(fake.count("Login"), 2);
      },
    );
  });

  it("tells of too many sessions", async () => {
    const id = "com.vmware.vapi.endpoint.failedToLoginMaxUserSessionCountReached";
    await withFake(
      ({ name }) =>
        name === "POST session"
          ? {
              status: 503,
              body: JSON.stringify({
                type: "com.vmware.vapi.std.errors.service_unavailable",
                value: { messages: [{ id, default_message: "", args: [] }] },
              }),
            }
          : undefined,
      async (client, fake) => {
        const error = await failure(client.tagging.categories());
        assert.equal(error.kind, "tooManySessions");
        assert.match(error.message, /MaxUserSessionCountReached/);
        assert.equal(fake.count("POST session"), 4);
      },
    );
  });
});
