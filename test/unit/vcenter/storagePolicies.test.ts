import assert from "node:assert/strict";
import { soapAnswer, soapFault, type FakeAnswer, type SeenCall } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";

const gold = "0d6e1b1e-9f57-4a43-8f8e-6c1d0f3b2a11";
const vsan = "aa6d5a82-1c88-45da-85d3-3d74b91a5bad";

const content = `<returnval><aboutInfo><name>PBM</name></aboutInfo><sessionManager type="PbmSessionManager">SessionManager</sessionManager><profileManager type="PbmProfileProfileManager">ProfileManager</profileManager></returnval>`;

function ids(...uniqueIds: readonly string[]): string {
  return uniqueIds.map((id) => `<returnval><uniqueId>${id}</uniqueId></returnval>`).join("");
}

function policy(id: string, name: string): string {
  return `<returnval xsi:type="PbmCapabilityProfile"><profileId><uniqueId>${id}</uniqueId></profileId><name>${name}</name><description>d</description><profileCategory>REQUIREMENT</profileCategory></returnval>`;
}

/** A service with two policies, and what is told otherwise. Each answer comes only to a call with a session. */
function service(
  changes: Readonly<Record<string, (call: SeenCall, count: number) => FakeAnswer | undefined>> = {},
): Parameters<typeof withFake>[0] {
  const usual: Readonly<Record<string, string>> = {
    PbmRetrieveServiceContent: content,
    PbmQueryProfile: ids(vsan, gold),
    PbmRetrieveContent:
      policy(vsan, "vSAN Default Storage Policy") + policy(gold, "gold &amp; fast"),
  };
  return (call, count) => {
    const changed = changes[call.name]?.(call, count);
    const isInSession = call.body.includes("<vcSessionCookie>soap-session-id-");
    const values = isInSession ? usual[call.name] : undefined;
    return changed ?? (values === undefined ? undefined : soapAnswer(call.name, values));
  };
}

