import assert from "node:assert/strict";

import { storageClassName } from "../../../configuration/storageClasses";
import { preflight } from "../../../preflight/run";
import type { Changes } from "../../support/changedConfiguration";
import type { PreflightWorld } from "../../support/preflightWorld";
import { apart, everything, prod, stage } from "./cases";
import { sentencesOf } from "../../support/pointers";

const region = "regions[0].clusterConfiguration";
const masters = `${region}.masterNodeGroup`;
const gibibyte = 1024 ** 3;
const withoutClusters: Changes = {
  clusterConfiguration: undefined,
  "regions[0].clusterConfiguration": undefined,
  "regions[1].clusterConfiguration": undefined,
  "role.grant": "root",
};
const built = (distribution: string): Changes => ({
  templateImage: { builtin: { ubuntu: "24.04" }, distribution },
});

function unmount(world: PreflightWorld, path: string, cluster: string): void {
  world.mountOf(path, world.hostsOf(cluster)[0]!).isMounted = false;
}

/** Nodes in the second zone alone, with a datastore of their own. */
const ownDatastore: Changes = {
  [`${region}.nodeGroups`]: [
    {
      ...{ name: "own", replicas: 1, zones: ["k8s-zone-x1-b"] },
      instanceClass: {
        ...{ numCPUs: 4, memory: 8192, datastore: "fast/own", mainNetwork: "k8s-nodes" },
        template: "Templates/ubuntu-24.04",
      },
    },
  ],
};

/** Puts the datastore of {@link ownDatastore} where it is written. */
function placeOwn(world: PreflightWorld): void {
  world.place("/X1/datastore/fast", "Folder");
  world.place("/X1/datastore/fast/own", "Datastore");
  const mount = { isMounted: true, isWritable: true, isAccessible: true };
  const hosts = world.hostsOf(stage).map(({ key }) => [key, { ...mount }] as const);
  world.datastores.set("Datastore:/X1/datastore/fast/own", new Map(hosts));
}

/** A datastore of others that becomes the StorageClass of the zone's, with a tag on it. */
const sameClass =
  (tag: string) =>
  (world: PreflightWorld): void => {
    world.place("/X1/datastore/x1", "Folder");
    world.place("/X1/datastore/x1/lun_1", "Datastore");
    world.place("/X1/datastore/x1-lun_1", "Datastore");
    world.attach(tag, "/X1/datastore/x1-lun_1");
  };
const inFolder: Changes = { "regions[0].zones[0].datastores[0]": "x1/lun_1" };

/** Worlds in which nothing is wrong, although they look like ones in which something is. */
const harmless: Readonly<
  Record<string, readonly [change: (world: PreflightWorld) => void, given?: Changes]>
> = {
  "a datastore for root disks that is not mounted where its nodes do not run": [
    placeOwn,
    ownDatastore,
  ],
  "another datastore of the name of one in a folder that is not the masters'": [
    (world) => {
      placeOwn(world);
      world.place("/X1/datastore/own", "Datastore");
    },
    ownDatastore,
  ],
  "a datastore of the masters' name in another datacenter": [
    (world) => {
      world.place("/X2/datastore/x1_root", "Datastore");
    },
  ],
  "a StorageClass of two datastores, one of which the configuration leaves out": [
    sameClass("k8s-zone-x1-a"),
    { ...inFolder, [`${region}.storageClasses`]: { exclude: ["x1-lun-1-.*"] } },
  ],
  "the tag of a zone of another region on a datastore that would share a StorageClass": [
    sameClass("k8s-zone-x2-a"),
    inFolder,
  ],
  "a tag that pulumi up may take off a datastore that would share a StorageClass": [
    (world) => {
      sameClass("k8s-zone-x1-a")(world);
      world.wanted.isReady = false;
    },
    inFolder,
  ],
  "names in another Unicode form and renamed folders, where no cluster is installed": [
    (world) => {
      world.rename("/Zürich/vm", "VMs");
      world.rename("/Zürich", apart("Zürich"));
    },
    { ...withoutClusters, "regions[0].datacenter": "Zürich" },
  ],
  "templates of which vCenter does not know the guest tools of both": [
    (world) => {
      const [first] = world.templates;
      first!.machine = { ...first!.machine!, toolsStatus: "guestToolsCurrent" };
    },
  ],
  "a folder for machines that this account may not see, with a new folder in it": [
    (world) => {
      world.entries.delete("Folder:vm-X1");
      world.templateImages = [];
    },
    { "regions[0].clusterConfiguration.vmFolderPath": "k8s", "role.grant": "root" },
  ],
  "a template that vCenter copies into a datacenter whose folder is not called vm": [
    (world) => {
      world.rename("/X2/vm", "VMs");
      world.templateImages![1]!.machine = undefined;
      world.wanted.isReady = false;
    },
    { ...built("copy"), preflight: { folderNames: { level: "off", reason: "a test" } } },
  ],
};

