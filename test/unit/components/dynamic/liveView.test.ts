import assert from "node:assert/strict";

import { LiveView } from "../../../../components/dynamic/liveView";
import {
  Inventory,
  type HostMounts,
  type ManagedObjectReference,
  type StoragePolicy,
  type VCenterClient,
} from "../../../../vcenter";
import { categories, objects, tags } from "../../../support/exampleVCenter";
import { grant, permissionVCenter, roles } from "../../../support/examplePermission";
import { noPermission, type InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { messageOf, thrownBy } from "../../../support/thrownBy";

const x1 = { type: "Datacenter", id: "datacenter-1" };
const x2 = { type: "Datacenter", id: "datacenter-2" };

describe("a view of vCenter", () => {
  let vCenter: InMemoryVCenter;
  let live: LiveView;

  beforeEach(() => {
    vCenter = permissionVCenter();
    live = new LiveView(vCenter.client());
  });

  it("asks each question once, however many ask it and when", async () => {
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
    // Two objects are asked for their permissions one by one, and the inventory in two parts.
    assert.equal(vCenter.calls.length, 11);
  });

  it("asks again what failed", async () => {
    vCenter.failing = () => noPermission("list the roles");
    await thrownBy(live.roles());
    vCenter.failing = () => undefined;
    assert.equal((await live.roles()).length, 4);
  });

  it("shows only the permissions on the object itself", async () => {
    grant(vCenter, objects.prod, "VSPHERE.LOCAL\\backup", roles.backup);
    const found = await live.permissions(x2);
    assert.deepEqual(
      found.map(({ principal }) => principal),
      ["VSPHERE.LOCAL\\backup"],
    );
  });

  describe("asks for permissions", () => {
    const datastores = ["1", "2", "3", "4", "5", "6"].map((id) => ({ type: "Datastore", id }));
    const keys = datastores.map(({ id }) => `permissions Datastore:${id}`);
    const askAll = async (): Promise<void> => {
      for (const object of [...datastores, ...datastores]) await live.permissions(object);
    };

    it("of few objects one by one, and of more objects with one call for all", async () => {
      await askAll();
      assert.deepEqual(vCenter.calls, [...keys.slice(0, 4), "allPermissions"]);
    });

    it("of each object when the account may not read all, which is asked once", async () => {
      vCenter.failing = (call) => (call === "allPermissions" ? noPermission("read") : undefined);
      await askAll();
      assert.deepEqual(vCenter.calls, [...keys.slice(0, 4), "allPermissions", ...keys.slice(4)]);
      vCenter.failing = (call) => (call === "allPermissions" ? new Error("broken") : undefined);
      live = new LiveView(vCenter.client());
      assert.equal(await messageOf(askAll()), "broken");
    });

    it("of all, when the account may not read those of the object", async () => {
      vCenter.failing = (call) =>
        call.startsWith("permissions ") ? noPermission("read") : undefined;
      assert.equal((await live.permissions(x1)).length, 2);
    });

    it("of an object that we changed alone, and of no other", async () => {
      await askAll();
      vCenter.calls.length = 0;
      const [first, , , , , last] = datastores as [typeof x1, ...(typeof x1)[]];
      for (const object of [first, last]) if (object !== undefined) live.forgetPermissions(object);
      await askAll();
      assert.deepEqual(vCenter.calls, [keys[0], keys[5]]);
    });

    it("anew after our change, also when the answer of before is still on its way", async () => {
      const before = live.permissions(x1);
      grant(vCenter, objects.x1, "VSPHERE.LOCAL\\new", roles.other);
      live.forgetPermissions(x1);
      assert.equal((await live.permissions(x1)).length, 3);
      await before;
      assert.equal((await live.permissions(x1)).length, 3);
    });
  });

  describe("reads networks", () => {
    const root = { type: "Folder", id: "group-d1" };
    const folder = { type: "Folder", id: "group-n1" };
    const network = { type: "Network", id: "network-1" };
    const top = [
      { ...x1, name: "X1", parent: root, folders: { network: folder } },
      { ...folder, name: "net", parent: x1 },
    ];
    const parts: Record<string, Inventory> = {
      withoutNetworks: new Inventory(root, [...top, { ...x2, name: "X2", parent: root }]),
      networks: new Inventory(root, [...top, { ...network, name: "k8s", parent: folder }]),
    };
    let asked: string[];

    beforeEach(() => {
      asked = [];
      const read = (part: string) => {
        asked.push(part);
        return Promise.resolve(parts[part]);
      };
      live = new LiveView({ inventory: { read } } as unknown as VCenterClient);
    });

    for (const [what, paths, isRead] of [
      ["not for objects elsewhere", ["/X1", "/X2/", "/"], false],
      ["not for the folder that holds them", ["/X1/net", "/X1/network"], false],
      ["for a path below that folder", ["/X1/net/k8s"], true],
      ["for a path below that folder by what it holds", ["/X2", "/X1/network/k8s"], true],
      ["for a path that leads to nothing, as they may have been meant", ["/X1", "/X3"], true],
    ] as const) {
      it(what, async () => {
        const inventory = await live.inventoryFor(paths);
        assert.deepEqual(asked, isRead ? ["withoutNetworks", "networks"] : ["withoutNetworks"]);
        assert.equal(inventory.pathOf(network), isRead ? "/X1/net/k8s" : undefined);
        assert.equal(inventory.pathOf(x2), "/X2");
        assert.equal(await live.inventory(), await live.inventory(), "merged once");
      });
    }

    it("for a recorded object that is none of the others", async () => {
      assert.equal((await live.placeOf(x2))?.path, "/X2");
      assert.deepEqual(asked, ["withoutNetworks"]);
      assert.equal((await live.placeOf(network))?.path, "/X1/net/k8s");
    });
  });

  it("looks anew for a role that it does not know, once", async () => {
    assert.equal((await live.role(roles.other))?.name, "other");
    vCenter.addRole(1005, "made meanwhile");
    for (const _ of [1, 2]) assert.equal((await live.role(1005))?.name, "made meanwhile");
    assert.deepEqual(vCenter.calls, ["roles", "roles"]);
  });

  it("finds the permissions of 10,000 objects among 10,000 without going through all for each", async () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `Datastore:datastore-${index}`);
    keys.forEach((key) => grant(vCenter, key, "VSPHERE.LOCAL\\backup", roles.backup));
    const started = Date.now();
    for (const id of keys.map((key) => key.slice("Datastore:".length))) {
      assert.equal((await live.permissions({ type: "Datastore", id })).length, 1);
    }
    assert.ok(Date.now() - started < 1_000, `${Date.now() - started} ms`);
  });

  it("lists the categories once for any number of names, in any spelling", async () => {
    await live.categories();
    assert.equal((await live.category("K8S-ZONE"))?.id, categories.zone);
    assert.equal(await live.category("nobody's"), undefined);
    assert.deepEqual(vCenter.calls, ["categories"]);
  });

  it("does not ask again after a change whether an object is hidden", async () => {
    vCenter.hide(objects.x1);
    await live.isHidden(x1);
    assert.equal(await live.afterChange().isHidden(x1), true);
    assert.deepEqual(vCenter.calls, [`exists ${objects.x1}`]);
  });

  it("says of a tag that is gone that there is none, and of any other failure that it failed", async () => {
    assert.equal(await live.tag("urn:tag:gone"), undefined);
    vCenter.failing = () => noPermission("read a tag");
    assert.equal(await messageOf(live.tag(tags.zoneA)), noPermission("read a tag").message);
  });

  it("reads attachments and permissions anew after a change, and not what a change never touches", async () => {
    const ask = (view: LiveView) =>
      Promise.all([
        ...[view.instanceUuid(), view.inventory(), view.roles()],
        ...[view.permissions(x1), view.attachedTags([x1])],
      ]);
    await ask(live);
    vCenter.calls.length = 0;
    await ask(live.afterChange());
    assert.deepEqual(vCenter.calls.sort(), ["attachedTags 1", `permissions ${objects.x1}`]);
  });
});

