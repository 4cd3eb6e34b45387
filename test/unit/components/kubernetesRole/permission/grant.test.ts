import assert from "node:assert/strict";

import { PartialFailure } from "../../../../../components/dynamic/errors";
import { PermissionProvider } from "../../../../../components/kubernetesRole/permission/provider";
import type { PermissionOutputs } from "../../../../../components/kubernetesRole/kubernetesRole";
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
import { messageOf, thrownBy } from "../../../../support/thrownBy";
import { VCenterError, type VCenterErrorKind } from "../../../../../vcenter";
import { withoutPointers } from "../../../../support/pointers";

const { __provider: _line, ...plainInputs } = examplePermission;
const exampleOutputs: PermissionOutputs = {
  ...plainInputs,
  vCenter: "uuid-of-the-first",
  reference: objects.x1,
  drift: "",
};

function failure(kind: VCenterErrorKind, operation: string): VCenterError {
  return new VCenterError({ kind, operation, answer: "it did not end well" });
}

describe("granting a permission", () => {
  let vCenter: InMemoryVCenter;
  let provider: PermissionProvider;

  beforeEach(() => {
    vCenter = permissionVCenter();
    provider = new PermissionProvider(vCenter.session());
  });

  it("adds one rule, and leaves those of others", async () => {
    const { id, outs } = await provider.create(examplePermission);
    assert.equal(id, "VSPHERE.LOCAL\\deckhouse on /X1");
    assert.deepEqual(outs, exampleOutputs);
    assert.deepEqual(granted(vCenter), [...grantedToOthers, grantedToExample].sort());
    assert.deepEqual(vCenter.changes(), [`setPermission ${objects.x1} VSPHERE.LOCAL\\deckhouse`]);
  });

  it("grants on the root folder, to a group, without propagation", async () => {
    const { outs } = await provider.create({
      ...examplePermission,
      ...{ path: "/", principal: "VSPHERE.LOCAL\\team", group: true, propagate: false },
    });
    assert.equal(outs.reference, "Folder:group-d1");
    const rule = `Folder:group-d1 VSPHERE.LOCAL\\team (group) ${roles.kubernetes} (only here)`;
    assert.deepEqual(granted(vCenter), [...grantedToOthers, rule].sort());
  });

  it("refuses, and changes nothing, when the principal got another role since the preview", async () => {
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other);
    assert.match(
      await messageOf(provider.create(examplePermission)),
      /^\/X1: deckhouse@vsphere.local already has the role other there, /,
    );
    assert.deepEqual(vCenter.changes(), []);
  });

  it("refuses a missing object, and changes nothing", async () => {
    vCenter.unregister(objects.x1);
    assert.match(await messageOf(provider.create(examplePermission)), /^\/X1: no such object /);
    assert.deepEqual(vCenter.changes(), []);
  });

  it("does not believe an answer without an error that the second look does not bear out", async () => {
    vCenter.forgetful = true;
    assert.equal(
      await messageOf(provider.create(examplePermission)),
      "vCenter accepted the permission, but does not show it: " +
        "/X1: the permission of deckhouse@vsphere.local with the role kubernetes is no longer there",
    );
  });

  describe("that fails after it may have been set", () => {
    const failures = [
      [
        "the look afterwards is answered with a 503",
        "permissions Datacenter:",
        failure("unavailable", "read the permissions of an object"),
      ],
      [
        "the account may not look afterwards",
        "permissions ",
        noPermission("read the permissions of an object"),
      ],
      [
        "the connection broke before the answer",
        "setPermission",
        failure("unreachable", "grant a permission"),
      ],
      ["no answer came in time", "setPermission", failure("timeout", "grant a permission")],
    ] as const;

    /** Lets a call fail from the moment when the rule is set. */
    const failFromThen = (call: string, error: VCenterError): void => {
      let isSet = false;
      vCenter.failing = (called) => {
        isSet ||= called.startsWith("setPermission");
        if (!isSet) return undefined;
        if (call === "permissions " && called === "allPermissions") return error;
        return called.startsWith(call) ? error : undefined;
      };
    };

    for (const [what, call, error] of failures) {
      it(`stays recorded when ${what}, and can be removed later`, async () => {
        failFromThen(call, error);
        const thrown = await thrownBy(provider.create(examplePermission));
        assert.ok(thrown instanceof PartialFailure);
        assert.equal(thrown.id, "VSPHERE.LOCAL\\deckhouse on /X1");
        assert.deepEqual(thrown.properties, { ...exampleOutputs, __provider: providerCode });
        assert.deepEqual(thrown.reasons.map(withoutPointers), [error.message]);
        vCenter.failing = () => undefined;
        assert.equal(granted(vCenter).includes(grantedToExample), call !== "setPermission");
        // A later run is a process of its own.
        const later = new PermissionProvider(vCenter.session());
        await later.delete(thrown.id, thrown.properties);
        assert.deepEqual(granted(vCenter), grantedToOthers);
      });
    }

    it("stays recorded as it should be in an update", async () => {
      const { id, outs } = await provider.create(examplePermission);
      const changes = { role: String(roles.other), roleName: "other" };
      const news = { ...examplePermission, ...changes };
      failFromThen("permissions ", failure("unavailable", "read the permissions of an object"));
      const thrown = await thrownBy(provider.update(id, outs, news));
      assert.ok(thrown instanceof PartialFailure);
      const expected = { ...exampleOutputs, ...changes, __provider: providerCode };
      assert.deepEqual(thrown.properties, expected);
    });

    it("is not recorded when vCenter refused it: nothing was set", async () => {
      failFromThen("setPermission", noPermission("grant a permission"));
      const thrown = await thrownBy(provider.create(examplePermission));
      assert.ok(!(thrown instanceof PartialFailure));
      assert.equal(
        withoutPointers((thrown as Error).message),
        noPermission("grant a permission").message,
      );
    });
  });

  it("changes role and propagation in place in an update, also of a rule that was changed by hand", async () => {
    const { id, outs } = await provider.create(examplePermission);
    vCenter.permissions.length = 0;
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.backup);
    const changes = { role: String(roles.other), roleName: "other", propagate: false };
    const updated = await provider.update(id, outs, { ...examplePermission, ...changes });
    assert.deepEqual(updated.outs, { ...exampleOutputs, ...changes });
    const rule = `${objects.x1} VSPHERE.LOCAL\\deckhouse ${roles.other} (only here)`;
    assert.deepEqual(granted(vCenter), [rule]);
  });
});
