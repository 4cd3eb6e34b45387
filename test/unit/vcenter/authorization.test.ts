import assert from "node:assert/strict";
import { soapAnswer, soapFault, type FakeAnswer, type SeenCall } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";

const entity = { type: "Datacenter", id: "datacenter-1" };
const rule = { principal: `A&B\\<o'c "x">`, group: false, roleId: 7, propagate: true };

function answers(table: Readonly<Record<string, FakeAnswer>>) {
  return ({ name }: SeenCall): FakeAnswer | undefined => table[name];
}

const roleXml = `<AuthorizationRole><roleId>-1</roleId><system>true</system><name>Admin</name><info><label>Administrator</label><summary>All</summary></info><privilege>B.b</privilege><privilege>A.a</privilege></AuthorizationRole><AuthorizationRole><roleId>1937985690</roleId><system>false</system><name>a &amp; b</name></AuthorizationRole>`;

function property(name: string, content: string): FakeAnswer {
  return soapAnswer(
    "RetrieveProperties",
    `<returnval><obj type="AuthorizationManager">AuthorizationManager</obj><propSet><name>${name}</name><val xsi:type="Array">${content}</val></propSet></returnval>`,
  );
}

/** Answers RetrieveProperties by the property that is asked for. */
function properties(table: Readonly<Record<string, string>>) {
  return (call: SeenCall): FakeAnswer | undefined => {
    const asked = /<pathSet>(\w+)<\/pathSet>/.exec(call.body)?.[1] ?? "";
    return asked in table ? property(asked, table[asked] ?? "") : undefined;
  };
}

describe("roles", function () {
  this.timeout(20_000);

  it("are read in one call", async () => {
    await withFake(properties({ roleList: roleXml }), async ({ authorization }, fake) => {
      const [administrator, own] = await authorization.roles();
      assert.deepEqual(administrator, {
        id: -1,
        name: "Admin",
        label: "Administrator",
        system: true,
        privileges: ["A.a", "B.b"],
      });
      assert.deepEqual(own, {
        id: 1937985690,
        name: "a & b",
        label: "a & b",
        system: false,
        privileges: [],
      });
      assert.equal(fake.count("RetrieveProperties"), 1);
      assert.equal((await authorization.findRole("a & b"))?.id, 1937985690);
      assert.equal(await authorization.findRole("Administrator"), undefined);
    });
  });

  it("give the privileges when vCenter lists none", async () => {
    await withFake(
      properties({ roleList: roleXml, privilegeList: "" }),
      async ({ authorization }) => {
        assert.deepEqual(await authorization.privileges(), ["A.a", "B.b"]);
      },
    );
  });
});

describe("privileges", function () {
  this.timeout(20_000);

  it("are listed by their ids, sorted", async () => {
    const list = ["C.c", "A.a", "C.c"]
      .map(
        (id) =>
          `<AuthorizationPrivilege><privId>${id}</privId><name>x</name></AuthorizationPrivilege>`,
      )
      .join("");
    await withFake(properties({ privilegeList: list }), async ({ authorization }, fake) => {
      assert.deepEqual(await authorization.privileges(), ["A.a", "C.c"]);
      assert.equal(fake.count("RetrieveProperties"), 1);
    });
  });
});