const packer =
  "Packer's vSphere plugin cannot build in a datacenter whose folder for virtual machines is not called vm, and the template " +
  "could not be built there: build in another region and have the template copied here (templateImage.distribution: copy, " +
  "with that region first), or name an existing template (templateImage.existing)";
const renamedFolder =
  (number: 1 | 2) =>
  (world: PreflightWorld): void => {
    world.rename(`/X${number}/vm`, "VMs");
    world.templateImages![number - 1]!.machine = undefined;
    world.wanted.isReady = false;
  };
const off = (...names: string[]): Changes => ({
  preflight: Object.fromEntries(names.map((name) => [name, { level: "off", reason: "a test" }])),
});
/** Worlds with what is told of them. */
const told: Readonly<
  Record<
    string,
    readonly [change: (world: PreflightWorld) => void, given: Changes, ...lines: string[]]
  >
> = {
  "a datacenter in which Packer builds first, whose folder is not called vm": [
    renamedFolder(1),
    { ...built("copy"), ...off("folderNames") },
    `templateImage.places["k8s-region-x1"]: found "/X1/VMs": ${packer}`,
  ],
  "a datacenter in which Packer builds as in all, whose folder is not called vm": [
    renamedFolder(2),
    { ...built("buildInTurn"), ...off("folderNames") },
    `templateImage.places["k8s-region-x2"]: found "/X2/VMs": ${packer}`,
  ],
  "a datastore for volumes and root disks, as one for root disks where the other check is off": [
    (world) => {
      unmount(world, "/X1/datastore/x1_lun_1", prod);
    },
    {
      [`${masters}.instanceClass.datastore`]: "x1_lun_1",
      [`${masters}.zones`]: ["k8s-zone-x1-a"],
      ...off("volumeDatastores"),
    },
    `${masters}.instanceClass.datastore: found "/X1/datastore/x1_lun_1": it is not mounted on 1 of the 2 hosts of ${prod}: ` +
      "x1_cluster_prod-esx-1, and nodes there could not have their root disks on it: mount it there for reading and writing, " +
      "use a datastore that all hosts mount, or leave the zone out of the group's zones",
  ],
  "a datastore for volumes and root disks, once": [
    (world) => {
      unmount(world, "/X1/datastore/x1_lun_1", prod);
    },
    { [`${masters}.instanceClass.datastore`]: "x1_lun_1", [`${masters}.zones`]: ["k8s-zone-x1-a"] },
    `regions[0].zones[0].datastores[0]: found "/X1/datastore/x1_lun_1": it is not mounted on 1 of the 2 hosts of ${prod}: ` +
      "x1_cluster_prod-esx-1, and a volume on it could not be attached to a node that runs there: mount it there for reading " +
      "and writing, or take it out of the zone (datastores on which every host can write)",
  ],
  "a datastore that is not there, and not of the default StorageClass, which may be its": [
    (world) => {
      world.remove("/X1/datastore/x1_lun_2");
    },
    {
      [`${region}.storageClasses`]: {
        default: storageClassName("/X1/datastore/x1_lun_2").name,
      },
    },
    'regions[0].zones[0].datastores[1]: found "/X1/datastore/x1_lun_2": no such object in vCenter, or this account cannot see ' +
      "it, and Deckhouse would make no StorageClass for it: correct the path; the nearest that exist are " +
      "/X1/datastore/x1_lun_1, /X1/datastore/x1_lun_3, /X1/datastore/x1_root",
  ],
  "a folder to make another one in, where there is none": [
    () => undefined,
    { [`${region}.vmFolderPath`]: "none/x1" },
    `${region}.vmFolderPath: found "/X1/vm/none/x1": /X1/vm/none is not there, and the installer makes one folder and none ` +
      'above it, so it stops with "error trying to determine parent folder": create /X1/vm/none, or correct the path, or let ' +
      "this account see the object (System.View)",
  ],
};

