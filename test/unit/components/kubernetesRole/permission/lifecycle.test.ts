import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import { PermissionProvider } from "../../../../../components/kubernetesRole/permission/provider";
import type {
  PermissionInputs,
  PermissionOutputs,
} from "../../../../../components/kubernetesRole/kubernetesRole";
import {
  examplePermission,
  grant,
  granted,
  grantedToExample,
  grantedToOthers,
  permissionVCenter,
  roles,
} from "../../../../support/examplePermission";
import { objects, providerCode } from "../../../../support/exampleVCenter";
import {
  assertFailsUnasked,
  noPermission,
  type InMemoryVCenter,
} from "../../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../../support/printedLines";
import { messageOf } from "../../../../support/thrownBy";

const { __provider: _line, ...plainInputs } = examplePermission;

const hidden =
  "/X1: vCenter has it, but this account cannot see it, so the permission of deckhouse@vsphere.local can neither be looked " +
  "for nor removed: let this account see it (System.View and System.Read on the object and above it), or use another account";
const noLook = noPermission("read the permissions of an object");
const [isGone, hasOther, isHereOnly] = [
  "with the role kubernetes is no longer there",
  "has the role other instead of kubernetes",
  "does not propagate to the objects below",
].map((what) => `/X1: the permission of deckhouse@vsphere.local ${what}`) as [
  string,
  string,
  string,
];

