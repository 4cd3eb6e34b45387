import assert from "node:assert/strict";

import type { PermissionOutputs } from "../../../../providers/permission/model";
import { PermissionProvider } from "../../../../providers/permission/provider";
import {
  examplePermission,
  grant,
  granted,
  grantedToExample,
  grantedToOthers,
  permissionVCenter,
  roles,
} from "../../../support/examplePermission";
import { objects } from "../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { thrownBy } from "../../../support/thrownBy";

const { __provider: _line, ...plainInputs } = examplePermission;
const exampleOutputs: PermissionOutputs = {
  ...plainInputs,
  vCenter: "uuid-of-the-first",
  reference: objects.x1,
  drift: "",
};

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
    const error = await thrownBy(provider.create(examplePermission));
    assert.match((error as Error).message, /^\/X1: deckhouse@vsphere.local has the role other /);
    assert.deepEqual(vCenter.changes(), []);
  });

  it("refuses a missing object, and changes nothing", async () => {
    vCenter.unregister(objects.x1);
    const error = await thrownBy(provider.create(examplePermission));
    assert.match((error as Error).message, /^\/X1: no such object /);
    assert.deepEqual(vCenter.changes(), []);
  });

  it("does not believe an answer without an error that the second look does not bear out", async () => {
    vCenter.forgetful = true;
    const error = await thrownBy(provider.create(examplePermission));
    assert.equal(
      (error as Error).message,
      "vCenter accepted the permission, but does not show it: " +
        "/X1: the permission of deckhouse@vsphere.local with the role kubernetes is no longer there",
    );
  });

  it("changes role and propagation in place in an update, also of a rule that was changed by hand", async () => {
    const { id, outs } = await provider.create(examplePermission);
    vCenter.permissions.length = 0;
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.backup);
    const news = {
      ...examplePermission,
      role: String(roles.other),
      roleName: "other",
      propagate: false,
    };
    const updated = await provider.update(id, outs, news);
    assert.deepEqual(updated.outs, {
      ...exampleOutputs,
      ...{ role: String(roles.other), roleName: "other", propagate: false },
    });
    assert.deepEqual(granted(vCenter), [
      `${objects.x1} VSPHERE.LOCAL\\deckhouse ${roles.other} (only here)`,
    ]);
  });
});
