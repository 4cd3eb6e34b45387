import assert from "node:assert/strict";

import { LiveView } from "../../../../components/dynamic/liveView";
import { exampleVCenter, categories, objects, tags } from "../../../support/exampleVCenter";
import { grant, permissionVCenter, roles } from "../../../support/examplePermission";
import { noPermission } from "../../../support/inMemoryVCenter";
import { thrownBy } from "../../../support/thrownBy";

const x1 = { type: "Datacenter", id: "datacenter-1" };
const x2 = { type: "Datacenter", id: "datacenter-2" };

describe("a view of vCenter", () => {
  it("asks each question once, however many ask it and when", async () => {
    const vCenter = permissionVCenter();
    const live = new LiveView(vCenter.client());
    const ask = () =>
      Promise.all([
        ...[live.instanceUuid(), live.inventory(), live.roles(), live.permissions(x1)],
        ...[live.permissions(x2), live.category("k8s-zone"), live.category("K8S-ZONE")],
        ...[live.tags(categories.zone), live.tagIds(categories.zone), live.tag(tags.zoneA)],
        ...[live.attachedTags([x1, x2]), live.attachedTags([x1, x2])],
      ]);
    await ask();
    await ask();
    assert.equal(new Set(vCenter.calls).size, vCenter.calls.length, vCenter.calls.join("\n"));
    assert.equal(vCenter.calls.length, 9);
  });

  it("asks again what failed", async () => {
    const vCenter = exampleVCenter();
    const live = new LiveView(vCenter.client());
    vCenter.failing = () => noPermission("list the roles");
    await thrownBy(live.roles());
    vCenter.failing = () => undefined;
    assert.deepEqual(await live.roles(), []);
  });

  it("shows only the permissions on the object itself", async () => {
    const vCenter = permissionVCenter();
    grant(vCenter, objects.prod, "VSPHERE.LOCAL\\backup", roles.backup);
    const found = await new LiveView(vCenter.client()).permissions(x2);
    assert.deepEqual(
      found.map(({ principal }) => principal),
      ["VSPHERE.LOCAL\\backup"],
    );
  });

  it("reads those of the object alone when the account may not read all, and only then", async () => {
    const vCenter = permissionVCenter();
    const live = new LiveView(vCenter.client());
    vCenter.failing = (call) => (call === "allPermissions" ? noPermission("read") : undefined);
    assert.equal((await live.permissions(x1)).length, 2);
    vCenter.failing = (call) => (call === "allPermissions" ? new Error("broken") : undefined);
    const other = new LiveView(vCenter.client());
    assert.equal(((await thrownBy(other.permissions(x1))) as Error).message, "broken");
  });

  it("asks once for all permissions when the account may not read them, however many objects there are", async () => {
    const vCenter = permissionVCenter();
    const live = new LiveView(vCenter.client());
    vCenter.failing = (call) => (call === "allPermissions" ? noPermission("read") : undefined);
    for (const object of [x1, x2, x1]) await live.permissions(object);
    assert.deepEqual(vCenter.calls, [
      "allPermissions",
      `permissions ${objects.x1}`,
      `permissions ${objects.x2}`,
    ]);
  });

  it("finds the permissions of 10,000 objects among 10,000 without going through all for each", async () => {
    const vCenter = permissionVCenter();
    const keys = Array.from({ length: 10_000 }, (_, index) => `Datastore:datastore-${index}`);
    keys.forEach((key) => grant(vCenter, key, "VSPHERE.LOCAL\\backup", roles.backup));
    const live = new LiveView(vCenter.client());
    const started = Date.now();
    for (const id of keys.map((key) => key.slice("Datastore:".length))) {
      assert.equal((await live.permissions({ type: "Datastore", id })).length, 1);
    }
    assert.ok(Date.now() - started < 1_000, `${Date.now() - started} ms`);
  });

  it("lists the categories once for any number of names, in any spelling", async () => {
    const vCenter = exampleVCenter();
    const live = new LiveView(vCenter.client());
    await live.categories();
    assert.equal((await live.category("K8S-ZONE"))?.id, categories.zone);
    assert.equal(await live.category("nobody's"), undefined);
    assert.deepEqual(vCenter.calls, ["categories"]);
  });

  it("does not ask again after a change whether an object is hidden", async () => {
    const vCenter = exampleVCenter();
    const live = new LiveView(vCenter.client());
    vCenter.hide(objects.x1);
    await live.isHidden(x1);
    assert.equal(await live.afterChange().isHidden(x1), true);
    assert.deepEqual(vCenter.calls, [`exists ${objects.x1}`]);
  });

  it("says of a tag that is gone that there is none, and of any other failure that it failed", async () => {
    const vCenter = exampleVCenter();
    const live = new LiveView(vCenter.client());
    assert.equal(await live.tag("urn:tag:gone"), undefined);
    vCenter.failing = () => noPermission("read a tag");
    assert.equal(
      ((await thrownBy(live.tag(tags.zoneA))) as Error).message,
      noPermission("read a tag").message,
    );
  });

  it("reads attachments and permissions anew after a change, and not what a change never touches", async () => {
    const vCenter = permissionVCenter();
    const live = new LiveView(vCenter.client());
    const ask = (view: LiveView) =>
      Promise.all([
        ...[view.instanceUuid(), view.inventory(), view.roles()],
        ...[view.permissions(x1), view.attachedTags([x1])],
      ]);
    await ask(live);
    vCenter.calls.length = 0;
    await ask(live.afterChange());
    assert.deepEqual(vCenter.calls.sort(), ["allPermissions", "attachedTags 1"]);
  });
});