describe("a permission that is there", () => {
  let vCenter: InMemoryVCenter;
  let provider: PermissionProvider;
  let state: PermissionOutputs & { readonly __provider: string };

  beforeEach(async () => {
    vCenter = permissionVCenter();
    const { outs } = await new PermissionProvider(vCenter.session()).create(examplePermission);
    state = { ...outs, __provider: providerCode };
    // A later up is a process of its own.
    provider = new PermissionProvider(vCenter.session());
    vCenter.calls.length = 0;
  });

  const rule = () => {
    const index = vCenter.permissions.findIndex(
      ({ principal, group }) => principal.endsWith("\\deckhouse") && !group,
    );
    assert.ok(index >= 0);
    return {
      remove: () => void vCenter.permissions.splice(index, 1),
      replace: (roleId: number, propagate = true) => {
        vCenter.permissions.splice(index, 1);
        grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roleId, { propagate });
      },
    };
  };

  describe("compared at preview", () => {
    const diff = (changes: Partial<PermissionInputs> = {}, olds = state) =>
      withPrintedLines(() => provider.diff("id", olds, { ...examplePermission, ...changes }));

    it("differs in nothing after an up, and vCenter was asked", async () => {
      assert.deepEqual(await diff(), { result: { changes: false }, lines: [] });
      assert.ok(vCenter.calls.includes(`permissions ${objects.x1}`));
    });

    for (const [what, by, line, news] of [
      ["somebody removed it", () => rule().remove(), isGone, {}],
      ["somebody gave another role", () => rule().replace(roles.other), hasOther, {}],
      ["it reaches less far", () => rule().replace(roles.kubernetes, false), isHereOnly, {}],
      [
        "somebody gave another role, which up takes away, also when the configuration changed",
        () => rule().replace(roles.other),
        hasOther,
        { role: "7", roleName: "renamed" },
      ],
    ] as const) {
      it(`shows that ${what}, as a sentence`, async () => {
        by();
        assert.deepEqual(await diff(news), {
          result: { changes: true },
          lines: [`vCenter differs: ${line}`],
        });
      });
    }

    it("shows nothing of what others do with their permissions", async () => {
      vCenter.permissions.splice(0, 3);
      grant(vCenter, objects.x1, "VSPHERE.LOCAL\\new", roles.other);
      assert.deepEqual((await diff()).result, { changes: false });
    });

    it("becomes another permission when path, principal or kind of principal change", async () => {
      assert.deepEqual((await diff({ path: "/X2" })).result, { changes: true, replaces: ["path"] });
      assert.deepEqual((await diff({ principal: "a@b.c", group: true })).result, {
        changes: true,
        replaces: ["principal", "group"],
      });
    });

    it("changes in place when role or propagation change", async () => {
      for (const change of [{ role: "7" }, { roleName: "renamed" }, { propagate: false }]) {
        const expected = { result: { changes: true }, lines: [] };
        assert.deepEqual(await diff(change), expected, "and nobody is said to have changed it");
      }
    });

    it("differs in what is not known yet, in the provider's line, and after a refresh that found drift", async () => {
      for (const [news, olds] of [
        [{ role: unknownValue }, state],
        [{}, { ...state, __provider: "older" }],
        [{}, { ...state, drift: "gone" }],
      ] as const) {
        assert.deepEqual((await diff(news, olds)).result, { changes: true });
      }
    });

    it("does not propose to grant again on an object that cannot be found now", async () => {
      vCenter.unregister(objects.x1);
      assert.deepEqual((await diff()).result, { changes: false });
    });

    it("fails the preview when vCenter cannot be asked, with the reason and no stack", async () => {
      await assertFailsUnasked(vCenter, diff);
    });
  });

  describe("read in a refresh", () => {
    let lines: string[];
    const read = async () => {
      const printed = await withPrintedLines(() => provider.read("id", state));
      ({ lines } = printed);
      return printed.result;
    };

    it("is as the state says when nobody changed it", async () => {
      assert.deepEqual(await read(), { id: "id", props: state, inputs: plainInputs });
    });

    it("keeps what was granted beside what is there now, and says the difference", async () => {
      rule().replace(roles.other, false);
      assert.deepEqual(await read(), {
        id: "id",
        props: { ...state, drift: hasOther },
        inputs: { ...plainInputs, role: String(roles.other), roleName: "other", propagate: false },
      });
      assert.deepEqual(lines, [`vCenter differs: ${hasOther}`], "the preview shows it");
    });

    it("is gone when vCenter shows the object without it", async () => {
      rule().remove();
      assert.equal((await read()).id, "");
      assert.deepEqual(lines, [`vCenter differs: ${isGone}`]);
    });

    it("is not gone when its object cannot be found: that proves nothing", async () => {
      vCenter.unregister(objects.x1);
      assert.deepEqual(await read(), { id: "id", props: state });
    });

    it("is not gone when its object is hidden from this account, and that is said", async () => {
      vCenter.hide(objects.x1);
      assert.deepEqual(await read(), { id: "id", props: state });
      assert.deepEqual(lines, [hidden]);
    });

    for (const [what, failing] of [
      ["the list of all permissions leaves it out for this account", /^permissions /],
      ["vCenter does not answer", /ermissions/],
    ] as const) {
      it(`is not gone when ${what}`, async () => {
        rule().remove();
        vCenter.failing = (call) => (failing.test(call) ? noLook : undefined);
        for (const asked of [read(), provider.diff("id", state, examplePermission)]) {
          assert.equal(await messageOf(asked), noLook.message);
        }
      });
    }

    it("is found by its reference when the object was renamed", async () => {
      vCenter.rename(objects.x1, "renamed");
      const { id, props } = await read();
      assert.deepEqual([id, props.drift], ["id", ""]);
    });
  });

  describe("deleted", () => {
    it("is removed alone: those of others stay", async () => {
      await provider.delete("id", state);
      assert.deepEqual(granted(vCenter), grantedToOthers);
      assert.deepEqual(vCenter.changes(), [
        `removePermission ${objects.x1} VSPHERE.LOCAL\\deckhouse`,
      ]);
    });

    it("stays when somebody gave it another role, and says so", async () => {
      rule().replace(roles.other);
      const { lines } = await withPrintedLines(() => provider.delete("id", state));
      assert.deepEqual(lines, [
        "/X1: the permission of deckhouse@vsphere.local now has the role other, which this stack did not give: it stays",
      ]);
      assert.deepEqual(vCenter.changes(), []);
    });

    it("is done when somebody removed it already, or its object", async () => {
      rule().remove();
      await provider.delete("id", state);
      vCenter.unregister(objects.x1);
      await provider.delete("id", state);
      assert.deepEqual(vCenter.changes(), []);
    });

    it("fails when its object is hidden from this account: the permission may still be there", async () => {
      vCenter.hide(objects.x1);
      assert.equal(await messageOf(provider.delete("id", state)), hidden);
      assert.deepEqual(granted(vCenter), [...grantedToOthers, grantedToExample].sort());
    });

    it("is removed from a renamed object, and not from one that took its name", async () => {
      vCenter.rename(objects.x1, "renamed");
      const another = "Datacenter:datacenter-7";
      vCenter.place(another, "X1");
      grant(vCenter, another, "VSPHERE.LOCAL\\deckhouse", roles.kubernetes);
      await provider.delete("id", state);
      const kept = `${another} VSPHERE.LOCAL\\deckhouse ${roles.kubernetes}`;
      assert.deepEqual(granted(vCenter), [...grantedToOthers, kept].sort());
    });

    it("refuses another vCenter, and changes nothing there", async () => {
      const elsewhere = { ...state, vCenter: "uuid-of-another" };
      const message = await messageOf(provider.delete("id", elsewhere));
      assert.match(message, /made in another vCenter \(instance UUID uuid-of-another\)/);
      assert.deepEqual(vCenter.changes(), []);
    });

    it("does not believe a reference of before the vCenter was restored", async () => {
      vCenter.configuration["deckhouse-vsphere:vCenter"] = '{"restoredAs":"uuid-of-the-first"}';
      vCenter.rename(objects.x1, "renamed");
      await provider.delete("id", { ...state, vCenter: "uuid-of-another" });
      assert.deepEqual(vCenter.changes(), []);
    });

    it("fails when vCenter refuses, so that the engine keeps the resource", async () => {
      const refusal = noPermission("remove a permission");
      vCenter.failing = (call) => (call.startsWith("removePermission") ? refusal : undefined);
      assert.equal(await messageOf(provider.delete("id", state)), refusal.message);
    });
  });

  describe("whose object's path is another object's by now", () => {
    const another = "Datacenter:datacenter-7";

    beforeEach(() => {
      vCenter.place(another, "X1");
    });

    it("becomes another permission when the object was renamed, or is gone", async () => {
      const replaced = { changes: true, replaces: ["path"] };
      vCenter.rename(objects.x1, "renamed");
      assert.deepEqual(await provider.diff("id", state, examplePermission), replaced);
      vCenter.unregister(objects.x1);
      const later = new PermissionProvider(vCenter.session());
      assert.deepEqual(await later.diff("id", state, examplePermission), replaced);
    });

    it("does not take a role away there in an update either", async () => {
      vCenter.rename(objects.x1, "renamed");
      grant(vCenter, another, "VSPHERE.LOCAL\\deckhouse", roles.other);
      assert.match(
        await messageOf(provider.update("id", state, examplePermission)),
        /^\/X1: deckhouse@vsphere.local already has the role other there, /,
      );
      assert.deepEqual(vCenter.changes(), []);
    });

    it("is not gone when the object is hidden from this account, and that is said", async () => {
      vCenter.hide(objects.x1);
      const { result, lines } = await withPrintedLines(() => provider.read("id", state));
      assert.deepEqual(result, { id: "id", props: state });
      assert.deepEqual(lines, [hidden]);
    });

    it("is not looked for there when the object is hidden: the rule there is somebody else's", async () => {
      vCenter.hide(objects.x1);
      grant(vCenter, another, "VSPHERE.LOCAL\\deckhouse", roles.kubernetes);
      assert.equal(await messageOf(provider.delete("id", state)), hidden);
      assert.deepEqual(vCenter.changes(), []);
    });

    it("is not looked for there when the object is gone: nothing is left to remove", async () => {
      vCenter.unregister(objects.x1);
      grant(vCenter, another, "VSPHERE.LOCAL\\deckhouse", roles.kubernetes);
      await provider.delete("id", state);
      assert.deepEqual(vCenter.changes(), []);
    });
  });

  it("is the same one when the configuration no longer says its kind", async () => {
    const olds = { ...examplePermission, kinds: ["datacenter" as const] };
    const news = { ...examplePermission, propagate: false };
    assert.deepEqual((await provider.check(olds, news)).failures, []);
  });

  it("is the same one spelled in another way: nothing is replaced, and nothing changes", async () => {
    const news = { ...examplePermission, path: "X1/", principal: "VSPHERE.LOCAL\\Deckhouse" };
    assert.deepEqual(await provider.diff("id", state, news), { changes: false });
  });

  describe("in whose place another one came", () => {
    const onX1 = (who: string) => `${objects.x1} VSPHERE.LOCAL\\${who} ${roles.kubernetes}`;
    const replacements = [
      [
        "stays when the object was renamed: both mean the same rule",
        { path: "/renamed" },
        [grantedToExample],
      ],
      [
        "stays when the principal is only spelled in another way",
        { principal: "VSPHERE.LOCAL\\Deckhouse" },
        [onX1("Deckhouse")],
      ],
      [
        "goes when the new one is for another principal",
        { principal: "other@vsphere.local" },
        [onX1("other")],
      ],
    ] as const;
    for (const [what, changes, rules] of replacements) {
      for (const isCutOff of [false, true]) {
        it(`${what} (${isCutOff ? "in an up that was cut off" : "in the same up"})`, async () => {
          if ("path" in changes) vCenter.rename(objects.x1, "renamed");
          const news = { ...examplePermission, ...changes };
          if (isCutOff) {
            // The process of the next up finds the new one there, and the old one left to delete.
            await new PermissionProvider(vCenter.session()).create(news);
            assert.deepEqual((await provider.check(news, news)).failures, []);
          } else {
            await provider.create(news);
          }
          await provider.delete("id", state);
          assert.deepEqual(granted(vCenter), [...grantedToOthers, ...rules].sort());
        });
      }
    }

    it("stays when the principal's letters are composed in another way", async () => {
      const [composed, apart] = ["NFC", "NFD"].map((form) => ({
        ...examplePermission,
        principal: "j\u00f6rg@vsphere.local".normalize(form),
      })) as [typeof examplePermission, typeof examplePermission];
      const { outs } = await provider.create(apart);
      const later = new PermissionProvider(vCenter.session());
      await later.create(composed);
      await later.delete("id", outs);
      assert.equal(granted(vCenter).filter((rule) => rule.includes("rg ")).length, 1);
    });
  });
});
