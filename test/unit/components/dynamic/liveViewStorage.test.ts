import assert from "node:assert/strict";

import { LiveView } from "../../../../components/dynamic/liveView";
import type {
  HostMounts,
  ManagedObjectReference,
  StoragePolicy,
  VCenterClient,
} from "../../../../vcenter";
import { thrownBy } from "../../../support/thrownBy";

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
  it("lists the storage policies once, also after a change, and again when that failed", async () => {
    const vCenter = storageVCenter();
    const live = new LiveView(vCenter.client);
    vCenter.fails = true;
    await thrownBy(live.storagePolicies());
    vCenter.fails = false;
    assert.deepEqual(await live.storagePolicies(), [gold]);
    assert.deepEqual(await live.storagePolicies(), [gold]);
    assert.deepEqual(await live.afterChange().storagePolicies(), [gold]);
    assert.deepEqual(vCenter.calls, ["policies", "policies"]);
  });

  it("reads mounts once for the same datastores and clusters, and anew for others", async () => {
    const vCenter = storageVCenter();
    const live = new LiveView(vCenter.client);
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
