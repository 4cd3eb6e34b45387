import type { Cases } from "./cases";
import { elsewhere, prod } from "./cases";

const pool = `regions[0].clusterConfiguration.baseResourcePool: found "${prod}/Resources/kubernetes": `;
const createPool =
  ", and the installer would not find it: create the pool, or correct baseResourcePool or the resourcePool of the instance " +
  "class";
const folder = "regions[0].clusterConfiguration.vmFolderPath";
const policy = "regions[0].clusterConfiguration.storagePolicy";
const noPolicy = (key: "name" | "id", found: string): string =>
  `${policy}.${key}: found "${found}": vCenter has no storage policy with this ${key}, or this account cannot see it, and the ` +
  "installer could not make the nodes' disks: ";
const named = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, name: `Encrypted ${index}` }));

/** Whether resource pools, folders and storage policies are there. */
export const placeCases: Cases = {
  resourcePools: {
    "a pool that one cluster does not have": [
      (world) => (world.resourcePools[0]!.exists = false),
      `${pool}no such resource pool in vCenter, or this account cannot see it${createPool}`,
    ],
    "a vApp in place of a pool": [
      (world) => {
        Object.assign(world.resourcePools[0]!, { exists: false, instead: "VirtualApp" });
      },
      `${pool}it is a vApp, not a resource pool${createPool}`,
    ],
  },
  vmFolders: {
    "a folder that the installer is to make and that is there, which is a warning": [
      (world) => {
        world.place("/X1/vm/k8s", "Folder");
      },
      `${folder}: found "/X1/vm/k8s": the folder exists already, and if Deckhouse did not make it for this cluster, the ` +
        "installer stops with \"The name 'k8s' already exists\": write vmFolderExists: true in that case; for a cluster that " +
        "is installed leave the key as it is, because the installer would give up the folder that it made",
    ],
    "no folder to make another one in, with the nearest": [
      (world) => {
        world.place("/X1/vm/k9s", "Folder");
        world.place("/X1/datastore/none", "Folder");
      },
      { [folder]: "none/x1" },
      `${folder}: found "/X1/vm/none/x1": /X1/vm/none is not there, and the installer makes one folder and none above it, so ` +
        `it stops with "error trying to determine parent folder": create /X1/vm/none, or ${elsewhere} /X1/vm/k9s`,
    ],
  },
  storagePolicies: {
    "a name in another case: all are named when they are few": [
      (world) => (world.storagePolicies = [{ id: "p1", name: "kubernetes nodes" }, ...named(5)]),
      `${noPolicy("name", "Kubernetes nodes")}write storagePolicy.name, one of "kubernetes nodes", "Encrypted 0", ` +
        '"Encrypted 1", "Encrypted 2", "Encrypted 3", "Encrypted 4"',
    ],
    "a policy of another name among seven": [
      (world) => (world.storagePolicies = [{ id: "p1", name: "Kubernetes node" }, ...named(6)]),
      `${noPolicy("name", "Kubernetes nodes")}write storagePolicy.name: "Kubernetes node" (\`govc storage.policy.ls\` lists ` +
        "all 7)",
    ],
    "a name among seven that is near to none": [
      (world) => (world.storagePolicies = named(7)),
      `${noPolicy("name", "Kubernetes nodes")}write storagePolicy.name as vCenter has it (\`govc storage.policy.ls\` lists all ` +
        "7)",
    ],
    "a vCenter without policies": [
      (world) => (world.storagePolicies = []),
      `${noPolicy("name", "Kubernetes nodes")}create a storage policy in vCenter, or leave storagePolicy out`,
    ],
    "a name that two policies have": [
      (world) => world.storagePolicies!.push({ id: "p2", name: "Kubernetes nodes" }),
      `${policy}.name: found "Kubernetes nodes": 2 storage policies have this name, and nobody can tell which is meant: write ` +
        "storagePolicy.id instead: p1 or p2",
    ],
    "an unknown id, of two regions, once": [
      () => undefined,
      {
        [policy]: { id: "none" },
        "regions[1].clusterConfiguration.storagePolicy": { id: "none" },
      },
      `${policy}.id: found "none": vCenter has no storage policy with this id, or this account cannot see it (also of ` +
        "regions[1]), and the installer could not make the nodes' disks: write storagePolicy.name, one of " +
        '"Kubernetes nodes"',
    ],
    "a name that this account may not look for": [
      (world) => (world.storagePolicies = undefined),
      `${policy}.name: found "Kubernetes nodes": this account may not list storage policies, so its id, which the ` +
        "documents need, cannot be found: grant the account StorageProfile.View on the root folder, or use another account",
    ],
    "an id that this account may not look for": [
      (world) => (world.storagePolicies = undefined),
      { [policy]: { id: "p1" } },
      `${policy}.id: found "p1": this account may not list storage policies, so nobody can tell whether the installer would ` +
        "find it: grant the account StorageProfile.View on the root folder, or use another account",
    ],
  },
};
