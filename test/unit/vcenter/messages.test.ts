import assert from "node:assert/strict";
import { faultKind, readFault, readLocalizedFault } from "../../../vcenter/soap/messages";
import { parseXml, type XmlElement } from "../../../vcenter/soap/xml";
import { soapFault } from "./support/fakeVCenter";
import { refused } from "./support/harness";

function fault(content: string): XmlElement {
  const element = parseXml(`<f:Fault xmlns:f="x">${content}</f:Fault>`).localChild("Fault");
  assert.ok(element);
  return element;
}

describe("SOAP faults", () => {
  for (const [what, read, content, name, text] of [
    [
      "of vCenter",
      readFault,
      `<faultcode>ServerFaultCode</faultcode><faultstring>Permission was denied.</faultstring><detail><NoPermissionFault xmlns="urn:vim25" xsi:type="NoPermission"><object type="Folder">group-d1</object><privilegeId>System.View</privilegeId></NoPermissionFault></detail>`,
      "NoPermission",
      "NoPermission, Permission was denied., missing privilege System.View, on Folder:group-d1",
    ],
    [
      "with several missing privileges, as of 7.0 U3",
      readFault,
      `<faultstring></faultstring><detail><NoPermissionFault xsi:type="NoPermission"><missingPrivileges><entity type="Folder">group-d1</entity><privilegeIds>A.a</privilegeIds><privilegeIds>B.b</privilegeIds></missingPrivileges></NoPermissionFault></detail>`,
      "NoPermission",
      "NoPermission, missing privileges A.a B.b",
    ],
    [
      "of the simulator",
      readFault,
      `<faultcode>ServerFaultCode</faultcode><faultstring></faultstring><detail><Fault xmlns:_XMLSchema-instance="y" xsi:type="vim25:NotFound"></Fault></detail>`,
      "NotFound",
      "NotFound",
    ],
    [
      "named by their element alone",
      readFault,
      `<faultstring/><detail><x:InvalidLoginFault/></detail>`,
      "InvalidLogin",
      "InvalidLogin",
    ],
    [
      "about an argument, a name and a principal",
      readFault,
      `<faultstring>Not correct.</faultstring><detail><InvalidArgumentFault xsi:type="InvalidArgument"><invalidProperty>privIds</invalidProperty><name>a</name><principal>b</principal></InvalidArgumentFault></detail>`,
      "InvalidArgument",
      "InvalidArgument, Not correct., property privIds, name a, principal b",
    ],
    ["with a text only", readFault, `<faultstring> it broke </faultstring>`, "", "it broke"],
    ["with nothing", readFault, ``, "", "a fault without a name or text"],
    [
      "of tasks with words and details",
      readLocalizedFault,
      `<fault xsi:type="InvalidPowerState"><requestedState>poweredOff</requestedState><existingState>poweredOn</existingState></fault><localizedMessage>It failed.</localizedMessage>`,
      "InvalidPowerState",
      "InvalidPowerState, It failed., state poweredOn",
    ],
    [
      "of tasks about a datastore",
      readLocalizedFault,
      `<fault xsi:type="vim25:NoDiskSpace"><datastore>x1_lun_1</datastore></fault>`,
      "NoDiskSpace",
      "NoDiskSpace, datastore x1_lun_1",
    ],
    ["of tasks with nothing", readLocalizedFault, ``, "", "a fault without a name or text"],
  ] as const) {
    it(`${what} are read`, () => {
      assert.deepEqual(read(fault(content)), { name, text });
    });
  }

  for (const [name, text, kind] of [
    ["RequestCanceled", "", "cancelled"],
    ["InvalidPowerState", "", "resourceInUse"],
    ["TaskInProgress", "", "resourceInUse"],
    ["InvalidLogin", "", "invalidLogin"],
    ["HostCommunication", "", "unavailable"],
    ["toString", "", "unexpectedAnswer"],
    ["", "too many sessions", "tooManySessions"],
    ["", "failedToLoginMaxUserSessionCountReached", "tooManySessions"],
    ["NotAuthenticated", "The session is not authenticated.", "unauthenticated"],
  ] as const) {
    it(`named "${name}" with the text "${text}" are of the kind ${kind}`, () => {
      assert.equal(faultKind({ name, text }), kind);
    });
  }
});

describe("SOAP answers that are no answers", () => {
  for (const [what, answer, kind] of [
    ["a proxy's page", { body: "<html><body>hello</body></html>" }, "unexpectedAnswer"],
    ["a page with a document type", { body: "<!DOCTYPE html><html></html>" }, "unexpectedAnswer"],
    ["plain text", { status: 404, body: "404 page not found" }, "unexpectedAnswer"],
    ["an empty body", { body: "" }, "unexpectedAnswer"],
    ["half an envelope", { body: "<soapenv:Envelope><soapenv:Body>" }, "unexpectedAnswer"],
    ["a busy page", { status: 503, body: "<html>busy</html>" }, "unavailable"],
    ["a refusal of a proxy", { status: 403, body: "<html>no</html>" }, "noPermission"],
    ["an empty fault", { ...soapFault(""), status: 500 }, "unexpectedAnswer"],
  ] as const) {
    it(`${what} gives an error that can be read`, async () => {
      const { error } = await refused({ RetrieveAllPermissions: answer }, (client) =>
        client.authorization.allPermissions(),
      );
      assert.equal(error.kind, kind);
      assert.match(error.message, /^read all permissions: [^:\n<>]+: [^\n<>]+$/);
    });
  }
});
