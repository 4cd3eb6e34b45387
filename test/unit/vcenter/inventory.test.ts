import assert from "node:assert/strict";
import fc from "fast-check";
import { Inventory, objectKey, type InventoryEntry } from "../../../vcenter";
import { processorTime } from "./support/harness";

const root = { type: "Folder", id: "group-d1" };

function entry(type: string, id: string, name: string, parent?: InventoryEntry): InventoryEntry {
  return parent
    ? { type, id, name, parent: { type: parent.type, id: parent.id } }
    : { type, id, name };
}

const rootEntry = entry("Folder", root.id, "Datacenters");
const folder = entry("Folder", "group-d2", "Berlin", rootEntry);
const datacenter = entry("Datacenter", "datacenter-3", "X1", folder);
const hosts = entry("Folder", "group-h4", "host", datacenter);
const stores = entry("Folder", "group-s5", "datastore", datacenter);
const networks = entry("Folder", "group-n6", "network", datacenter);
const pod = entry("StoragePod", "group-p7", "pod", stores);
const cluster = entry("ClusterComputeResource", "domain-c8", "x1_cluster_prod", hosts);
const stage = entry("ClusterComputeResource", "domain-c9", "x1_cluster_stage", hosts);
const lun = entry("Datastore", "datastore-10", "x1_lun_1", pod);
const slash = entry("Datastore", "datastore-11", "a%2fb%25", stores);
const network = entry("Network", "network-12", "k8s", networks);
const portgroup = entry("DistributedVirtualPortgroup", "dvportgroup-13", "k8s", networks);
const all = [
  ...[rootEntry, folder, datacenter, hosts, stores, networks, pod, cluster, stage],
  ...[lun, slash, network, portgroup],
];