describe("preflight at its limits", () => {
  for (const [title, [change, given]] of Object.entries(harmless)) {
    it(`finds nothing wrong with ${title}`, () => {
      const world = everything(given);
      change(world);
      assert.deepEqual(sentencesOf(preflight(world.wanted, world.facts()).findings), []);
    });
  }

  for (const [title, [change, given, ...lines]] of Object.entries(told)) {
    it(`tells of ${title}`, () => {
      const world = everything(given);
      change(world);
      assert.deepEqual(sentencesOf(preflight(world.wanted, world.facts()).findings), lines);
    });
  }

  const mounts: Readonly<Record<string, readonly [state: object[], severity: string]>> = {
    "a host that runs nodes": [[{}], "error"],
    "a host in maintenance": [[{ isInMaintenance: true }], "warning"],
    "a host that is not connected": [[{ isConnected: false }], "warning"],
    "a host that runs nodes beside one in maintenance": [[{ isInMaintenance: true }, {}], "error"],
  };
  for (const [title, [states, severity]] of Object.entries(mounts)) {
    it(`takes a datastore that is not mounted on ${title} for ${severity === "error" ? "an" : "a"} ${severity}`, () => {
      const world = everything();
      states.forEach((state, index) => {
        const host = Object.assign(world.hostsOf(prod)[index]!, state);
        // It has never heard of the datastore.
        world.datastores.get(world.keyOf("/X1/datastore/x1_root"))!.delete(host.key);
      });
      const { findings } = preflight(world.wanted, world.facts());
      assert.deepEqual(
        findings.map((one) => one.severity),
        [severity],
      );
    });
  }

  const skipped = (name: string, world: PreflightWorld): string | undefined =>
    preflight(world.wanted, world.facts()).checks.find((one) => one.name === name)?.skipped;

  it("says how many datastores it could not look at, each once", () => {
    const world = everything();
    world.datastores.delete(world.keyOf("/X1/datastore/x1_root"));
    world.datastores.delete(world.keyOf("/X1/datastore/x1_lun_1"));
    world.datastores.delete(world.keyOf("/X1/datastore/x1_lun_2"));
    const unread = "could not be read (System.Read on them)";
    assert.equal(skipped("rootDiskDatastores", world), `the hosts of 1 datastore ${unread}`);
    assert.equal(skipped("volumeDatastores", world), `the hosts of 2 datastores ${unread}`);
  });

  it("says that a template whose Packer folder cannot be read was not looked for", () => {
    const world = everything(built("copy"));
    world.templateImages = undefined;
    assert.equal(
      skipped("templateImage", world),
      "the Packer folder cannot be read, and without it the template's name is not known",
    );
  });

  it("compares the smallest root disk of all nodes with a template that several of them name", () => {
    const world = everything();
    const [first] = world.templates;
    first!.machine = {
      ...first!.machine!,
      disks: [{ ...first!.machine!.disks[0]!, capacityBytes: 30 * gibibyte }],
    };
    world.templates = [50, 20, 25].map((rootDiskSize) => ({
      ...first!,
      ...{ rootDiskSize, at: `${masters}.${rootDiskSize}` },
    }));
    assert.deepEqual(
      preflight(world.wanted, world.facts()).findings.map(({ where }) => where),
      [`${masters}.20`],
    );
  });
});
