import { unknownValue } from "../../components/dynamic/dynamicProvider";
import {
  byPath,
  pairsOf,
  type AttachmentsByPath,
  type TagAttachmentsInputs,
} from "../../components/regionZoneTagging/tagAttachments/model";
import { InMemoryVCenter } from "./inMemoryVCenter";

/** The objects of the first region, by short names. */
export const objects = {
  x1: "Datacenter:datacenter-1",
  x2: "Datacenter:datacenter-2",
  prod: "ClusterComputeResource:domain-c1",
  stage: "ClusterComputeResource:domain-c2",
  lun1: "Datastore:datastore-1",
  lun2: "Datastore:datastore-2",
  lun3: "Datastore:datastore-3",
  root: "Datastore:datastore-9",
} as const;

/** The ids of the stack's tags, and of what belongs to others. */
export const tags = {
  region: "urn:tag:region-x1",
  zoneA: "urn:tag:zone-x1-a",
  zoneB: "urn:tag:zone-x1-b",
  /** Of the stack's zone category, made by somebody else. */
  foreignZone: "urn:tag:zone-of-others",
  /** Of the category backup-policy of others. */
  backup: "urn:tag:backup-daily",
} as const;

/** The ids of the two categories of the stack. */
export const categories = { region: "urn:category:region", zone: "urn:category:zone" } as const;

/** The first region of the example, as vCenter has it before the stack, and with the stack's own tags made. */
export function exampleVCenter(): InMemoryVCenter {
  const vCenter = new InMemoryVCenter();
  for (const [datacenter, name, hosts, stores] of [
    [objects.x1, "X1", "Folder:group-h1", "Folder:group-s1"],
    [objects.x2, "X2", "Folder:group-h2", "Folder:group-s2"],
  ] as const) {
    vCenter.place(datacenter, name);
    vCenter.place(hosts, "host", datacenter);
    vCenter.place(stores, "datastore", datacenter);
  }
  vCenter.place(objects.prod, "x1_cluster_prod", "Folder:group-h1");
  vCenter.place(objects.stage, "x1_cluster_stage", "Folder:group-h1");
  vCenter.place(objects.lun1, "x1_lun_1", "Folder:group-s1");
  vCenter.place(objects.lun2, "x1_lun_2", "Folder:group-s1");
  vCenter.place(objects.lun3, "x1_lun_3", "Folder:group-s1");
  vCenter.place(objects.root, "x1_root", "Folder:group-s1");
  vCenter.addCategory(categories.region, "k8s-region");
  vCenter.addCategory(categories.zone, "k8s-zone");
  vCenter.addCategory("urn:category:backup", "backup-policy", "MULTIPLE");
  vCenter.addTag(tags.region, "k8s-region-x1", categories.region);
  vCenter.addTag(tags.zoneA, "k8s-zone-x1-a", categories.zone);
  vCenter.addTag(tags.zoneB, "k8s-zone-x1-b", categories.zone);
  vCenter.addTag(tags.foreignZone, "zone-of-others", categories.zone);
  vCenter.addTag(tags.backup, "backup-daily", "urn:category:backup");
  vCenter.attachByHand(tags.backup, objects.lun1);
  vCenter.attachByHand(tags.backup, objects.x1);
  return vCenter;
}

/** The line by which the engine finds the provider; every property bag it hands over has it. */
export const providerCode = "exports.handler = ...";

/** The tags of each object, written by the tags: `tagged({ "zone-1": ["/DC/host/a", "/DC/datastore/b"] })`. */
export function tagged(paths: Readonly<Record<string, readonly string[]>>): AttachmentsByPath {
  return byPath(pairsOf(paths)).attachments;
}

/** The inputs of the attachments of the first region, as the engine hands them over. */
export const exampleAttachments: TagAttachmentsInputs & { readonly __provider: string } = {
  categories: { "k8s-region": categories.region, "k8s-zone": categories.zone },
  tags: {
    "k8s-region-x1": tags.region,
    "k8s-zone-x1-a": tags.zoneA,
    "k8s-zone-x1-b": tags.zoneB,
  },
  attachments: {
    "/X1": "k8s-region-x1",
    "/X1/datastore/x1_lun_1": "k8s-region-x1 + k8s-zone-x1-a",
    "/X1/datastore/x1_lun_2": "k8s-region-x1 + k8s-zone-x1-a",
    "/X1/datastore/x1_lun_3": "k8s-region-x1 + k8s-zone-x1-b",
    "/X1/host/x1_cluster_prod": "k8s-zone-x1-a",
    "/X1/host/x1_cluster_stage": "k8s-zone-x1-b",
  },
  __provider: providerCode,
};

/** The same before the first `up`: no category and no tag is there yet. */
export const exampleAttachmentsAtFirstPreview: typeof exampleAttachments = {
  ...exampleAttachments,
  categories: { "k8s-region": unknownValue, "k8s-zone": unknownValue },
  tags: {
    "k8s-region-x1": unknownValue,
    "k8s-zone-x1-a": unknownValue,
    "k8s-zone-x1-b": unknownValue,
  },
};

/** What the documents' commands attach for the first region, `object tag`. */
export const exampleAttached: readonly string[] = [
  `${objects.x1} ${tags.region}`,
  `${objects.prod} ${tags.zoneA}`,
  `${objects.stage} ${tags.zoneB}`,
  ...[objects.lun1, objects.lun2].flatMap((lun) => [
    `${lun} ${tags.region}`,
    `${lun} ${tags.zoneA}`,
  ]),
  `${objects.lun3} ${tags.region}`,
  `${objects.lun3} ${tags.zoneB}`,
];

/** What others attached before, `object tag`, sorted. */
export const foreignAttached: readonly string[] = [
  `${objects.x1} ${tags.backup}`,
  `${objects.lun1} ${tags.backup}`,
];
