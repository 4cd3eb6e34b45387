import assert from "node:assert/strict";

import { LiveView } from "../../../providers/liveView";
import { exampleVCenter, categories, objects, tags } from "../../support/exampleVCenter";
import { grant, permissionVCenter, roles } from "../../support/examplePermission";
import { noPermission } from "../../support/inMemoryVCenter";
import { thrownBy } from "../../support/thrownBy";

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
    assert.equal(((await thrownBy(live.permissions(x1))) as Error).message, "broken");
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
