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
import { noPermission, type InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../../support/printedLines";
import { thrownBy } from "../../../../support/thrownBy";

const { __provider: _line, ...plainInputs } = examplePermission;

const hidden =
  "/X1: vCenter has it, but this account cannot see it, so the permission of deckhouse@vsphere.local can neither be looked " +
  "for nor removed: let this account see it (System.View and System.Read on the object and above it), or use another account";

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
      assert.ok(vCenter.calls.includes("allPermissions"));
    });

    const drift: readonly { what: string; by: () => void; sentence: string }[] = [
      {
        what: "that somebody removed it",
        by: () => rule().remove(),
        sentence:
          "/X1: the permission of deckhouse@vsphere.local with the role kubernetes is no longer there",
      },
      {
        what: "that somebody gave another role",
        by: () => rule().replace(roles.other),
        sentence:
          "/X1: the permission of deckhouse@vsphere.local has the role other instead of kubernetes",
      },
      {
        what: "that it no longer propagates",
        by: () => rule().replace(roles.kubernetes, false),
        sentence:
          "/X1: the permission of deckhouse@vsphere.local does not propagate to the objects below",
      },
    ];
    for (const { what, by, sentence } of drift) {
      it(`shows ${what}, as a sentence`, async () => {
        by();
        assert.deepEqual(await diff(), { result: { changes: true }, lines: [sentence] });
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

    it("says that somebody gave another role, which up takes away, also when the configuration changed", async () => {
      rule().replace(roles.other);
      assert.deepEqual(await diff({ role: "7", roleName: "renamed" }), {
        result: { changes: true },
        lines: [
          "/X1: the permission of deckhouse@vsphere.local has the role other instead of kubernetes",
        ],
      });
    });

    it("differs in what is not known yet, in the provider's line, and after a refresh that found drift", async () => {
      assert.deepEqual((await diff({ role: unknownValue })).result, { changes: true });
      assert.deepEqual((await diff({}, { ...state, __provider: "older" })).result, {
        changes: true,
      });
      assert.deepEqual((await diff({}, { ...state, drift: "gone" })).result, { changes: true });
    });

    it("does not propose to grant again on an object that cannot be found now", async () => {
      vCenter.unregister(objects.x1);
      assert.deepEqual((await diff()).result, { changes: false });
    });

    it("fails the preview when vCenter cannot be asked, with the reason and no stack", async () => {
      vCenter.failing = () => noPermission("read the inventory");
      const error = await thrownBy(diff());
      assert.ok(error instanceof Error);
      assert.equal(error.message, noPermission("read the inventory").message);
      assert.equal(error.stack, "");
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
      const { id, props, inputs } = await read();
      assert.equal(id, "id");
      assert.deepEqual(props, state);
      assert.deepEqual(inputs, plainInputs);
    });

    it("keeps what was granted beside what is there now, and says the difference", async () => {
      rule().replace(roles.other, false);
      const { id, props, inputs } = await read();
      assert.equal(id, "id");
      const drift =
        "/X1: the permission of deckhouse@vsphere.local has the role other instead of kubernetes";
      assert.deepEqual(props, { ...state, drift });
      assert.deepEqual(lines, [drift], "the preview shows it");
      assert.deepEqual(inputs, {
        ...plainInputs,
        ...{ role: String(roles.other), roleName: "other", propagate: false },
      });
    });

    it("is gone when vCenter shows the object without it", async () => {
      rule().remove();
      assert.equal((await read()).id, "");
      assert.deepEqual(lines, [
        "/X1: the permission of deckhouse@vsphere.local with the role kubernetes is no longer there",
      ]);
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

    it("is not gone when the list of all permissions leaves it out for this account", async () => {
      rule().remove();
      vCenter.failing = (call) =>
        call.startsWith("permissions ")
          ? noPermission("read the permissions of an object")
          : undefined;
      for (const asked of [read(), provider.diff("id", state, examplePermission)]) {
        assert.equal(
          ((await thrownBy(asked)) as Error).message,
          noPermission("read the permissions of an object").message,
        );
      }
    });

    it("is not gone when vCenter does not answer", async () => {
      rule().remove();
      vCenter.failing = (call) =>
        /ermissions/.test(call) ? noPermission("read the permissions of an object") : undefined;
      const error = await thrownBy(read());
      assert.equal(
        (error as Error).message,
        noPermission("read the permissions of an object").message,
      );
    });

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
      const error = await thrownBy(provider.delete("id", state));
      assert.equal((error as Error).message, hidden);
      assert.deepEqual(granted(vCenter), [...grantedToOthers, grantedToExample].sort());
    });

    it("is removed from a renamed object, and not from one that took its name", async () => {
      vCenter.rename(objects.x1, "renamed");
      vCenter.place("Datacenter:datacenter-7", "X1");
      grant(vCenter, "Datacenter:datacenter-7", "VSPHERE.LOCAL\\deckhouse", roles.kubernetes);
      await provider.delete("id", state);
      assert.deepEqual(
        granted(vCenter),
        [
          ...grantedToOthers,
          `Datacenter:datacenter-7 VSPHERE.LOCAL\\deckhouse ${roles.kubernetes}`,
        ].sort(),
      );
    });

    it("refuses another vCenter, and changes nothing there", async () => {
      const elsewhere = { ...state, vCenter: "uuid-of-another" };
      const error = await thrownBy(provider.delete("id", elsewhere));
      assert.match(
        (error as Error).message,
        /made in another vCenter \(instance UUID uuid-of-another\)/,
      );
      assert.deepEqual(vCenter.changes(), []);
    });

    it("does not believe a reference of before the vCenter was restored", async () => {
      vCenter.configuration["deckhouse-vsphere:vCenter"] = '{"restoredAs":"uuid-of-the-first"}';
      vCenter.rename(objects.x1, "renamed");
      await provider.delete("id", { ...state, vCenter: "uuid-of-another" });
      assert.deepEqual(vCenter.changes(), []);
    });

    it("fails when vCenter refuses, so that the engine keeps the resource", async () => {
      vCenter.failing = (call) =>
        call.startsWith("removePermission") ? noPermission("remove a permission") : undefined;
      const error = await thrownBy(provider.delete("id", state));
      assert.equal((error as Error).message, noPermission("remove a permission").message);
    });
  });

  describe("whose object's path is another object's by now", () => {
    const another = "Datacenter:datacenter-7";

    beforeEach(() => {
      vCenter.place(another, "X1");
    });

    it("becomes another permission when the object was renamed", async () => {
      vCenter.rename(objects.x1, "renamed");
      assert.deepEqual(await provider.diff("id", state, examplePermission), {
        changes: true,
        replaces: ["path"],
      });
    });

    it("becomes another permission when the object is gone", async () => {
      vCenter.unregister(objects.x1);
      assert.deepEqual(await provider.diff("id", state, examplePermission), {
        changes: true,
        replaces: ["path"],
      });
    });

    it("does not take a role away there in an update either", async () => {
      vCenter.rename(objects.x1, "renamed");
      grant(vCenter, another, "VSPHERE.LOCAL\\deckhouse", roles.other);
      const error = await thrownBy(provider.update("id", state, examplePermission));
      assert.match(
        (error as Error).message,
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
      assert.equal(((await thrownBy(provider.delete("id", state))) as Error).message, hidden);
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

  describe("spelled in another way", () => {
    it("are the same: nothing is replaced, and nothing changes", async () => {
      const news = { ...examplePermission, path: "X1/", principal: "VSPHERE.LOCAL\\Deckhouse" };
      assert.deepEqual(await provider.diff("id", state, news), { changes: false });
    });
  });

  describe("in whose place another one came in an up that was cut off", () => {
    /** What a process of the next up does: the new one is there already, and the old one is left to delete. */
    const nextUp = async (news: PermissionInputs): Promise<void> => {
      await new PermissionProvider(vCenter.session()).create(news);
      assert.deepEqual((await provider.check(news, news)).failures, []);
      await provider.delete("id", state);
    };

    it("stays when the object was renamed: both mean the same rule", async () => {
      vCenter.rename(objects.x1, "renamed");
      await nextUp({ ...examplePermission, path: "/renamed" });
      assert.ok(granted(vCenter).includes(grantedToExample));
    });

    it("stays when the principal is only spelled in another way", async () => {
      await nextUp({ ...examplePermission, principal: "VSPHERE.LOCAL\\Deckhouse" });
      const rule = `${objects.x1} VSPHERE.LOCAL\\Deckhouse ${roles.kubernetes}`;
      assert.deepEqual(granted(vCenter), [...grantedToOthers, rule].sort());
    });

    it("goes when the program wants one for another principal", async () => {
      await nextUp({ ...examplePermission, principal: "other@vsphere.local" });
      assert.ok(!granted(vCenter).includes(grantedToExample));
    });
  });

  describe("in whose place another one came in the same up", () => {
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

    it("stays when the object was renamed: both mean the same rule", async () => {
      vCenter.rename(objects.x1, "renamed");
      await provider.create({ ...examplePermission, path: "/renamed" });
      await provider.delete("id", state);
      assert.ok(granted(vCenter).includes(grantedToExample));
    });

    it("stays when the principal is only spelled in another way", async () => {
      await provider.create({ ...examplePermission, principal: "VSPHERE.LOCAL\\Deckhouse" });
      await provider.delete("id", state);
      const rule = `${objects.x1} VSPHERE.LOCAL\\Deckhouse ${roles.kubernetes}`;
      assert.deepEqual(granted(vCenter), [...grantedToOthers, rule].sort());
    });

    it("goes when the new one is for another principal", async () => {
      await provider.create({ ...examplePermission, principal: "other@vsphere.local" });
      await provider.delete("id", state);
      assert.deepEqual(
        granted(vCenter),
        [...grantedToOthers, `${objects.x1} VSPHERE.LOCAL\\other ${roles.kubernetes}`].sort(),
      );
    });
  });
});