const lun: ManagedObjectReference = { type: "Datastore", id: "datastore-1" };
const root: ManagedObjectReference = { type: "Datastore", id: "datastore-2" };
const prod: ManagedObjectReference = { type: "ClusterComputeResource", id: "domain-c1" };
const gold: StoragePolicy = { id: "0d6e1b1e-9f57-4a43-8f8e-6c1d0f3b2a11", name: "gold" };

/** A client that only knows of storage, and the calls that it got. */
function storageVCenter(): {
  readonly client: VCenterClient;
  readonly calls: string[];
  fails: boolean;
} {
  const vCenter = { calls: [] as string[], fails: false };
  const mounts: HostMounts = { byDatastore: new Map(), byCluster: new Map(), names: new Map() };
  const answer = <T>(call: string, value: T): Promise<T> => {
    vCenter.calls.push(call);
    return vCenter.fails ? Promise.reject(new Error("busy")) : Promise.resolve(value);
  };
  const ids = (objects: readonly ManagedObjectReference[]) => objects.map(({ id }) => id).join(" ");
  const client = {
    storagePolicies: { list: () => answer("policies", [gold]) },
    mounts: {
      read: (...[stores, clusters]: [ManagedObjectReference[], ManagedObjectReference[]]) =>
        answer(`mounts ${ids(stores)} on ${ids(clusters)}`, mounts),
    },
  };
  return Object.assign(vCenter, { client: client as unknown as VCenterClient });
}

describe("a view of vCenter's storage", () => {
  let vCenter: ReturnType<typeof storageVCenter>;
  let live: LiveView;

  beforeEach(() => {
    vCenter = storageVCenter();
    live = new LiveView(vCenter.client);
  });

  it("lists the storage policies once, also after a change, and again when that failed", async () => {
    vCenter.fails = true;
    await thrownBy(live.storagePolicies());
    vCenter.fails = false;
    for (const view of [() => live, () => live, () => live.afterChange()]) {
      assert.deepEqual(await view().storagePolicies(), [gold]);
    }
    assert.deepEqual(vCenter.calls, ["policies", "policies"]);
  });

  it("reads mounts once for the same datastores and clusters, and anew for others", async () => {
    const questions = [
      [[lun], [prod]],
      [[lun, root], [prod]],
      [[lun], []],
      [[], [prod]],
    ] as const;
    for (const [datastores, clusters] of [...questions, ...questions]) {
      await live.mounts(datastores, clusters);
    }
    assert.deepEqual(vCenter.calls, [
      "mounts datastore-1 on domain-c1",
      "mounts datastore-1 datastore-2 on domain-c1",
      "mounts datastore-1 on ",
      "mounts  on domain-c1",
    ]);
  });
});