describe("storage policies", function () {
  this.timeout(20_000);

  it("are listed by name in three calls", async () => {
    await withFake(service(), async (client, fake) => {
      assert.deepEqual(await client.storagePolicies.list(), [
        { id: gold, name: "gold & fast" },
        { id: vsan, name: "vSAN Default Storage Policy" },
      ]);
      assert.deepEqual(
        fake.calls.map(({ name }) => name),
        [
          ...["RetrieveServiceContent", "Login"],
          ...["PbmRetrieveServiceContent", "PbmQueryProfile", "PbmRetrieveContent"],
        ],
      );
      const bodies = fake.calls
        .slice(2)
        .map(({ body }) => /<soapenv:Body>(.*)<\/soapenv:Body>/.exec(body)?.[1]);
      const manager = `<_this type="PbmProfileProfileManager">ProfileManager</_this>`;
      assert.deepEqual(bodies, [
        `<PbmRetrieveServiceContent xmlns="urn:pbm"><_this type="PbmServiceInstance">ServiceInstance</_this></PbmRetrieveServiceContent>`,
        `<PbmQueryProfile xmlns="urn:pbm">${manager}<resourceType><resourceType>STORAGE</resourceType></resourceType><profileCategory>REQUIREMENT</profileCategory></PbmQueryProfile>`,
        `<PbmRetrieveContent xmlns="urn:pbm">${manager}<profileIds><uniqueId>${vsan}</uniqueId></profileIds><profileIds><uniqueId>${gold}</uniqueId></profileIds></PbmRetrieveContent>`,
      ]);
    });
  });

  it("are asked for at their own service, with the session in the SOAP header and no cookie", async () => {
    await withFake(service(), async (client, fake) => {
      await client.storagePolicies.list();
      for (const { path, headers, body } of fake.calls.slice(2)) {
        assert.equal(path, "/pbm/sdk");
        assert.equal(headers.soapaction, "urn:pbm/2.0");
        assert.equal(headers.cookie, undefined);
        assert.match(
          body,
          /<soapenv:Header><vcSessionCookie>soap-session-id-1<\/vcSessionCookie><\/soapenv:Header><soapenv:Body>/,
        );
      }
    });
  });

  it("share the session with all else, and leave none behind", async () => {
    await withFake(service(), async (client, fake) => {
      fake.respond((call, count) =>
        call.name === "RetrieveAllPermissions" ? soapAnswer(call.name) : service()(call, count),
      );
      await Promise.all([client.storagePolicies.list(), client.authorization.allPermissions()]);
      await client.close();
      assert.equal(fake.count("Login"), 1);
      assert.equal(fake.count("Logout"), 1);
      assert.equal(fake.sessions.size, 0);
    });
  });

  it("are none when there are none, without asking for their contents", async () => {
    const responder = service({ PbmQueryProfile: ({ name }) => soapAnswer(name) });
    await withFake(responder, async (client, fake) => {
      assert.deepEqual(await client.storagePolicies.list(), []);
      assert.equal(fake.count("PbmRetrieveContent"), 0);
    });
  });

  const refusals: readonly (readonly [fault: string, details: string])[] = [
    [
      "NoPermission",
      `<object type="Folder">group-d1</object><privilegeId>StorageProfile.View</privilegeId>`,
    ],
    [
      "PbmFaultNoPermission",
      `<missingPrivileges><privilegeIds>StorageProfile.View</privilegeIds></missingPrivileges>`,
    ],
  ];
  for (const [fault, details] of refusals) {
    it(`tell which privilege is missing and where to grant it (${fault})`, async () => {
      const responder = service({ PbmQueryProfile: () => soapFault(fault, "", details) });
      await withFake(responder, async (client) => {
        const error = await failure(client.storagePolicies.list());
        assert.equal(error.kind, "noPermission");
        assert.match(
          error.message,
          /^list the storage policies: \w+, missing privileges? StorageProfile\.View.*: grant the account StorageProfile\.View on the root folder/,
        );
      });
    });
  }

  for (const fault of ["NotAuthenticated", "PbmFaultInvalidLogin", "SecurityError"]) {
    it(`are listed all the same after one more login when the session has ended (${fault})`, async () => {
      const responder = service({
        PbmRetrieveContent: (_, count) => (count === 1 ? soapFault(fault) : undefined),
      });
      await withFake(responder, async (client, fake) => {
        assert.equal((await client.storagePolicies.list()).length, 2);
        assert.equal(fake.count("Login"), 2);
        assert.match(fake.calls.at(-1)?.body ?? "", /<vcSessionCookie>soap-session-id-2</);
        await client.close();
        assert.equal(fake.sessions.size, 0);
      });
    });
  }

  it("are asked for again when vCenter is busy", async () => {
    const busy = (_: SeenCall, count: number): FakeAnswer | undefined =>
      count === 1 ? { status: 503 } : undefined;
    const names = ["PbmRetrieveServiceContent", "PbmQueryProfile", "PbmRetrieveContent"];
    const responder = service(Object.fromEntries(names.map((name) => [name, busy])));
    await withFake(responder, async (client, fake) => {
      assert.equal((await client.storagePolicies.list()).length, 2);
      assert.deepEqual(
        names.map((name) => fake.count(name)),
        [2, 2, 2],
      );
    });
  });

  it("say what to do when one is removed while they are read", async () => {
    const gone = soapFault("InvalidArgument", "", "<invalidProperty>profileIds</invalidProperty>");
    await withFake(service({ PbmRetrieveContent: () => gone }), async (client) => {
      const error = await failure(client.storagePolicies.list());
      assert.match(error.message, /property profileIds: run again: a policy was removed/);
    });
  });

  it("must come from a service that has a profile manager", async () => {
    const responder = service({
      PbmRetrieveServiceContent: ({ name }) => soapAnswer(name, "<returnval/>"),
    });
    await withFake(responder, async (client) => {
      const error = await failure(client.storagePolicies.list());
      assert.equal(error.kind, "unexpectedAnswer");
      assert.match(
        error.message,
        /^list the storage policies: its answer names no profileManager: /,
      );
    });
  });

  it("keep the session out of errors, also when a page repeats the call", async () => {
    const page = ({ body }: SeenCall): FakeAnswer => ({
      status: 502,
      body: body.replace(/<[^>]*>/g, " "),
    });
    await withFake(service({ PbmQueryProfile: page }), async (client) => {
      const error = await failure(client.storagePolicies.list());
      assert.match(error.message, /\*\*\*/);
      assert.doesNotMatch(error.message, /soap-session-id/);
    });
  });
});
