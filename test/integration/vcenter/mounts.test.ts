import assert from "node:assert/strict";
import { basename } from "node:path/posix";
import { objectKey, type ManagedObject, type VCenterClient } from "../../../vcenter";
import { govc } from "./govc";
import { simulated } from "./simulated";

describe("mounts of the simulated vCenter", () => {
  const { simulator, use } = simulated();

  /** The objects at the paths, which must exist. */
  async function at(client: VCenterClient, ...paths: string[]): Promise<ManagedObject[]> {
    const inventory = await client.inventory.read();
    return paths.map((path) => {
      const [object] = inventory.at(path);
      assert.ok(object, `${path} is missing`);
      return object;
    });
  }

  /** The names of a cluster's hosts by their keys, as govc lists them: a line has the key and the path. */
  async function hostsOf(cluster: string): Promise<Map<string, string>> {
    const listed = await govc(simulator(), "ls", "-i", "-l", "-t", "HostSystem", cluster);
    const lines = listed.trim().split("\n");
    return new Map(lines.map((line) => [line.split(" ", 1)[0] ?? "", basename(line)]));
  }

  it("are read in one call with the names of hosts: a datastore of one cluster, and one of all hosts", async () => {
    const [prodNames, stageNames] = [
      await hostsOf("/X1/host/x1_cluster_prod"),
      await hostsOf("/X1/host/x1_cluster_stage"),
    ];
    const [prod, stage] = [[...prodNames.keys()].sort(), [...stageNames.keys()].sort()];
    assert.deepEqual([prod.length, stage.length], [3, 3]);
    await use(async (client) => {
      const objects = await at(
        client,
        ...["/X1/datastore/x1_lun_1", "/X1/datastore/x1_root"],
        ...["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"],
      );
      await simulator().control.resetCalls();
      const mounts = await client.mounts.read(objects.slice(0, 2), objects.slice(2));
      assert.deepEqual((await simulator().control.calls()).soap, { RetrieveProperties: 1 });
      const [lun, root, prodCluster, stageCluster] = objects.map(objectKey);
      const sorted = (hosts: ReadonlyMap<string, ReadonlySet<string>>) =>
        Object.fromEntries([...hosts].map(([key, set]) => [key, [...set].sort()]));
      assert.deepEqual(sorted(mounts.byDatastore), {
        [lun ?? ""]: prod,
        [root ?? ""]: [...prod, ...stage].sort(),
      });
      assert.deepEqual(sorted(mounts.byCluster), {
        [prodCluster ?? ""]: prod,
        [stageCluster ?? ""]: stage,
      });
      assert.deepEqual(mounts.names, new Map([...prodNames, ...stageNames]));
    });
  });

  it("come without the names of hosts of other clusters", async () => {
    const stageNames = await hostsOf("/X1/host/x1_cluster_stage");
    await use(async (client) => {
      const [root, stage] = await at(client, "/X1/datastore/x1_root", "/X1/host/x1_cluster_stage");
      assert.ok(root && stage);
      const { byDatastore, names } = await client.mounts.read([root], [stage]);
      assert.equal(byDatastore.get(objectKey(root))?.size, 6);
      assert.deepEqual(names, stageNames);
    });
  });

  it("are an error when a datastore was removed meanwhile", async () => {
    await use(async (client) => {
      const [store] = await at(client, "/X2/datastore/x2_lun_2");
      assert.ok(store);
      await simulator().control.change({ operation: "removeObject", path: store.path });
      await assert.rejects(client.mounts.read([store], []), {
        kind: "notFound",
        code: "ManagedObjectNotFound",
      });
    });
  });
});
