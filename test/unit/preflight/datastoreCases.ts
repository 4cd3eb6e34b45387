import { storageClassName } from "../../../configuration/storageClasses";
import { apart, prod, stage, type Cases } from "./cases";
import type { PreflightWorld } from "../../support/preflightWorld";

const masters = "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.datastore";
const noRootDisks =
  ", and nodes there could not have their root disks on it: mount it there for reading and writing, use a datastore that all " +
  "hosts mount, or leave the zone out of the group's zones";

/** The StorageClass of a datastore that vCenter has as it is written. */
const classOf = (datastore: string): string =>
  storageClassName(`/X1/datastore/${datastore}`).name ?? "";

/** Has a host of a cluster not mount a datastore. */
function unmount(world: PreflightWorld, path: string, cluster: string, host = 0): void {
  world.mountOf(path, world.hostsOf(cluster)[host]!).isMounted = false;
}

/** Nodes that Deckhouse orders, in the second zone alone, with root disks on the masters' datastore. */
const ordered = {
  "regions[0].clusterConfiguration.masterNodeGroup.zones": ["k8s-zone-x1-a"],
  "regions[0].clusterConfiguration.ephemeralNodeGroups": [
    {
      name: "worker",
      zones: ["k8s-zone-x1-b"],
      minPerZone: 1,
      maxPerZone: 1,
      instanceClass: { numCPUs: 4, memory: 8192 },
    },
  ],
};

/** Whether datastores are mounted where nodes need them, and become StorageClasses of their own. */
export const datastoreCases: Cases = {
  rootDiskDatastores: {
    "a datastore that no host of one cluster mounts": [
      (world) => {
        unmount(world, "/X1/datastore/x1_root", stage, 0);
        unmount(world, "/X1/datastore/x1_root", stage, 1);
      },
      `${masters}: found "/X1/datastore/x1_root": it is not mounted on all 2 hosts of ${stage}: x1_cluster_stage-esx-1, ` +
        `x1_cluster_stage-esx-2${noRootDisks}`,
    ],
    "a datastore that one host of each cluster cannot write to or reach": [
      (world) => {
        const mount = (cluster: string) =>
          world.mountOf("/X1/datastore/x1_root", world.hostsOf(cluster)[1]!);
        mount(prod).isWritable = false;
        mount(stage).isAccessible = false;
      },
      `${masters}: found "/X1/datastore/x1_root": it is mounted for reading alone on 1 of the 2 hosts of ${prod}: ` +
        `x1_cluster_prod-esx-2${noRootDisks}`,
      `${masters}: found "/X1/datastore/x1_root": its storage cannot be reached on 1 of the 2 hosts of ${stage}: ` +
        `x1_cluster_stage-esx-2${noRootDisks}`,
    ],
    "a datastore of the masters where others take it from them": [
      (world) => {
        unmount(world, "/X1/datastore/x1_root", stage);
      },
      ordered,
      `${masters}: found "/X1/datastore/x1_root": it is not mounted on 1 of the 2 hosts of ${stage}: ` +
        `x1_cluster_stage-esx-1${noRootDisks}`,
    ],
  },
  storageClasses: {
    "a datastore of others with a zone's tag that becomes the same StorageClass": [
      (world) => {
        world.place("/X1/datastore/x1", "Folder");
        world.place("/X1/datastore/x1/lun_1", "Datastore");
        world.place("/X1/datastore/x1-lun_1", "Datastore");
        world.attach("k8s-zone-x1-a", "/X1/datastore/x1-lun_1");
      },
      { "regions[0].zones[0].datastores[0]": "x1/lun_1" },
      'regions[0].zones[0].datastores[0]: found "/X1/datastore/x1/lun_1": Deckhouse would give the StorageClasses of this ' +
        "datastore and of /X1/datastore/x1-lun_1, which carries a tag of k8s-zone as well, one name, " +
        `"${classOf("x1-lun_1")}", and create only one of them: ask whose datastore that is before you take the tag off it, ` +
        "or leave this one out",
    ],
    "a default StorageClass whose datastore has its accents apart in vCenter": [
      (world) => {
        world.rename("/X1/datastore/Zürich", apart("Zürich"));
      },
      {
        "regions[0].zones[0].datastores": ["Zürich", "x1_lun_2"],
        "regions[0].clusterConfiguration.storageClasses": { default: classOf("Zürich") },
      },
      `regions[0].clusterConfiguration.storageClasses.default: found "${classOf("Zürich")}": Deckhouse makes no StorageClass ` +
        "of this name of the datastores as vCenter spells their paths, and no StorageClass would be the default one: " +
        "remove it, and let Deckhouse choose",
    ],
  },
};
