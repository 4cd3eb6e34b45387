import assert from "node:assert/strict";
import { faultKind, readFault, readLocalizedFault } from "../../../vcenter/soapFaults";
import { parseXml, type XmlElement } from "../../../vcenter/xml";
import { soapFault, type FakeAnswer } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";

function fault(content: string): XmlElement {
  const element = parseXml(`<f:Fault xmlns:f="x">${content}</f:Fault>`).localChild("Fault");
  assert.ok(element);
  return element;
}

describe("SOAP faults", function () {
  this.timeout(20_000);

  for (const [what, content, name, text] of [
    [
      "of vCenter",
      `<faultcode>ServerFaultCode</faultcode><faultstring>Permission was denied.</faultstring><detail><NoPermissionFault xmlns="urn:vim25" xsi:type="NoPermission"><object type="Folder">group-d1</object><privilegeId>System.View</privilegeId></NoPermissionFault></detail>`,
      "NoPermission",
      "NoPermission, Permission was denied., missing privilege System.View, on Folder:group-d1",
    ],
    [
      "with several missing privileges, as of 7.0 U3",
      `<faultstring></faultstring><detail><NoPermissionFault xsi:type="NoPermission"><missingPrivileges><entity type="Folder">group-d1</entity><privilegeIds>A.a</privilegeIds><privilegeIds>B.b</privilegeIds></missingPrivileges></NoPermissionFault></detail>`,
      "NoPermission",
      "NoPermission, missing privileges A.a B.b",
    ],
    [
      "of the simulator",
      `<faultcode>ServerFaultCode</faultcode><faultstring></faultstring><detail><Fault xmlns:_XMLSchema-instance="y" xsi:type="vim25:NotFound"></Fault></detail>`,
      "NotFound",
      "NotFound",
    ],
    [
      "named by their element alone",
      `<faultstring/><detail><InvalidLoginFault/></detail>`,
      "InvalidLogin",
      "InvalidLogin",
    ],
    [
      "about an argument",
      `<faultstring>A specified parameter was not correct.</faultstring><detail><InvalidArgumentFault xsi:type="InvalidArgument"><invalidProperty>privIds</invalidProperty></InvalidArgumentFault></detail>`,
      "InvalidArgument",
      "InvalidArgument, A specified parameter was not correct., property privIds",
    ],
    ["with a text only", `<faultstring>it broke</faultstring>`, "", "it broke"],
    ["with nothing", ``, "", "a fault without a name or text"],
  ] as const) {
    it(`${what} are read`, () => {
      assert.deepEqual(readFault(fault(content)), { name, text });
    });
  }

  for (const [what, content, name, text] of [
    [
      "with words and details",
      `<fault xsi:type="InvalidPowerState"><requestedState>poweredOff</requestedState><existingState>poweredOn</existingState></fault><localizedMessage>The attempt failed.</localizedMessage>`,
      "InvalidPowerState",
      "InvalidPowerState, The attempt failed., state poweredOn",
    ],
    [
      "about a datastore",
      `<fault xsi:type="vim25:NoDiskSpace"><datastore>x1_lun_1</datastore></fault>`,
      "NoDiskSpace",
      "NoDiskSpace, datastore x1_lun_1",
    ],
    ["with nothing", ``, "", "a fault without a name or text"],
  ] as const) {
    it(`of tasks ${what} are read`, () => {
      assert.deepEqual(readLocalizedFault(fault(content)), { name, text });
    });
  }

  it("have kinds", () => {
    assert.equal(faultKind({ name: "RequestCanceled", text: "" }), "cancelled");
    assert.equal(faultKind({ name: "InvalidPowerState", text: "" }), "resourceInUse");
    assert.equal(faultKind({ name: "TaskInProgress", text: "" }), "resourceInUse");
    assert.equal(faultKind({ name: "InvalidLogin", text: "" }), "invalidLogin");
    assert.equal(faultKind({ name: "toString", text: "" }), "unexpectedAnswer");
    assert.equal(faultKind({ name: "", text: "too many sessions" }), "tooManySessions");
    assert.equal(
      faultKind({ name: "", text: "failedToLoginMaxUserSessionCountReached" }),
      "tooManySessions",
    );
    assert.equal(
      faultKind({ name: "NotAuthenticated", text: "The session is not authenticated." }),
      "unauthenticated",
    );
  });
});

describe("SOAP answers that are no answers", function () {
  this.timeout(20_000);

  for (const [what, answer, kind] of [
    [
      "a proxy's page",
      { status: 200, body: "<html><body>hello</body></html>" },
      "unexpectedAnswer",
    ],
    [
      "a page with a document type",
      { status: 200, body: "<!DOCTYPE html><html></html>" },
      "unexpectedAnswer",
    ],
    ["plain text", { status: 404, body: "404 page not found" }, "unexpectedAnswer"],
    ["an empty body", { status: 200, body: "" }, "unexpectedAnswer"],
    [
      "half an envelope",
      { status: 200, body: "<soapenv:Envelope><soapenv:Body>" },
      "unexpectedAnswer",
    ],
    ["a busy page", { status: 503, body: "<html>busy</html>" }, "unavailable"],
    ["a refusal of a proxy", { status: 403, body: "<html>no</html>" }, "noPermission"],
    ["an empty fault", { ...soapFault(""), status: 500 }, "unexpectedAnswer"],
  ] as const satisfies readonly (readonly [string, FakeAnswer, string])[]) {
    it(`${what} gives an error that can be read`, async () => {
      await withFake(
        ({ name }) => (name === "RetrieveAllPermissions" ? answer : undefined),
        async (client) => {
          const error = await failure(client.authorization.allPermissions());
          assert.equal(error.kind, kind);
          assert.match(error.message, /^read all permissions: [^:\n<>]+: [^\n<>]+$/);
        },
      );
    });
  }
});
