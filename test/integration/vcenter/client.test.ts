import assert from "node:assert/strict";
import {
  objectKey,
  VCenterError,
  withVCenter,
  type Inventory,
  type ManagedObject,
  type VCenterClientOptions,
} from "../../../vcenter";
import { Simulator } from "../../../scripts/lab/simulator";
import { simulated } from "./simulated";

const quick: VCenterClientOptions = { backoffMilliseconds: 1, timeoutMilliseconds: 20_000 };

/** The object at a path, which must exist. */
function at(inventory: Inventory, path: string): ManagedObject {
  const [object] = inventory.at(path);
  assert.ok(object, `${path} is missing`);
  return object;
}

describe("the vCenter client on the simulated vCenter", () => {
  const { simulator, use } = simulated();

  it("tells which vCenter it is", async () => {
    const about = await use((client) => client.about());
    assert.equal(about.apiType, "VirtualCenter");
    assert.match(about.version, /^\d+\.\d+/);
    assert.notEqual(about.instanceUuid, "");
  });

  it("reads the inventory in one call", async () => {
    await simulator().control.resetCalls();
    const inventory = await use((client) => client.inventory.read());
    for (const [type, ...paths] of [
      ["Datacenter", "/X1", "/X2"],
      [
        "ClusterComputeResource",
        ...["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"],
        ...["/X2/host/x2_cluster_prod", "/X2/host/x2_cluster_stage"],
      ],
      [
        "Datastore",
        ...["/X1/datastore/x1_lun_1", "/X1/datastore/x1_lun_2", "/X1/datastore/x1_lun_3"],
        ...["/X1/datastore/x1_root", "/X2/datastore/x2_lun_1", "/X2/datastore/x2_lun_2"],
        "/X2/datastore/x2_root",
      ],
    ] as const) {
      assert.deepEqual(
        inventory.all(type).map(({ path }) => path),
        paths,
      );
    }
    assert.ok(inventory.find("/X1/network/k8s-nodes", "DistributedVirtualPortgroup"));
    assert.ok(inventory.find("/X1/vm/k8s/x1", "Folder"));
    for (const type of ["VirtualMachine", "HostSystem", "ResourcePool"]) {
      assert.deepEqual(inventory.all(type), []);
    }
    assert.deepEqual(inventory.nearest("/X1/host/x1-cluster-prod", ["ClusterComputeResource"]), [
      "/X1/host/x1_cluster_prod",
      "/X2/host/x2_cluster_prod",
      "/X1/host/x1_cluster_stage",
    ]);
    const calls = await simulator().control.calls();
    assert.deepEqual(calls.soap, {
      RetrieveServiceContent: 1,
      Login: 1,
      RetrieveProperties: 1,
      Logout: 1,
    });
    const [name, login, ...others] = Object.keys(calls.byUserAgent).sort();
    assert.equal(name, "deckhouse-vsphere/0.2.0");
    assert.match(login ?? "", /^deckhouse-vsphere\/0\.2\.0 \(login [0-9a-f-]{36}\)$/);
    assert.deepEqual(others, []);
  });

  it("reads the inventory in two parts, which together are all of it", async () => {
    await use(async ({ inventory }) => {
      const [all, places, networks] = await Promise.all([
        inventory.read(),
        inventory.read("withoutNetworks"),
        inventory.read("networks"),
      ]);
      const types = ["Folder", "Datacenter", "ClusterComputeResource", "Datastore"];
      const networkTypes = ["Network", "DistributedVirtualPortgroup", "DistributedVirtualSwitch"];
      const both = places.with(networks);
      for (const type of [...types, ...networkTypes]) {
        assert.ok(all.all(type).length > 0 || type === "Network", type);
        assert.deepEqual(both.all(type), all.all(type));
      }
      for (const type of types) assert.deepEqual(places.all(type), all.all(type));
      for (const type of networkTypes) assert.deepEqual(places.all(type), []);
      for (const type of types.slice(2)) assert.deepEqual(networks.all(type), []);
    });
  });

  it("lists the permissions with a role, and none with a role that does not exist", async () => {
    await use(async ({ authorization }) => {
      const role = await authorization.findRole("backup-operator");
      const users = await authorization.permissionsWithRole(role?.id ?? 0);
      assert.deepEqual(
        users.map(({ entity }) => entity.type),
        ["Datacenter", "Datacenter", "Folder"],
      );
      assert.deepEqual(await authorization.permissionsWithRole(4711), []);
    });
  });

  it("reads categories and tags", async () => {
    await use(async ({ tagging }) => {
      const category = await tagging.findCategory("Backup-Policy");
      assert.ok(category);
      assert.deepEqual(
        { ...category, id: "", description: "" },
        {
          id: "",
          name: "backup-policy",
          description: "",
          cardinality: "MULTIPLE",
          associableTypes: [],
        },
      );
      assert.deepEqual(await tagging.category(category.id), category);
      const tags = await tagging.tags(category.id);
      assert.deepEqual(tags.map(({ name }) => name).sort(), ["daily", "weekly"]);
      assert.deepEqual(
        (await tagging.tagIdsOfCategory(category.id)).sort(),
        tags.map(({ id }) => id).sort(),
      );
      assert.deepEqual(await tagging.tag(tags[0]?.id ?? ""), tags[0]);
      assert.equal(tags[0]?.categoryId, category.id);
      assert.equal(await tagging.findCategory("no such category"), undefined);
      const unknown = "urn:vmomi:InventoryServiceTag:00000000-0000-0000-0000-000000000000:GLOBAL";
      await assert.rejects(tagging.tag(unknown), { kind: "notFound" });
      await assert.rejects(tagging.tag("nonsense"), (error) => error instanceof VCenterError);
    });
  });

  it("attaches and detaches a tag, and leaves the others", async () => {
    const start = await simulator().control.snapshot();
    await simulator().control.change(
      {
        operation: "createCategory",
        category: "zone",
        cardinality: "SINGLE",
        associableTypes: ["Datastore"],
      },
      { operation: "createTag", category: "zone", tag: "a" },
      { operation: "createTag", category: "zone", tag: "b" },
    );
    await use(async ({ tagging, inventory: reader }) => {
      const inventory = await reader.read();
      const zone = await tagging.findCategory("zone");
      const tags = await tagging.tags(zone?.id ?? "");
      const idOf = (name: string): string => tags.find((tag) => tag.name === name)?.id ?? "";
      const lun1 = at(inventory, "/X1/datastore/x1_lun_1");
      const lun2 = at(inventory, "/X1/datastore/x1_lun_2");
      const before = await tagging.attachedTags([lun1, lun2]);

      assert.deepEqual(await tagging.attach(idOf("a"), [lun1, lun2]), { failures: [] });
      // Attached already: no failure.
      assert.deepEqual(await tagging.attach(idOf("a"), [lun1]), { failures: [] });
      const attached = await tagging.attachedTags([lun1, lun2]);
      for (const object of [lun1, lun2]) {
        const expected = [...(before.get(objectKey(object)) ?? []), idOf("a")].sort();
        assert.deepEqual([...(attached.get(objectKey(object)) ?? [])].sort(), expected);
      }
      const objects = await tagging.attachedObjects([idOf("a"), idOf("b")]);
      assert.deepEqual(
        objects.get(idOf("a"))?.map(objectKey).sort(),
        [lun1, lun2].map(objectKey).sort(),
      );
      assert.deepEqual(objects.get(idOf("b")), []);

      // A second tag of a SINGLE category, and a type that may not carry it: told for each object.
      const cluster = at(inventory, "/X1/host/x1_cluster_prod");
      const lun3 = at(inventory, "/X1/datastore/x1_lun_3");
      const partial = await tagging.attach(idOf("b"), [lun1, cluster, lun3]);
      assert.equal(partial.failures.length, 2);
      for (const failure of partial.failures) assert.notEqual(failure.message, "");
      assert.deepEqual(
        partial.failures.find(({ object }) => object?.type === "Datastore")?.object,
        { type: lun1.type, id: lun1.id },
      );
      const after = await tagging.attachedTags([lun3]);
      assert.ok(after.get(objectKey(lun3))?.includes(idOf("b")));

      assert.deepEqual(await tagging.detach(idOf("a"), [lun1, lun2]), { failures: [] });
      assert.deepEqual(await tagging.detach(idOf("a"), [lun1]), { failures: [] });
      assert.deepEqual(await tagging.attachedTags([lun1, lun2]), before);
      await assert.rejects(tagging.attach("urn:vmomi:InventoryServiceTag:x:GLOBAL", [lun1]), {
        kind: "notFound",
      });
    });
    await simulator().control.change({ operation: "deleteCategory", category: "zone" });
    assert.deepEqual(await simulator().control.snapshot(), start);
  });

  it("reads roles and privileges", async () => {
    await use(async ({ authorization }) => {
      const roles = await authorization.roles();
      const administrator = roles.find(({ id }) => id === -1);
      assert.ok(administrator?.system);
      const own = await authorization.findRole("backup-operator");
      assert.ok(own && own.id > 0 && !own.system && own.label !== "");
      assert.ok(own.privileges.includes("System.Read"));
      assert.equal(await authorization.findRole("no such role"), undefined);
      const privileges = await authorization.privileges();
      assert.ok(privileges.length > 400);
      assert.ok(privileges.includes("InventoryService.Tagging.AttachTag"));
    });
  });

  it("grants, changes and takes back one permission, and leaves the others", async () => {
    const start = await simulator().control.snapshot();
    await use(async ({ authorization, inventory: reader }) => {
      const datacenter = at(await reader.read(), "/X1");
      const before = await authorization.permissions(datacenter);
      const role = await authorization.findRole("backup-operator");
      const rule = {
        principal: "VSPHERE.LOCAL\\deckhouse",
        group: false,
        roleId: role?.id ?? 0,
        propagate: true,
      };
      const { type, id } = datacenter;
      const permission = { ...rule, entity: { type, id } };
      await authorization.setPermission(datacenter, rule);
      assert.deepEqual(
        (await authorization.permissions(datacenter)).filter(
          ({ principal }) => principal === rule.principal,
        ),
        [permission],
      );
      await authorization.setPermission(datacenter, { ...rule, roleId: -2, propagate: false });
      const all = await authorization.allPermissions();
      assert.deepEqual(
        all.filter(({ principal }) => principal === rule.principal),
        [{ ...permission, roleId: -2, propagate: false }],
      );
      assert.equal(await authorization.removePermission(datacenter, rule.principal, false), true);
      assert.equal(await authorization.removePermission(datacenter, rule.principal, false), false);
      const gone = { type: "Datacenter", id: "datacenter-999999" };
      assert.equal(await authorization.removePermission(gone, rule.principal, false), false);
      assert.deepEqual(await authorization.permissions(datacenter), before);
      await assert.rejects(authorization.permissions(gone), { kind: "notFound" });
      await assert.rejects(
        authorization.setPermission(datacenter, { ...rule, principal: "VSPHERE.LOCAL\\nobody" }),
        { kind: "notFound", code: "UserNotFound" },
      );
    });
    assert.deepEqual(await simulator().control.snapshot(), start);
  });

  it("ends also sessions that vCenter disowned while they lived on", async () => {
    for (const match of ["RetrieveProperties", "GET category"]) {
      await simulator().control.addFault({ match, kind: "unauthenticated", times: 1 });
    }
    await use(async (client) => {
      await client.authorization.roles();
      await client.tagging.categories();
      assert.equal((await simulator().control.sessions()).length, 4);
    });
  });

  it("waits for its turn when there are too many sessions, and tells so in the end", async () => {
    await simulator().control.limitSessions(1);
    try {
      await use(async (client) => {
        await client.authorization.roles();
        await assert.rejects(client.tagging.categories(), (error) =>
          ["tooManySessions", "unavailable"].includes((error as VCenterError).kind),
        );
      });
    } finally {
      await simulator().control.limitSessions(0);
    }
  });
});