describe("Inventory", () => {
  const inventory = new Inventory(root, all);

  for (const [path, expected] of [
    ["/", rootEntry],
    ["/Berlin", folder],
    ["/Berlin/X1", datacenter],
    ["Berlin/X1/", datacenter],
    ["/Berlin/X1/host/x1_cluster_prod", cluster],
    ["/Berlin/X1/datastore/pod/x1_lun_1", lun],
    ["/Berlin/X1/datastore/a%2fb%25", slash],
  ] as const) {
    it(`finds ${path}`, () => {
      const { type, id } = expected;
      const found = inventory.find(path, expected.type);
      assert.deepEqual(
        { type: found?.type, id: found?.id, name: found?.name },
        { type, id, name: expected.name },
      );
      assert.deepEqual(inventory.get({ type, id }), found);
      assert.equal(inventory.pathOf({ type, id }), found?.path);
    });
  }

  it("finds nothing at a path that is not exactly one of its own", () => {
    const none = ["/X1", "/berlin/X1", "/Berlin/X1/datastore/a/b%25", "/Berlin/X1/host/x1", "?"];
    for (const path of none) assert.deepEqual(inventory.at(path), [], path);
  });

  it("tells objects of one path apart by their type", () => {
    const path = "/Berlin/X1/network/k8s";
    assert.equal(inventory.find(path, "Network")?.id, network.id);
    assert.equal(inventory.find(path, "DistributedVirtualPortgroup")?.id, portgroup.id);
    assert.equal(inventory.find(path, "Datastore"), undefined);
    assert.deepEqual(
      inventory.at(path).map(({ id }) => id),
      [portgroup.id, network.id],
    );
    assert.deepEqual(inventory.nearest(`${path}s`, ["Network"])[0], path);
  });

  it("lists a type by path", () => {
    assert.deepEqual(
      inventory.all("ClusterComputeResource").map(({ path }) => path),
      ["/Berlin/X1/host/x1_cluster_prod", "/Berlin/X1/host/x1_cluster_stage"],
    );
    assert.deepEqual(inventory.all("HostSystem"), []);
  });

  it("suggests the nearest paths, the right type first", () => {
    assert.deepEqual(
      inventory.nearest("/Berlin/X1/host/x1_cluster_pord", ["ClusterComputeResource"]),
      [
        "/Berlin/X1/host/x1_cluster_prod",
        "/Berlin/X1/host/x1_cluster_stage",
        "/Berlin/X1/datastore/pod",
      ],
    );
    const folders = ["ABCDEF", "abcxyz"].map((name) => entry("Folder", name, name, rootEntry));
    assert.equal(new Inventory(root, folders).nearest("/abcdef")[0], "/ABCDEF");
    assert.equal(inventory.nearest("/Berlin/X1/host", ["Datacenter"])[0], "/Berlin/X1");
  });

  it("has a root even if the account may not see it", () => {
    const hidden = new Inventory(root, [datacenter, folder]);
    assert.deepEqual(hidden.root, { ...root, name: "", path: "/" });
    assert.equal(hidden.find("/Berlin/X1", "Datacenter")?.id, datacenter.id);
  });

  it("keeps objects whose parent is not visible, but does not find them by a path", () => {
    const part = new Inventory(root, [rootEntry, hosts, cluster, entry("Datastore", "d", "lost")]);
    assert.equal(part.pathOf(cluster), "?/host/x1_cluster_prod");
    assert.equal(part.pathOf({ type: "Datastore", id: "d" }), "?/lost");
    for (const path of ["?/lost", "/?/lost", "lost", "/host", "host/x1_cluster_prod"]) {
      assert.deepEqual(part.at(path), [], path);
    }
    assert.deepEqual(part.nearest("/lost"), []);
  });

  it("survives parents in a circle", () => {
    const [a, b] = [entry("Folder", "a", "a"), entry("Folder", "b", "b")];
    const circle = new Inventory(root, [
      { ...a, parent: { type: "Folder", id: "b" } },
      { ...b, parent: { type: "Folder", id: "a" } },
    ]);
    assert.ok(circle.pathOf(a)?.startsWith("?/"));
  });

  it("finds every object of any tree at the path of its names, in any order", () => {
    const tree = fc.array(fc.tuple(fc.nat(), fc.stringMatching(/^[a-zA-Z0-9 ._%-]{1,8}$/)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(tree, fc.infiniteStream(fc.nat()), (nodes, order) => {
        const entries: InventoryEntry[] = [rootEntry];
        const paths = new Map<string, string>([[objectKey(root), ""]]);
        nodes.forEach(([parentIndex, name], index) => {
          const parent = entries[parentIndex % entries.length] ?? rootEntry;
          // Names are unique among siblings, as in vCenter.
          const item = entry("Folder", `group-${index}`, `${name}${index}`, parent);
          paths.set(objectKey(item), `${paths.get(objectKey(parent)) ?? ""}/${item.name}`);
          entries.push(item);
        });
        const shuffled = entries
          .map((item) => ({ item, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
        const inventory = new Inventory(root, shuffled);
        for (const item of entries.slice(1)) {
          const path = paths.get(objectKey(item)) ?? "";
          assert.equal(inventory.find(path, "Folder")?.id, item.id);
          assert.equal(inventory.pathOf(item), path);
          assert.ok(inventory.nearest(path)[0] === path || inventory.nearest(path).length === 3);
          assert.ok(inventory.nearest(path.toUpperCase()).length <= 3);
        }
        assert.equal(inventory.all("Folder").length, entries.length);
      }),
      { numRuns: 60 },
    );
  });

  it("suggests in no time among 10,000 datastores", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      entry("Datastore", `datastore-${index + 100}`, `x1_lun_${index}`, stores),
    );
    let nearest: string[] = [];
    const took = await processorTime(() => {
      const large = new Inventory(root, [...all, ...many]);
      nearest = large.nearest("/Berlin/X1/datastore/x1_lun_9999x", ["Datastore"]);
    });
    assert.equal(nearest[0], "/Berlin/X1/datastore/x1_lun_9999");
    assert.ok(took < 2000, `took ${took} ms`);
  });
});

describe("the folders of a datacenter under other names", () => {
  const references = { host: hosts, datastore: stores, network: networks } as const;
  const folders = Object.fromEntries(
    Object.entries(references).map(([kind, { type, id }]) => [kind, { type, id }]),
  );
  const renamed = (names: Readonly<Partial<Record<keyof typeof references, string>>>): Inventory =>
    new Inventory(
      root,
      all.map((object) => {
        if (object === datacenter) return { ...object, folders };
        const [kind] =
          Object.entries(references).find(([, folder]) => folder.id === object.id) ?? [];
        const name = names[kind as keyof typeof references];
        return name === undefined ? object : { ...object, name };
      }),
    );
  const german = renamed({ host: "Hosts und Cluster", datastore: "Datenspeicher" });

  for (const [path, real] of [
    ["/Berlin/X1/host/x1_cluster_prod", "/Berlin/X1/Hosts und Cluster/x1_cluster_prod"],
    [
      "/Berlin/X1/Hosts und Cluster/x1_cluster_prod",
      "/Berlin/X1/Hosts und Cluster/x1_cluster_prod",
    ],
    ["Berlin/X1/datastore/pod/x1_lun_1/", "/Berlin/X1/Datenspeicher/pod/x1_lun_1"],
    ["/Berlin/X1/datastore", "/Berlin/X1/Datenspeicher"],
    ["/Berlin/X1/network/k8s", "/Berlin/X1/network/k8s"],
  ] as const) {
    it(`finds ${path} at ${real}`, () => {
      assert.equal(german.at(path)[0]?.path, real);
      assert.equal(german.realPath(path), real);
    });
  }

  it("gives the path that a missing object would have, and the nearest to it", () => {
    const path = "/Berlin/X1/host/x1_cluster_pord";
    assert.equal(german.at(path)[0], undefined);
    assert.equal(german.realPath(path), "/Berlin/X1/Hosts und Cluster/x1_cluster_pord");
    assert.equal(german.nearest(path)[0], "/Berlin/X1/Hosts und Cluster/x1_cluster_prod");
    assert.equal(german.realPath("/Paris/X9/host/c"), "/Paris/X9/host/c");
  });

  it("knows the folders themselves, and what is in them", () => {
    assert.ok(german.isDatacenterFolder(german.get(hosts)!));
    assert.ok(!german.isDatacenterFolder(german.get(pod)!));
    assert.equal(german.folderPath("/Berlin/X1", "datastore"), "/Berlin/X1/Datenspeicher");
    assert.equal(german.datacenterFolderOf(german.get(lun)!), "/Berlin/X1/Datenspeicher");
    assert.equal(german.datacenterFolderOf(german.get(datacenter)!), undefined);
  });

  it("takes a path as it is written before it takes the folder for what it holds", () => {
    const swapped = renamed({ host: "datastore", datastore: "host" });
    assert.equal(swapped.at("/Berlin/X1/host/a%2fb%25")[0]?.id, slash.id);
    assert.equal(swapped.at("/Berlin/X1/datastore/a%2fb%25")[0]?.id, slash.id);
    assert.equal(swapped.at("/Berlin/X1/host/x1_cluster_prod")[0]?.id, cluster.id);
    assert.equal(swapped.find("/Berlin/X1/host", "Folder")?.id, stores.id);
    assert.equal(swapped.folderPath("/Berlin/X1", "host"), "/Berlin/X1/datastore");
  });

  it("takes a folder that the account cannot see for one with the usual name", () => {
    const blind = new Inventory(
      root,
      all
        .filter((object) => object !== hosts)
        .map((object) => (object === datacenter ? { ...object, folders } : object)),
    );
    assert.equal(blind.at("/Berlin/X1/host/x1_cluster_prod")[0], undefined);
    assert.equal(blind.realPath("/Berlin/X1/host/c"), "/Berlin/X1/host/c");
  });
});

describe("an inventory with names in decomposed Unicode", () => {
  const composed = "Узлы й".normalize("NFC");
  const apart = composed.normalize("NFD");
  const inventoryWith = (...names: string[]): Inventory =>
    new Inventory(root, [
      ...all,
      ...names.map((name, index) => entry("Network", `network-${20 + index}`, name, networks)),
    ]);
  const path = (name: string): string => `/Berlin/X1/network/${name}`;

  it("finds a name in whatever form it is asked for, the very form where it has both", () => {
    const nameIn = (inventory: Inventory, name: string): string | undefined =>
      inventory.find(path(name), "Network")?.name;
    assert.equal(nameIn(inventoryWith(composed), apart), composed);
    assert.equal(nameIn(inventoryWith(apart), composed), apart);
    const both = inventoryWith(composed, apart);
    assert.deepEqual(
      [apart, composed].map((name) => nameIn(both, name)),
      [apart, composed],
    );
  });

  it("takes forms of one letter for no difference when it looks for what is near", () => {
    const longer = `${composed} и`;
    assert.deepEqual(inventoryWith(apart).nearest(path(longer), ["Network"])[0], path(apart));
  });
});
