/** What may harm a cluster that runs in this vCenter. */
export type DangerKind =
  | "regionRemoved"
  | "regionReplaced"
  | "zoneRemoved"
  | "zoneReplaced"
  | "zoneRenamed"
  | "zoneMoved"
  | "zoneOfOtherRegion"
  | "datastoreMoved"
  | "datastoreLeft"
  | "foreignTag"
  | "tagsOfRunningCluster"
  | "privilegesLost"
  | "privilegesGained"
  | "roleDeleted"
  | "roleRenamed"
  | "permissionRemoved"
  | "permissionOnRoot"
  | "permissionFromRoot"
  | "otherRole"
  | "templateBuild"
  | "otherTemplate"
  | "templateRemoved"
  | "deletion"
  | "replacement";

/**
 * What each kind of change does to a running cluster.
 *
 * Sources: deckhouse/deckhouse, the vSphere provider's ENVIRONMENT.md and its discovery (a StorageClass for each datastore,
 * whose topology is the zones of the datastore); Kubernetes, Persistent Volumes (the node affinity of a volume cannot be
 * changed) and Well-Known Labels (zone and region of a node are set when it registers).
 */
export const consequences: Readonly<Record<DangerKind, string>> = {
  regionRemoved:
    "Deckhouse no longer finds a cluster of this region: no machine and no volume can be made there any more. Delete the Kubernetes cluster of the region first.",
  zoneRemoved:
    "Deckhouse can make no machine and no volume there any more. Nodes and volumes that exist keep the zone in their labels, so pods with those volumes start nowhere else. Empty the zone first.",
  regionReplaced:
    "The old tag is deleted and another one made, and labels of nodes and the node affinity of volumes keep the old region: pods with these volumes find no new node. If it is the same region, write its old name as `formerName` beside the new one (regions[].formerName): vCenter then renames the tag.",
  zoneReplaced:
    "The old tag is deleted and another one made, and labels of nodes and the node affinity of volumes keep the old zone: pods with these volumes find no new node. If it is the same zone, write its old name as `formerName` beside the new one (regions[].zones[].formerName): vCenter then renames the tag.",
  zoneRenamed:
    "Labels of nodes and the node affinity of volumes keep the old name, and the affinity cannot be changed: pods with these volumes find no new node. The cluster's configuration has to name the new one.",
  zoneMoved:
    "New machines are made in the other cluster. Those that exist stay where they are, with the same zone in their labels.",
  zoneOfOtherRegion:
    "Labels of nodes and the node affinity of volumes keep the old region, so pods with these volumes find no new node. The cluster's configuration has to name the zone in its new region.",
  datastoreMoved:
    "Volumes on it keep the old zone in their node affinity, so their pods stay in the old zone, and only as long as its hosts reach the datastore. New volumes on it belong to the new zone.",
  datastoreLeft:
    "Deckhouse drops its StorageClass or the zone in it: claims that ask for it there stay pending. Volumes that exist stay on it.",
  foreignTag: "Somebody else put it there: ask who relies on it before it goes.",
  tagsOfRunningCluster:
    "Deckhouse and the CSI driver read these tags all the time: what they make from now on goes by the new ones.",
  privilegesLost:
    "Whatever the cluster does with them fails as soon as `up` is done, with an error of vCenter in its logs.",
  privilegesGained: "The cluster's account may do more from then on: check that you want that.",
  roleDeleted: "Every permission with this role goes with it, also those of others.",
  roleRenamed: "Permissions keep the role. Scripts that look for the old name do not find it.",
  permissionRemoved:
    "The account can no longer do there what no other permission lets it do; machines and volumes there can then not be changed.",
  permissionOnRoot: "It is for the root object itself, in every datacenter's path.",
  permissionFromRoot:
    "The account may do everything that the role allows with every object of this vCenter, also those of others.",
  otherRole: "What the former role allowed and this one does not fails as soon as `up` is done.",
  templateBuild:
    "`up` runs for so long, needs Packer on its machine for a build, and loads the datastore and the network meanwhile.",
  otherTemplate:
    "Machines made from then on are cloned from it. Those that exist change when the cluster's configuration names it, which replaces them one after the other.",
  templateRemoved: "Instance classes that still name it can make no machine.",
  deletion: "What is deleted does not come back by itself.",
  replacement: "It is deleted and made anew: until `up` is done it may be missing.",
};

/**
 * What every preview warns of, because a running cluster or the objects of others may be harmed. The rest is for whoever
 * reviews a change.
 */
export const endangering: ReadonlySet<DangerKind> = new Set([
  "regionRemoved",
  "regionReplaced",
  "zoneRemoved",
  "zoneReplaced",
  "zoneRenamed",
  "zoneMoved",
  "zoneOfOtherRegion",
  "datastoreMoved",
  "datastoreLeft",
  "privilegesLost",
  "roleDeleted",
  "permissionRemoved",
  "permissionFromRoot",
  "otherRole",
  "otherTemplate",
  "templateRemoved",
]);
