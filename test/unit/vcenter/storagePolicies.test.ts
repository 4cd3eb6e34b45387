import assert from "node:assert/strict";
import type { VCenterClient } from "../../../vcenter";
import { soapAnswer, soapFault, type FakeAnswer } from "./support/fakeVCenter";
import { done, refused, withFake } from "./support/harness";

const gold = "0d6e1b1e-9f57-4a43-8f8e-6c1d0f3b2a11";
const vsan = "aa6d5a82-1c88-45da-85d3-3d74b91a5bad";

function policy(id: string, name: string): string {
  return `<returnval xsi:type="PbmCapabilityProfile"><profileId><uniqueId>${id}</uniqueId></profileId><name>${name}</name><description>d</description><profileCategory>REQUIREMENT</profileCategory></returnval>`;
}

/** The answers of a service with two policies. */
const service = {
  PbmRetrieveServiceContent: soapAnswer(
    "PbmRetrieveServiceContent",
    `<returnval><aboutInfo><name>PBM</name></aboutInfo><sessionManager type="PbmSessionManager">SessionManager</sessionManager><profileManager type="PbmProfileProfileManager">ProfileManager</profileManager></returnval>`,
  ),
  PbmQueryProfile: soapAnswer(
    "PbmQueryProfile",
    [vsan, gold].map((id) => `<returnval><uniqueId>${id}</uniqueId></returnval>`).join(""),
  ),
  PbmRetrieveContent: soapAnswer(
    "PbmRetrieveContent",
    policy(vsan, "vSAN Default Storage Policy") + policy(gold, "gold &amp; fast"),
  ),
};
const list = ({ storagePolicies }: VCenterClient) => storagePolicies.list();

describe("storage policies", () => {
  it("are asked for at their own service, with the session in the SOAP header and no cookie", async () => {
    const { value, fake } = await done(service, list);
    assert.deepEqual(value, [
      { id: gold, name: "gold & fast" },
      { id: vsan, name: "vSAN Default Storage Policy" },
    ]);
    const calls = fake.calls.slice(2, -1);
    for (const { path, headers } of calls) {
      assert.deepEqual(
        [path, headers.soapaction, headers.cookie],
        ["/pbm/sdk", "urn:pbm/2.0", undefined],
      );
    }
    const manager = `<_this type="PbmProfileProfileManager">ProfileManager</_this>`;
    const header = `<soapenv:Header><vcSessionCookie>soap-session-id-1</vcSessionCookie></soapenv:Header>`;
    assert.deepEqual(
      calls.map(({ body }) => /<soapenv:Header>.*(?=<\/soapenv:Envelope>)/.exec(body)?.[0]),
      [
        `<PbmRetrieveServiceContent xmlns="urn:pbm"><_this type="PbmServiceInstance">ServiceInstance</_this></PbmRetrieveServiceContent>`,
        `<PbmQueryProfile xmlns="urn:pbm">${manager}<resourceType><resourceType>STORAGE</resourceType></resourceType><profileCategory>REQUIREMENT</profileCategory></PbmQueryProfile>`,
        `<PbmRetrieveContent xmlns="urn:pbm">${manager}<profileIds><uniqueId>${vsan}</uniqueId></profileIds><profileIds><uniqueId>${gold}</uniqueId></profileIds></PbmRetrieveContent>`,
      ].map((call) => `${header}<soapenv:Body>${call}</soapenv:Body>`),
    );
  });

  it("are none when there are none, without asking for their contents", async () => {
    const none = { ...service, PbmQueryProfile: soapAnswer("PbmQueryProfile") };
    const { value, names } = await done(none, list);
    assert.deepEqual(value, []);
    assert.deepEqual(names, ["PbmRetrieveServiceContent", "PbmQueryProfile"]);
  });

  const privilege = "<privilegeId>StorageProfile.View</privilegeId>";
  const privileges = `<missingPrivileges><privilegeIds>StorageProfile.View</privilegeIds></missingPrivileges>`;
  for (const [what, answers, kind, message] of [
    [
      "a missing privilege",
      { PbmQueryProfile: soapFault("NoPermission", "", privilege) },
      "noPermission",
      /^list the storage policies: NoPermission, missing privilege StorageProfile\.View: grant the account StorageProfile\.View on the root folder/,
    ],
    [
      "a missing privilege, as the service itself says it",
      { PbmQueryProfile: soapFault("PbmFaultNoPermission", "", privileges) },
      "noPermission",
      /^list the storage policies: PbmFaultNoPermission, missing privileges StorageProfile\.View: grant the account StorageProfile\.View on the root folder/,
    ],
    [
      "a policy that is removed while they are read",
      {
        PbmRetrieveContent: soapFault(
          "InvalidArgument",
          "",
          "<invalidProperty>profileIds</invalidProperty>",
        ),
      },
      "invalidArgument",
      /property profileIds: run again: a policy was removed/,
    ],
    [
      "a service without a profile manager",
      {
        PbmRetrieveServiceContent: soapAnswer("PbmRetrieveServiceContent", "<returnval/>"),
      },
      "unexpectedAnswer",
      /^list the storage policies: its answer names no profileManager: /,
    ],
  ] as const) {
    it(`fail with an explanation of ${what}`, async () => {
      const { error } = await refused({ ...service, ...answers }, list);
      assert.equal(error.kind, kind);
      assert.match(error.message, message);
    });
  }

  for (const fault of ["NotAuthenticated", "PbmFaultInvalidLogin", "SecurityError"]) {
    it(`are listed after one more login when the session has ended (${fault})`, async () => {
      const { PbmRetrieveContent: content } = service;
      const ended = { ...service, PbmRetrieveContent: [soapFault(fault), content] };
      const { value, fake, body } = await done(ended, list);
      assert.equal(value.length, 2);
      assert.equal(fake.count("Login"), 2);
      assert.match(body("PbmRetrieveContent"), /<vcSessionCookie>soap-session-id-2</);
    });
  }

  it("keep the session out of errors, even when a page repeats the call", async () => {
    await withFake(
      ({ name, body }): FakeAnswer | undefined =>
        name === "PbmRetrieveServiceContent"
          ? { status: 502, body: body.replace(/<[^>]*>/g, " ") }
          : undefined,
      async (client) => {
        await assert.rejects(list(client), ({ message }: Error) => {
          assert.match(message, /\*\*\*/);
          assert.doesNotMatch(message, /soap-session-id/);
          return true;
        });
      },
    );
  });
});