describe("the number of calls of the vCenter client", function () {
  this.timeout(120_000);

  it("does not grow with the number of datastores", async () => {
    const counts: unknown[] = [];
    for (const datastores of [1, 1000]) {
      const simulator = await Simulator.start({ generate: { zones: 2, datastores } });
      try {
        await simulator.control.change(
          { operation: "createCategory", category: "zone", cardinality: "SINGLE" },
          { operation: "createTag", category: "zone", tag: "a" },
        );
        await withVCenter(simulator.connection, quick, async (client) => {
          const stores = (await client.inventory.read()).all("Datastore");
          assert.ok(stores.length >= 2 * datastores);
          const category = await client.tagging.findCategory("zone");
          const [tagId = ""] = await client.tagging.tagIdsOfCategory(category?.id ?? "");
          const chosen = stores.slice(0, datastores);
          assert.deepEqual(await client.tagging.attach(tagId, chosen), { failures: [] });
          const attached = await client.tagging.attachedTags(chosen);
          assert.ok(chosen.every((store) => attached.get(objectKey(store))?.includes(tagId)));
          assert.equal(
            (await client.tagging.attachedObjects([tagId])).get(tagId)?.length,
            datastores,
          );
          await client.authorization.allPermissions();
          await client.tagging.detach(tagId, chosen);
        });
        const { soap, rest } = await simulator.control.calls();
        counts.push({ soap, rest });
        assert.deepEqual(await simulator.control.sessions(), []);
      } finally {
        await simulator.stop();
      }
    }
    assert.deepEqual(counts[1], counts[0]);
  });
});
