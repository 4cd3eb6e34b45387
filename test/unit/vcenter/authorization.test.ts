import assert from "node:assert/strict";
import { list, objectXml, properties } from "./support/answers";
import { soapAnswer, soapFault, type FakeAnswer } from "./support/fakeVCenter";
import { done, refused } from "./support/harness";

const entity = { type: "Datacenter", id: "datacenter-1" };
const rule = { principal: `A&B\\<o'c "x">`, group: false, roleId: 7, propagate: true };
const roleXml = `<AuthorizationRole><roleId>-1</roleId><system>true</system><name>Admin</name><info><label>Administrator</label><summary>All</summary></info><privilege>B.b</privilege><privilege>A.a</privilege></AuthorizationRole><AuthorizationRole><roleId>1937985690</roleId><system>false</system><name>a &amp; b</name></AuthorizationRole>`;

const roleList = "AuthorizationManager: roleList";
const privilegeList = "AuthorizationManager: privilegeList";

function property(name: string, content: string): FakeAnswer {
  const value = list("x", content);
  return properties(objectXml("AuthorizationManager", "AuthorizationManager", { [name]: value }));
}

describe("reading roles and privileges", () => {
  it("gives roles in one call, with the name for a label that is missing", async () => {
    const answers = { [roleList]: property("roleList", roleXml) };
    const { value, names } = await done(answers, ({ authorization }) => authorization.roles());
    assert.deepEqual(value, [
      { id: -1, name: "Admin", label: "Administrator", system: true, privileges: ["A.a", "B.b"] },
      { id: 1937985690, name: "a & b", label: "a & b", system: false, privileges: [] },
    ]);
    assert.deepEqual(names, [roleList]);
  });

  it("finds a role by its name, not by its label", async () => {
    const answers = { [roleList]: property("roleList", roleXml) };
    const { value } = await done(answers, ({ authorization }) =>
      Promise.all(["a & b", "Administrator"].map((name) => authorization.findRole(name))),
    );
    assert.deepEqual(
      value.map((role) => role?.id),
      [1937985690, undefined],
    );
  });

  it("gives the ids of privileges, sorted, each once", async () => {
    const items = ["C.c", "A.a", "C.c"].map(
      (id) =>
        `<AuthorizationPrivilege><privId>${id}</privId><name>x</name></AuthorizationPrivilege>`,
    );
    const answers = { [privilegeList]: property("privilegeList", items.join("")) };
    const { value, names } = await done(answers, (client) => client.authorization.privileges());
    assert.deepEqual([value, names], [["A.a", "C.c"], [privilegeList]]);
  });

  it("gives the privileges of the Administrator when vCenter lists none", async () => {
    const answers = {
      [privilegeList]: property("privilegeList", ""),
      [roleList]: property("roleList", roleXml),
    };
    const { value } = await done(answers, (client) => client.authorization.privileges());
    assert.deepEqual(value, ["A.a", "B.b"]);
  });
});

describe("permissions", () => {
  it("are read with their objects; one that vCenter does not name is the one that was asked for", async () => {
    const permission = (entityXml: string): string =>
      `<returnval>${entityXml}<principal>VSPHERE.LOCAL\\backup</principal><group>true</group><roleId>-5</roleId><propagate>false</propagate></returnval>`;
    const values = permission("") + permission(`<entity type="Folder">group-d1</entity>`);
    const answers = {
      RetrieveEntityPermissions: soapAnswer("RetrieveEntityPermissions", values),
      RetrieveAllPermissions: soapAnswer("RetrieveAllPermissions", values),
    };
    const { value, names, body } = await done(answers, async ({ authorization }) => [
      await authorization.permissions({ ...entity, ...{ path: "/X1" } }),
      await authorization.allPermissions(),
    ]);
    const expected = (object: object): object => ({
      entity: object,
      ...{ principal: "VSPHERE.LOCAL\\backup", group: true, roleId: -5, propagate: false },
    });
    const folder = expected({ type: "Folder", id: "group-d1" });
    assert.deepEqual(value, [
      [expected(entity), folder],
      [expected({ type: "", id: "" }), folder],
    ]);
    assert.deepEqual(names, ["RetrieveEntityPermissions", "RetrieveAllPermissions"]);
    assert.match(
      body("RetrieveEntityPermissions"),
      /<entity type="Datacenter">datacenter-1<\/entity><inherited>false<\/inherited>/,
    );
  });

  it("are set one at a time, in the order of the WSDL, escaped", async () => {
    const answers = { SetEntityPermissions: soapAnswer("SetEntityPermissions") };
    const { body } = await done(answers, (client) =>
      client.authorization.setPermission(entity, rule),
    );
    assert.match(
      body("SetEntityPermissions"),
      /<SetEntityPermissions xmlns="urn:vim25"><_this type="AuthorizationManager">AuthorizationManager<\/_this><entity type="Datacenter">datacenter-1<\/entity><permission><principal>A&amp;B\\&lt;o&apos;c &quot;x&quot;&gt;<\/principal><group>false<\/group><roleId>7<\/roleId><propagate>true<\/propagate><\/permission><\/SetEntityPermissions>/,
    );
  });

  for (const [fault, kind, remedy] of [
    ["NoPermission", "noPermission", /ModifyPermissions on the object and on its parent/],
    ["UserNotFound", "notFound", /the object, the role and the user or group exist/],
    ["NotFound", "notFound", /the object, the role and the user or group exist/],
    ["InvalidArgument", "invalidArgument", /use another object/],
    ["AuthMinimumAdminPermission", "resourceInUse", /Administrator/],
    ["SomethingNew", "unexpectedAnswer", /./],
  ] as const) {
    it(`that vCenter refuses with ${fault} are explained`, async () => {
      const { error } = await refused({ SetEntityPermissions: soapFault(fault) }, (client) =>
        client.authorization.setPermission(entity, rule),
      );
      assert.deepEqual([error.kind, error.code], [kind, fault]);
      assert.match(error.remedy, remedy);
      assert.match(error.message, /^grant a permission \(.* on Datacenter:datacenter-1\): /);
    });
  }

  const remove = "RemoveEntityPermission";
  for (const [answer, expected] of [
    [soapAnswer(remove), true],
    [soapFault("NotFound"), false],
    [soapFault("ManagedObjectNotFound"), false],
  ] as const) {
    it(`are removed, or were not there: ${expected}`, async () => {
      const { value, body } = await done({ [remove]: answer }, (client) =>
        client.authorization.removePermission(entity, "A\\b", true),
      );
      assert.equal(value, expected);
      assert.match(body(remove), /<user>A\\b<\/user><isGroup>true<\/isGroup>/);
    });
  }

  for (const [what, answer] of [
    ["another fault", soapFault("NoPermission")],
    ["an unknown user", soapFault("UserNotFound")],
    ["the last administrator", soapFault("AuthMinimumAdminPermission")],
    ["a page that is not there", { status: 404, body: "not found" }],
  ] as const) {
    it(`are not taken for removed after ${what}`, async () => {
      await refused({ [remove]: answer }, (client) =>
        client.authorization.removePermission(entity, "A\\b", false),
      );
    });
  }

  it("cannot be sent with characters that XML cannot carry", async () => {
    const { error, names } = await refused({}, (client) =>
      client.authorization.setPermission(entity, { ...rule, principal: "A\\b\u0000" }),
    );
    assert.equal(error.kind, "invalidArgument");
    assert.deepEqual(names, []);
  });
});