describe("permissions", function () {
  this.timeout(20_000);

  const permissionXml = (entityXml: string): string =>
    `<returnval>${entityXml}<principal>VSPHERE.LOCAL\\backup</principal><group>true</group><roleId>-5</roleId><propagate>false</propagate></returnval>`;
  const expected = {
    principal: "VSPHERE.LOCAL\\backup",
    group: true,
    roleId: -5,
    propagate: false,
  };

  it("of an object are those defined on it", async () => {
    const other = `<entity type="Folder">group-d1</entity>`;
    await withFake(
      answers({
        RetrieveEntityPermissions: soapAnswer(
          "RetrieveEntityPermissions",
          permissionXml("") + permissionXml(other),
        ),
      }),
      async ({ authorization }, fake) => {
        assert.deepEqual(await authorization.permissions({ ...entity, ...{ path: "/X1" } }), [
          { ...expected, entity },
          { ...expected, entity: { type: "Folder", id: "group-d1" } },
        ]);
        const { body } = fake.calls.at(-1) ?? { body: "" };
        assert.match(
          body,
          /<entity type="Datacenter">datacenter-1<\/entity><inherited>false<\/inherited>/,
        );
      },
    );
  });

  it("of all objects take one call", async () => {
    const values = permissionXml(`<entity type="Datacenter">datacenter-1</entity>`).repeat(3);
    await withFake(
      answers({ RetrieveAllPermissions: soapAnswer("RetrieveAllPermissions", values) }),
      async ({ authorization }, fake) => {
        assert.deepEqual(
          await authorization.allPermissions(),
          Array(3).fill({ ...expected, entity }),
        );
        assert.equal(fake.count("RetrieveAllPermissions"), 1);
      },
    );
  });

  it("are set one at a time, in the order of the WSDL, escaped", async () => {
    await withFake(
      answers({ SetEntityPermissions: soapAnswer("SetEntityPermissions") }),
      async ({ authorization }, fake) => {
        await authorization.setPermission(entity, rule);
        const { body } = fake.calls.at(-1) ?? { body: "" };
        assert.ok(
          body.includes(
            `<SetEntityPermissions xmlns="urn:vim25"><_this type="AuthorizationManager">AuthorizationManager</_this><entity type="Datacenter">datacenter-1</entity><permission><principal>A&amp;B\\&lt;o&apos;c &quot;x&quot;&gt;</principal><group>false</group><roleId>7</roleId><propagate>true</propagate></permission></SetEntityPermissions>`,
          ),
          body,
        );
      },
    );
  });

  it("that vCenter refuses are explained", async () => {
    for (const [fault, kind, remedy] of [
      [
        "NoPermission",
        "noPermission",
        /Authorization\.ModifyPermissions on the object and on its parent/,
      ],
      ["UserNotFound", "notFound", /the object, the role and the user or group exist/],
      ["NotFound", "notFound", /the object, the role and the user or group exist/],
      ["InvalidArgument", "invalidArgument", /use another object/],
      ["AuthMinimumAdminPermission", "resourceInUse", /Administrator/],
      ["SomethingNew", "unexpectedAnswer", /./],
    ] as const) {
      await withFake(
        answers({ SetEntityPermissions: soapFault(fault) }),
        async ({ authorization }) => {
          const error = await failure(authorization.setPermission(entity, rule));
          assert.equal(error.kind, kind);
          assert.equal(error.code, fault);
          assert.match(error.remedy, remedy);
          assert.match(error.message, /^grant a permission \(.* on Datacenter:datacenter-1\): /);
        },
      );
    }
  });

  it("are removed, and a missing one is no error", async () => {
    const remove = "RemoveEntityPermission";
    for (const [answer, expectedResult] of [
      [soapAnswer(remove), true],
      [soapFault("NotFound"), false],
      [soapFault("ManagedObjectNotFound"), false],
    ] as const) {
      await withFake(answers({ [remove]: answer }), async ({ authorization }, fake) => {
        assert.equal(await authorization.removePermission(entity, "A\\b", true), expectedResult);
        assert.match(fake.calls.at(-1)?.body ?? "", /<user>A\\b<\/user><isGroup>true<\/isGroup>/);
      });
    }
  });

  for (const [what, answer] of [
    ["another fault", soapFault("NoPermission")],
    ["an unknown user", soapFault("UserNotFound")],
    ["the last administrator", soapFault("AuthMinimumAdminPermission")],
    ["a page that is not there", { status: 404, body: "not found" }],
  ] as const) {
    it(`are not taken for removed after ${what}`, async () => {
      await withFake(answers({ RemoveEntityPermission: answer }), async ({ authorization }) => {
        await failure(authorization.removePermission(entity, "A\\b", false));
      });
    });
  }

  it("cannot be sent with characters that XML cannot carry", async () => {
    await withFake(answers({}), async ({ authorization }, fake) => {
      const principal = "A\\b\u0000";
      const error = await failure(authorization.setPermission(entity, { ...rule, principal }));
      assert.equal(error.kind, "invalidArgument");
      assert.equal(fake.count("SetEntityPermissions"), 0);
    });
  });
});
