import assert from "node:assert/strict";

import type { RootDiskDatastore } from "../../../../components/clusterLookup/model";
import { clusterVCenter, reasonsOf } from "../../../support/clusterVCenter";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";

const [prod, stage] = ["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"] as const;
const root = "/X1/datastore/x1_root";
const lun = "/X1/datastore/x1_lun_1";

describe("a look at the datastores of a cluster", () => {
  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = clusterVCenter();
    vCenter.place("StoragePod:group-p1", "pod", "Folder:group-s1");
    vCenter.place("Folder:group-s9", "fast", "Folder:group-s1");
  });

  const datastore = (path: string, changes: Partial<RootDiskDatastore> = {}) => ({
    ...{ path, isOfMasters: true, clusters: [] },
    ...changes,
  });
  const reasons = (...datastores: RootDiskDatastore[]) => reasonsOf(vCenter, { datastores });

  it("finds nothing wrong where all are there, also inside of a datastore cluster", async () => {
    vCenter.place("Datastore:datastore-2", "member", "StoragePod:group-p1");
    assert.deepEqual(
      await reasons(datastore(root), datastore(lun), datastore("/X1/datastore/pod/member")),
      [],
    );
  });

  it("tells every one that is missing, with the nearest datastores of the datacenter", async () => {
    const missing =
      "no such datastore in vCenter, or this account cannot see it, and the installer would not find it: correct the " +
      "path; the nearest that exist are";
    assert.deepEqual(
      await reasons(datastore("/X1/datastore/x1_lun_2"), datastore("/X1/datastore/x1_rot")),
      [
        `/X1/datastore/x1_lun_2: ${missing} ${lun}, ${root}`,
        `/X1/datastore/x1_rot: ${missing} ${root}, ${lun}`,
      ],
    );
  });

  it("refuses a datastore cluster, and names what is in it", async () => {
    vCenter.place("Datastore:datastore-2", "member", "StoragePod:group-p1");
    assert.deepEqual(await reasons(datastore("/X1/datastore/pod")), [
      "/X1/datastore/pod: it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431), and the " +
        "installer would not find it: correct the path; the nearest that exist are /X1/datastore/pod/member",
    ]);
  });

  it("refuses a datastore cluster that is empty", async () => {
    assert.deepEqual(await reasons(datastore("/X1/datastore/pod")), [
      "/X1/datastore/pod: it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431), and the " +
        "installer would not find it: correct the path",
    ]);
  });

  it("refuses a folder", async () => {
    assert.deepEqual(await reasons(datastore("/X1/datastore/fast")), [
      "/X1/datastore/fast: it is a folder, and root disks can be on datastores only, and the installer would not find it: " +
        `correct the path; the nearest that exist are ${root}, ${lun}`,
    ]);
  });

  describe("of one name", () => {
    const inFolder = "/X1/datastore/fast/x1_root";
    const ambiguous = (path: string, other: string) =>
      `${path}: a datastore of the same datacenter, ${other}, has this name too, and the installer, which knows the name ` +
      `alone (deckhouse/deckhouse#9584), would stop with "path 'x1_root' resolves to multiple datastores": use another ` +
      "datastore; another name for one of the two would be unknown to clusters and people that look for it by this one";

    beforeEach(() => {
      vCenter.place("Datastore:datastore-8", "x1_root", "Folder:group-s9");
    });

    it("refuses either for masters, whose data disks take a bare name", async () => {
      assert.deepEqual(await reasons(datastore(inFolder)), [ambiguous(inFolder, root)]);
      assert.deepEqual(await reasons(datastore(root)), [ambiguous(root, inFolder)]);
    });

    it("refuses for other nodes the one that is in no folder, because its path is the bare name", async () => {
      assert.deepEqual(await reasons(datastore(root, { isOfMasters: false })), [
        ambiguous(root, inFolder),
      ]);
      assert.deepEqual(await reasons(datastore(inFolder, { isOfMasters: false })), []);
    });

    it("says once what is wrong for masters and for others", async () => {
      const both = [datastore(root), datastore(root, { isOfMasters: false })];
      assert.equal((await reasons(...both)).length, 1);
    });
  });

  it("does not mind a datastore of the same name in another datacenter", async () => {
    assert.deepEqual(await reasons(datastore(root)), []);
  });

  describe("for the nodes of two clusters", () => {
    const clusters = [prod, stage];
    const end =
      "and nodes there could not have their root disks on it: mount it there, take a datastore that all hosts mount, or " +
      "leave the zone out of the group's zones";

    it("finds nothing wrong with one that all their hosts mount", async () => {
      assert.deepEqual(await reasons(datastore(root, { clusters })), []);
    });

    it("finds nothing wrong with one that is needed where it is mounted only", async () => {
      assert.deepEqual(await reasons(datastore(lun, { clusters: [prod] })), []);
    });

    it("refuses one that no host of the second mounts", async () => {
      assert.deepEqual(await reasons(datastore(lun, { clusters })), [
        `${lun}: it is mounted for reading and writing on none of the 2 hosts of ${stage}, ${end}`,
      ]);
    });

    it("refuses one that some hosts do not mount, and names three of them at most, in the order of names", async () => {
      const key = "ClusterComputeResource:domain-c2";
      vCenter.hosts.ofCluster(key, "host-21", "host-22", "host-23", "host-24", "host-25");
      vCenter.hosts.name({
        "host-21": "esxi-03.example.com",
        "host-22": "esxi-05.example.com",
        "host-23": "esxi-04.example.com",
        "host-24": "esxi-02.example.com",
        "host-25": "esxi-01.example.com",
      });
      vCenter.hosts.ofDatastore("Datastore:datastore-1", "host-21", "host-22");
      vCenter.hosts.ofDatastore("Datastore:datastore-9", "host-21");
      const needed = { clusters: [stage] };
      assert.deepEqual(await reasons(datastore(lun, needed), datastore(root, needed)), [
        `${lun}: it is mounted for reading and writing on 2 of the 5 hosts of ${stage} only, not on ` +
          `esxi-01.example.com, esxi-02.example.com, esxi-04.example.com, ${end}`,
        `${root}: it is mounted for reading and writing on 1 of the 5 hosts of ${stage} only, not on ` +
          `esxi-01.example.com, esxi-02.example.com, esxi-04.example.com and 1 more, ${end}`,
      ]);
    });

    it("refuses one that a single host does not mount", async () => {
      vCenter.hosts.name({ "host-21": "esxi-01.example.com", "host-22": "esxi-02.example.com" });
      vCenter.hosts.ofDatastore("Datastore:datastore-1", "host-21");
      assert.deepEqual(await reasons(datastore(lun, { clusters: [stage] })), [
        `${lun}: it is mounted for reading and writing on 1 of the 2 hosts of ${stage} only, not on ` +
          `esxi-02.example.com, ${end}`,
      ]);
    });

    it("tells the id of a host whose name the account may not read", async () => {
      const key = "ClusterComputeResource:domain-c2";
      vCenter.hosts.ofCluster(key, "host-21", "host-22", "host-23");
      vCenter.hosts.name({ "host-21": "esxi-01.example.com", "host-23": "esxi-03.example.com" });
      vCenter.hosts.ofDatastore("Datastore:datastore-1", "host-21");
      assert.deepEqual(await reasons(datastore(lun, { clusters: [stage] })), [
        `${lun}: it is mounted for reading and writing on 1 of the 3 hosts of ${stage} only, not on ` +
          `esxi-03.example.com, host-22, ${end}`,
      ]);
    });

    it("finds nothing wrong with a cluster that has no host yet", async () => {
      vCenter.hosts.ofCluster("ClusterComputeResource:domain-c2");
      assert.deepEqual(await reasons(datastore(lun, { clusters: [stage] })), []);
    });

    it("asks once, whatever is needed where", async () => {
      await reasons(datastore(root, { clusters }), datastore(lun, { clusters: [prod] }));
      assert.deepEqual(
        vCenter.calls.filter((call) => call.startsWith("mounts")),
        [
          "mounts Datastore:datastore-9 Datastore:datastore-1 on ClusterComputeResource:domain-c1 " +
            "ClusterComputeResource:domain-c2",
        ],
      );
    });

    it("does not ask of what is not there, and tells a missing cluster once", async () => {
      const gone = "/X1/host/x1_cluster_gone";
      const found = await reasons(
        datastore(root, { clusters: [gone] }),
        datastore(lun, { clusters: [gone] }),
      );
      assert.equal(found.length, 1);
      assert.ok(found[0]!.startsWith(`${gone}: no such object in vCenter's inventory, `), found[0]);
      await reasons(datastore("/X1/datastore/none", { clusters: [prod] }));
      assert.ok(!vCenter.calls.some((call) => call.startsWith("mounts")));
    });

    it("tells a missing cluster beside what is wrong on those that are there", async () => {
      const gone = "/X1/host/x1_cluster_gone";
      const found = await reasons(datastore(lun, { clusters: [gone, stage] }));
      assert.deepEqual(
        found.map((reason) => reason.split(": ", 1)[0]),
        [gone, lun],
      );
    });
  });
});
