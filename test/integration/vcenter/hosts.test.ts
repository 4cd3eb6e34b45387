import assert from "node:assert/strict";
import { basename } from "node:path/posix";
import { objectKey, type ManagedObject, type VCenterClient } from "../../../vcenter";
import { govc } from "./govc";
import { simulated } from "./simulated";

const prod = "/X1/host/x1_cluster_prod";

/** The objects at the paths, which must exist. */
async function at(client: VCenterClient, ...paths: string[]): Promise<ManagedObject[]> {
  const inventory = await client.inventory.read();
  return paths.map((path) => {
    const [object] = inventory.at(path);
    assert.ok(object, `${path} is missing`);
    return object;
  });
}

describe("the hosts of the simulated vCenter", () => {
  const { simulator, use } = simulated();

  it("are read in one call, with their names, networks and datastores, as govc lists them", async () => {
    const listed = await govc(simulator(), "ls", "-t", "HostSystem", prod);
    const names = listed
      .trim()
      .split("\n")
      .map((line) => basename(line));
    await use(async (client) => {
      const [cluster, lun, other, network] = await at(
        client,
        ...[prod, "/X1/datastore/x1_lun_1", "/X2/datastore/x2_lun_1", "/X1/network/k8s-nodes"],
      );
      assert.ok(cluster && lun && other && network);
      await simulator().control.resetCalls();
      const read = await client.hosts.read([cluster], [lun, other]);
      assert.deepEqual((await simulator().control.calls()).soap, { RetrieveProperties: 1 });
      const { hosts, isDrsEnabled } = read.clusters.get(objectKey(cluster))!;
      assert.deepEqual(hosts.map(({ name }) => name).sort(), names.sort());
      assert.equal(isDrsEnabled, true);
      for (const host of hosts) {
        assert.deepEqual([host.isConnected, host.isInMaintenance], [true, false]);
        assert.ok(host.networks.has(objectKey(network)), host.name);
        assert.deepEqual(read.datastores.get(objectKey(lun))?.get(host.key), {
          isMounted: true,
          isWritable: true,
          isAccessible: true,
        });
        assert.equal(read.datastores.get(objectKey(other))?.get(host.key), undefined);
      }
    });
  });

  it("take no call when nothing is asked for", async () => {
    await use(async (client) => {
      await client.about();
      await simulator().control.resetCalls();
      const read = await client.hosts.read([], []);
      assert.deepEqual([read.clusters.size, read.datastores.size], [0, 0]);
      assert.deepEqual((await simulator().control.calls()).soap, {});
    });
  });

  it("have a user who lacks what a permission further down takes away", async () => {
    const user = "deckhouse@vsphere.local";
    const ids = ["Datastore.AllocateSpace", "Datastore.Browse", "System.Read"];
    const grant = (role: string, path: string): Promise<string> =>
      govc(simulator(), "permissions.set", "-principal", user, "-role", role, path);
    await grant("Admin", "/X1");
    await grant("ReadOnly", "/X1/datastore/x1_lun_1");
    await use(async (client) => {
      const objects = await at(client, "/X1", "/X1/datastore/x1_lun_1", "/X1/datastore/x1_lun_2");
      const missing = await client.authorization.missingPrivileges(user, objects, ids);
      assert.deepEqual(
        objects.map((object) => missing.get(objectKey(object))),
        [[], ["Datastore.AllocateSpace", "Datastore.Browse"], []],
      );
      assert.equal((await client.authorization.missingPrivileges(user, [], ids)).size, 0);
    });
  });
});
