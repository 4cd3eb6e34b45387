import assert from "node:assert/strict";
import { findingText, type Finding } from "../../../findings/finding";
import { insecureProvider, insecureStack } from "../../../policy/insecureConnection";
import { withoutSecrets } from "../../../policy/plainProperties";
import { knownSecrets, secretsIn } from "../../../policy/plainSecrets";
import { surplus } from "../../../policy/rolePrivileges";
import { fromRoot, permissionsOf } from "../../../policy/rootPermissions";
import type { CheckedStack } from "../../../policy/stack";
import { unprotected, usualProductionStacks } from "../../../policy/unprotectedProduction";

const stack = (
  values: CheckedStack["values"] = {},
  environment: CheckedStack["environment"] = {},
): CheckedStack => ({ name: "prod", values, environment });

/** The beginning of what is said, up to the consequence. */
const said = (found: Finding | undefined): string | undefined =>
  found && findingText(found).split(found.consequence ?? "\n")[0];

describe("the policies", () => {
  describe("a role has no more than its preset:", () => {
    const seed = stack({ "deckhouse-vsphere:role": '{"preset":"seed"}' });
    // Of the two presets only "seed" has Hbr.*, and only "current" has Cns.Searchable.
    const cases: readonly (readonly [
      what: string,
      privileges: readonly string[],
      settings: Parameters<typeof surplus>[1],
      checked: CheckedStack,
      more: string | undefined,
    ])[] = [
      ["a privilege of its preset", ["Cns.Searchable"], {}, stack(), undefined],
      ["what every role has", ["System.Read"], {}, stack(), undefined],
      ["a privilege of the second role", ["StorageProfile.View"], {}, seed, undefined],
      [
        "a privilege of nobody",
        ["Global.Settings"],
        {},
        stack(),
        'the preset "current" (Global.Settings)',
      ],
      [
        "one of the other preset",
        ["Cns.Searchable"],
        {},
        seed,
        'the preset "seed" (Cns.Searchable)',
      ],
      ["the preset of the company", ["Cns.Searchable"], { preset: "current" }, seed, undefined],
      [
        "what the company allows",
        ["Global.Settings"],
        { alsoAllowed: ["Global.Settings"] },
        stack(),
        undefined,
      ],
    ];
    for (const [what, privileges, settings, checked, more] of cases) {
      it(what, () => {
        const found = surplus({ name: "k", privileges }, settings, checked);
        assert.equal(found?.found?.replace("1 privilege more than ", ""), more);
      });
    }

    it("names the role, and five privileges at most", () => {
      const privileges = ["G.f", "G.e", "G.d", "G.c", "G.b", "G.a"];
      const found = surplus({ name: "k", privileges }, {}, stack());
      assert.equal(
        said(found),
        'the role k: found 6 privileges more than the preset "current" (G.a, G.b, G.c, G.d, G.e and 1 more): Deckhouse does not ask for them, ',
      );
    });
  });

  describe("no permission propagates from the root:", () => {
    const permission = "pulumi-nodejs:dynamic/permission:Permission";
    const ofProvider = "vsphere:index/entityPermissions:EntityPermissions";
    const rule = (propagate: boolean) => ({ userOrGroup: "d@x", propagate, roleId: "1" });
    const cases: readonly (readonly [string, string, Record<string, unknown>, number])[] = [
      ["on the root", permission, { principal: "d@x", path: "/", propagate: true }, 1],
      ["on the root alone", permission, { principal: "d@x", path: "/", propagate: false }, 0],
      ["below the root", permission, { principal: "d@x", path: "/X1", propagate: true }, 0],
      [
        "of the provider",
        ofProvider,
        { entityId: "group-d1", permissions: [rule(true), rule(false)] },
        1,
      ],
      [
        "of the provider, below",
        ofProvider,
        { entityId: "group-v3", permissions: [rule(true)] },
        0,
      ],
      ["of something else", "vsphere:index/role:Role", { path: "/", propagate: true }, 0],
    ];
    for (const [what, type, props, count] of cases) {
      it(what, () => {
        const found = permissionsOf(type, props).flatMap((one) => fromRoot(one) ?? []);
        assert.equal(found.length, count);
        for (const one of found) assert.equal(one.where, "the permission of d@x on /");
      });
    }
  });

  describe("the vCenter's certificate is verified:", () => {
    const key = "vsphere:allowUnverifiedSsl";
    const variable = "VSPHERE_ALLOW_UNVERIFIED_SSL";
    const cases: readonly (readonly [string, CheckedStack, string | undefined])[] = [
      ["nothing is set", stack(), undefined],
      ["the key", stack({ [key]: "true" }), key],
      ["the variable", stack({}, { [variable]: "1" }), variable],
      [
        "the key overrides the variable",
        stack({ [key]: "false" }, { [variable]: "true" }),
        undefined,
      ],
    ];
    for (const [what, checked, where] of cases) {
      it(what, () => assert.equal(insecureStack(checked)?.where, where));
    }

    it("also by a provider of a program's own", () => {
      assert.match(
        said(insecureProvider("mine", { allowUnverifiedSsl: "true" })) ?? "",
        /^allowUnverifiedSsl of the vSphere provider mine: found true: any certificate is accepted/,
      );
      assert.equal(insecureProvider("mine", { instanceUuid: "x" }), undefined);
    });
  });

  describe("a production stack is protected:", () => {
    const role = (protect: boolean) => ({
      type: "vsphere:index/role:Role",
      name: "r",
      opts: { protect },
    });
    const guard = {
      type: "pulumi-nodejs:dynamic/roleGuard:RoleGuard",
      name: "g",
      opts: { protect: false },
    };

    for (const name of ["prod", "production", "eu-prod", "prod-2", "eu-production"]) {
      it(`${name} is one`, () => {
        const found = unprotected(name, [role(false), guard], usualProductionStacks);
        assert.equal(
          said(found),
          `the stack ${name}: found 1 unprotected resource (r): \`pulumi destroy\`, or a region that is taken out by mistake, deletes it, `,
        );
      });
    }

    for (const name of ["dev", "products", "nonprod", "preprod.x"]) {
      it(`${name} is none`, () =>
        assert.equal(unprotected(name, [role(false)], usualProductionStacks), undefined));
    }

    it("is content with protected ones, and with what nobody has to protect", () => {
      assert.equal(unprotected("prod", [role(true), guard], ["prod"]), undefined);
    });

    it("takes a name of the company as it is", () => {
      assert.notEqual(unprotected("a.b", [role(false)], ["a.b"]), undefined);
      assert.equal(unprotected("axb", [role(false)], ["a.b"]), undefined);
    });
  });

  describe("no secret stands in the clear:", () => {
    const secrets = knownSecrets(
      stack(
        { "vsphere:password": "of-the-admin-1" },
        { VSPHERE_PASSWORD: "short", VSPHERE_USER: "somebody" },
      ),
    );
    const cases: readonly (readonly [string, unknown, string | undefined])[] = [
      [
        "a known one",
        { a: ["x", "y of-the-admin-1"] },
        "R r, a[1]: found <hidden>: it holds the secret of vsphere:password",
      ],
      [
        "a known one in JSON",
        { a: '{"b":"of-the-admin-1"}' },
        "R r, a.b: found <hidden>: it holds the secret of vsphere:password",
      ],
      [
        "a key that says so",
        { adminPassword: "x" },
        "R r, adminPassword: found <hidden>: its name says that it is a secret",
      ],
      ["a key that says where one is", { passwordVariable: "VSPHERE_PASSWORD" }, undefined],
      ["an empty one", { password: "" }, undefined],
      [
        "a login in an address",
        { proxy: "http://me:pass@proxy:3128" },
        "R r, proxy: found <hidden>: it is an address with a password",
      ],
      ["an address with a port", { proxy: "http://proxy:3128/a@b" }, undefined],
      [
        "a private key",
        { k: "-----BEGIN PRIVATE KEY-----\nx" },
        "R r, k: found <hidden>: it holds a private key",
      ],
      ["a user is none", { user: "somebody" }, undefined],
      ["a short one may stand anywhere by chance", { a: "short" }, undefined],
    ];
    for (const [what, value, where] of cases) {
      it(what, () => {
        const [found] = secretsIn("R r", value, secrets);
        assert.equal(said(found), where && `${where}, `);
      });
    }

    it("leaves out what the engine encrypts", () => {
      const encrypted = {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        value: "of-the-admin-1",
      };
      assert.deepEqual(withoutSecrets({ a: [encrypted, "b"], c: { d: encrypted } }), {
        a: [undefined, "b"],
        c: { d: undefined },
      });
    });
  });
});
