import { inventoryRules } from "../../../configuration/rules/inventory";
import { describeRules, type RuleCase } from "./ruleTable";

const cluster = "regions[0].zones[1].cluster";
const datastores = "regions[0].zones[1].datastores";

const sameCluster = (found: string): RuleCase => [
  { [cluster]: found },
  `${cluster}: found "${found}": regions[0].zones[0].cluster is the same cluster, which can carry only one zone tag: ` +
    "give each zone its own cluster, or merge the two zones",
];
const twiceInZone = (first: string, second: string, found: string): RuleCase => [
  { [datastores]: [first, second] },
  `${datastores}[1]: found "${found}": ${datastores}[0] is the same datastore: remove one of the two`,
];
const inTwoZones = (changes: RuleCase[0]): RuleCase => [
  { [datastores]: ["x1_lun_3", "/X1/datastore/x1_lun_2"], ...changes },
  `${datastores}[1]: found "/X1/datastore/x1_lun_2": regions[0].zones[0].datastores[1] is the same datastore, and a ` +
    "datastore can carry only one zone tag: list it in one zone only, or write categories.zone.cardinality: MULTIPLE, " +
    "with which vCenter never goes back to one tag for each object; a datastore for root disks alone needs no tag and " +
    "is not listed",
];
const several = { "categories.zone.cardinality": "MULTIPLE" };
const clusterOutside = (found: string): RuleCase => [
  { [cluster]: found },
  `${cluster}: found "${found}": the cluster is outside /X1, the datacenter of its region, where Deckhouse would not find ` +
    "it: write a path that begins with /X1/host/, or the cluster's name alone",
];
const withoutSlash = (kind: string, folder: string, path: string, found: string): string =>
  `${path}: found "${found}": a full path begins with a slash, and this one would be looked for below ${folder}: write ` +
  `/${found}, or the ${kind}'s name below ${folder}`;

describeRules("datacenters, clusters and datastores", inventoryRules, {
  datacentersAreDistinct: {
    "one in two regions, spelled differently": [
      {
        "regions[1].datacenter": "/x1/",
        "regions[1].zones": [{ name: "z", cluster: "c", datastores: ["d"] }],
      },
      'regions[1].datacenter: found "/x1/": regions[0].datacenter is the same datacenter, which can carry only one ' +
        "region tag: give each region its own datacenter, or merge the two regions",
    ],
  },
  clustersAreDistinct: {
    "one in two zones, by name and by path": sameCluster("//X1/host/x1_cluster_prod/"),
    "one in two zones, in another case": sameCluster("X1_Cluster_Prod"),
    "one in two zones, although the zone category is MULTIPLE": [
      { ...sameCluster("x1_cluster_prod")[0], ...several },
      sameCluster("x1_cluster_prod")[1] ?? "",
    ],
    "one in two zones, below the real name of the datacenter's folder": sameCluster(
      "/X1/Hosts und Cluster/x1_cluster_prod",
    ),
  },
  datastoresAreDistinct: {
    "one in two zones, which is refused by default": inTwoZones({
      categories: { zone: { name: "k8s-zone" } },
    }),
    "one in two zones, when the zone category is SINGLE": inTwoZones({
      "categories.zone.cardinality": "SINGLE",
    }),
    "a datastore may be in several zones when the zone category is MULTIPLE": [
      { ...several, [datastores]: ["x1_lun_3", "/X1/datastore/x1_lun_2", "x1_lun_1"] },
    ],
    "one twice in a zone, and in another one, when the zone category is MULTIPLE": [
      { ...several, ...twiceInZone("x1_lun_1", "X1_LUN_1", "X1_LUN_1")[0] },
      twiceInZone("x1_lun_1", "X1_LUN_1", "X1_LUN_1")[1] ?? "",
    ],
    "one twice in a zone": twiceInZone("x1_lun_3", "X1_LUN_3", "X1_LUN_3"),
    "one twice in a zone, once with its letters and marks apart": twiceInZone(
      "Том й".normalize("NFC"),
      "Том й".normalize("NFD"),
      "Том й".normalize("NFC"),
    ),
    "one name in two regions is accepted": [{ "regions[1].zones[0].datastores": ["x1_lun_1"] }],
  },
  clustersAreInside: {
    "another datacenter": clusterOutside("/X2/host/other"),
    "the folder for datastores": clusterOutside("/X1/datastore/other"),
    "a full path without its slash": [
      { [cluster]: "X1/host/x1_cluster_stage" },
      withoutSlash("cluster", "/X1/host/", cluster, "X1/host/x1_cluster_stage"),
    ],
    "the real names of the datacenter's folders are accepted": [
      {
        [cluster]: "/X1/Hosts und Cluster/x1_cluster_stage",
        [datastores]: ["/X1/Datenspeicher/SAN/x1_lun_3"],
      },
    ],
  },
  datastoresAreInside: {
    "another datacenter": [
      { [datastores]: ["/X2/datastore/other"] },
      `${datastores}[0]: found "/X2/datastore/other": the datastore is outside /X1, the datacenter of its region, where ` +
        "Deckhouse would not find it: write a path that begins with /X1/datastore/, or the datastore's name alone",
    ],
    "a full path without its slash": [
      { [datastores]: ["X1/datastore/d"] },
      withoutSlash("datastore", "/X1/datastore/", `${datastores}[0]`, "X1/datastore/d"),
    ],
  },
});
