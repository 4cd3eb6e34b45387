import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import {
  forMasters,
  forOthers,
  lun,
  nearest,
  notFound,
  notSeen,
  prod,
  renaming,
  root,
  stage,
  testLookups,
  type Case,
} from "./lookupCases";

const stageKey = "ClusterComputeResource:domain-c2";

const inFolder = "/X1/datastore/fast/x1_root";
const secondRoot = (vCenter: InMemoryVCenter) => {
  vCenter.place("Folder:group-s9", "fast", "Folder:group-s1");
  vCenter.place("Datastore:datastore-8", "x1_root", "Folder:group-s9");
};
const sameDatastore = (path: string, other: string) =>
  `${path}: another datastore of this datacenter, ${other}, has the same name, and the installer, which knows only the ` +
  `name (deckhouse/deckhouse#9584), would stop with "path 'x1_root' resolves to multiple datastores": use another ` +
  `datastore; ${renaming}`;

const pod = (vCenter: InMemoryVCenter) => {
  vCenter.place("StoragePod:group-p1", "pod", "Folder:group-s1");
};
const podWithMember = (vCenter: InMemoryVCenter) => {
  pod(vCenter);
  vCenter.place("Datastore:datastore-2", "member", "StoragePod:group-p1");
};
const cluster =
  "it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431), and the installer would not " +
  "find it";

testLookups("datastores", {
  "datastores that exist, also in a datastore cluster, whatever another datacenter has": {
    given: podWithMember,
    look: { datastores: [root, lun, "/X1/datastore/pod/member"].map((path) => forMasters(path)) },
  },
  "datastores that do not exist": {
    look: {
      datastores: ["x1_lun_2", "x1_rot"].map((name) => forMasters(`/X1/datastore/${name}`, [prod])),
    },
    fails: [
      `/X1/datastore/x1_lun_2: ${notSeen("datastore")}, ${notFound}: ${nearest(lun, root)}`,
      `/X1/datastore/x1_rot: ${notSeen("datastore")}, ${notFound}: ${nearest(root, lun)}`,
    ],
  },
  "a datastore cluster: what is in it was meant": {
    given: podWithMember,
    look: { datastores: [forMasters("/X1/datastore/pod")] },
    fails: [`/X1/datastore/pod: ${cluster}: ${nearest("/X1/datastore/pod/member")}`],
  },
  "an empty datastore cluster": {
    given: pod,
    look: { datastores: [forMasters("/X1/datastore/pod")] },
    fails: [`/X1/datastore/pod: ${cluster}: correct the path`],
  },
  "a folder as a datastore": {
    given: secondRoot,
    look: { datastores: [forOthers("/X1/datastore/fast")] },
    fails: [
      `/X1/datastore/fast: it is a folder, and root disks can only be on datastores, ${notFound}: ` +
        nearest(root, inFolder, lun),
    ],
  },
  "a name of two datastores: the masters' data disks take the bare name, also of one in a folder": {
    given: secondRoot,
    look: { datastores: [forMasters(inFolder), forMasters(root), forOthers(root)] },
    fails: [sameDatastore(inFolder, root), sameDatastore(root, inFolder)],
  },
  "a name of two datastores, for other nodes: a path into a folder is not ambiguous": {
    given: secondRoot,
    look: { datastores: [forOthers(root), forOthers(inFolder)] },
    fails: [sameDatastore(root, inFolder)],
  },
});

const hostsOfStage =
  (names: Readonly<Record<string, string>>, mounting: readonly string[]) =>
  ({ hosts }: InMemoryVCenter) => {
    hosts.ofCluster(stageKey, "host-21", "host-22", "host-23", "host-24", "host-25");
    hosts.name(names);
    hosts.ofDatastore("Datastore:datastore-1", ...mounting);
  };
const named = Object.fromEntries(
  ["03", "05", "04", "02", "01"].map((name, index) => [`host-2${index + 1}`, `esxi-${name}`]),
);
const mountedOn = (where: string) =>
  `${lun}: it is mounted for reading and writing on ${where} hosts of ${stage}` +
  ", and nodes there could not have their root disks on it: mount it there, use a datastore that all hosts mount, or " +
  "leave the zone out of the group's zones";
/** The datastore in the second cluster alone, which does not mount it everywhere. */
const mountedInPart = (given: Case["given"], count: number, missing: string): Case => ({
  ...(given && { given }),
  look: { datastores: [forMasters(lun, [stage])] },
  fails: [mountedOn(`only ${count} of the 5`).replace(`${stage},`, `${stage}, not on ${missing},`)],
});
const unknownMounts =
  `${root}: this account may not read which hosts of ${stage} mount it, so whether nodes can run there was not checked: ` +
  "let the account read both (System.Read)";
const goneCluster =
  "/X1/host/gone: no such object in vCenter's inventory, or this account cannot see it: " +
  nearest(prod, stage, "/X1/host");

testLookups("mounts", {
  "a datastore that all hosts mount where it is needed": {
    look: { datastores: [forMasters(root, [prod, stage]), forOthers(lun, [prod])] },
  },
  "a datastore that no host of one cluster mounts": {
    look: { datastores: [forMasters(lun, [prod, stage])] },
    fails: [mountedOn("none of the 2")],
  },
  "a datastore that three hosts do not mount, in the order of their names": mountedInPart(
    hostsOfStage(named, ["host-21", "host-22"]),
    2,
    "esxi-01, esxi-02, esxi-04",
  ),
  "a datastore that four hosts do not mount: three are named": mountedInPart(
    hostsOfStage(named, ["host-21"]),
    1,
    "esxi-01, esxi-02, esxi-04 and 1 more",
  ),
  "a host whose name the account may not read": mountedInPart(
    hostsOfStage({}, ["host-21", "host-23", "host-24", "host-25"]),
    4,
    "host-22",
  ),
  "a cluster without hosts": {
    given: ({ hosts }) => hosts.ofCluster(stageKey),
    look: { datastores: [forMasters(lun, [stage])] },
  },
  "hosts of a datastore that may not be read, said once": {
    given: ({ hosts }) => hosts.hide("Datastore:datastore-9"),
    look: { datastores: [forMasters(root, [stage]), forMasters(root, [stage])] },
    warns: [unknownMounts],
  },
  "hosts of a cluster that may not be read": {
    given: ({ hosts }) => hosts.hide(stageKey),
    look: { datastores: [forMasters(root, [prod, stage])] },
    warns: [unknownMounts],
  },
  "a cluster that does not exist, said once, beside what is wrong on another": {
    look: {
      datastores: [forMasters(root, ["/X1/host/gone"]), forMasters(lun, ["/X1/host/gone", stage])],
    },
    fails: [goneCluster, mountedOn("none of the 2")],
  },
});
