import assert from "node:assert/strict";

import { PermissionProvider } from "../../../../../components/kubernetesRole/permission/provider";
import {
  examplePermission,
  grant,
  granted,
  grantedToExample,
  grantedToOthers,
  permissionVCenter,
  roles,
} from "../../../../support/examplePermission";
import { objects } from "../../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../../support/printedLines";
import { messageOf } from "../../../../support/thrownBy";

describe("permissions that share what a run has read", () => {
  const now = Date.now;
  let later: number;
  let vCenter: InMemoryVCenter;
  let provider: PermissionProvider;

  beforeEach(() => {
    later = 0;
    Date.now = () => now() + later;
    vCenter = permissionVCenter();
    provider = new PermissionProvider(vCenter.sharingSession());
  });

  afterEach(() => {
    Date.now = now;
  });

  const permissionOf = (name: string, path = "/X1") => ({
    ...examplePermission,
    ...{ path, principal: `${name}@vsphere.local` },
  });
  const make = async (permission: typeof examplePermission) => {
    assert.deepEqual((await provider.check({}, permission)).failures, []);
    return provider.create(permission);
  };

  it("take two calls each, to be set and to be read back, and three for what they share", async () => {
    const all = ["a", "b", "c"].flatMap((name) => [
      permissionOf(name, "/X1"),
      permissionOf(name, "/X2"),
    ]);
    for (const permission of all) await make(permission);
    const count = (name: string) => vCenter.calls.filter((call) => call.startsWith(name)).length;
    assert.equal(count("setPermission "), all.length);
    // Each of the two objects is looked at once before.
    assert.equal(count("permissions "), all.length + 2);
    assert.deepEqual([count("inventory"), count("allPermissions"), count("roles")], [1, 0, 0]);
  });

  const taken = /^\/X1: deckhouse@vsphere.local already has the role other there, /;

  it("are refused where somebody gave another role more than 5 seconds after it was looked at", async () => {
    assert.deepEqual((await provider.check({}, examplePermission)).failures, []);
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other);
    later = 5_100;
    assert.match(await messageOf(provider.create(examplePermission)), taken);
    assert.deepEqual(vCenter.changes(), []);
  });

  it("are refused where somebody gave another role, at once after a change of ours on the object", async () => {
    await provider.check({}, examplePermission);
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other);
    await make(permissionOf("a"));
    assert.match(await messageOf(provider.create(examplePermission)), taken);
  });

  it("are seen by all that follows as soon as they are set or removed", async () => {
    const { id, outs } = await make(examplePermission);
    const state = { ...outs, __provider: examplePermission.__provider };
    assert.deepEqual(await provider.diff(id, state, examplePermission), { changes: false });
    await provider.delete(id, outs);
    // This process granted it, so what deletes it here is a resource in whose place another one came.
    assert.deepEqual(granted(vCenter), [...grantedToOthers, grantedToExample].sort());
    const destroying = new PermissionProvider(vCenter.sharingSession());
    await destroying.delete(id, outs);
    const { result } = await withPrintedLines(() => destroying.read(id, outs));
    assert.equal(result.id, "");
    assert.deepEqual(granted(vCenter), grantedToOthers);
  });

  it("are not believed when vCenter forgets them, whatever was known before", async () => {
    await make(permissionOf("a"));
    vCenter.forgetful = true;
    assert.match(
      await messageOf(provider.create(examplePermission)),
      /^vCenter accepted the permission, but does not show it/,
    );
  });
});
