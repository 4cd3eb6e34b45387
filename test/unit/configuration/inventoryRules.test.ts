import { parseConfiguration } from "../../../configuration";
import { stackWith, testFaults } from "./support";

const oneCluster =
  "is the same cluster, which can carry one zone tag only: give each zone a cluster of its own, or make " +
  "the two zones one";
const oneDatastore =
  "is the same datastore, and a datastore can carry one zone tag only: leave it to one zone; a datastore " +
  "for root disks alone needs no tag and is not listed";

describe("rules about datacenters, clusters and datastores", () => {
  testFaults({
    "a datacenter in two regions, spelled differently": [
      { "regions[1].datacenter": "/x1/" },
      'regions[1].datacenter: found "/x1/": regions[0].datacenter is the same datacenter, which can carry ' +
        "one region tag only: give each region a datacenter of its own, or make the two regions one",
    ],
    "a cluster in two zones, once as a name and once as a path": [
      { "regions[0].zones[1].cluster": "//X1/host/x1_cluster_prod/" },
      `regions[0].zones[1].cluster: found "//X1/host/x1_cluster_prod/": regions[0].zones[0].cluster ${oneCluster}`,
    ],
    "a cluster in two zones, in another case": [
      { "regions[0].zones[1].cluster": "X1_Cluster_Prod" },
      `regions[0].zones[1].cluster: found "X1_Cluster_Prod": regions[0].zones[0].cluster ${oneCluster}`,
    ],
    "a datastore in two zones": [
      { "regions[0].zones[1].datastores": ["x1_lun_3", "/X1/datastore/x1_lun_2"] },
      `regions[0].zones[1].datastores[1]: found "/X1/datastore/x1_lun_2": regions[0].zones[0].datastores[1] ${oneDatastore}`,
    ],
    "a datastore twice in one zone": [
      { "regions[0].zones[1].datastores": ["x1_lun_3", "X1_LUN_3"] },
      'regions[0].zones[1].datastores[1]: found "X1_LUN_3": regions[0].zones[1].datastores[0] is the same ' +
        "datastore: remove one of the two",
    ],
    "a datastore twice in one zone, once with its letters and marks apart": [
      { "regions[0].zones[1].datastores": ["Том й".normalize("NFC"), "Том й".normalize("NFD")] },
      `regions[0].zones[1].datastores[1]: found "${"Том й".normalize("NFC")}": regions[0].zones[1].datastores[0] is the ` +
        "same datastore: remove one of the two",
    ],
    "a cluster of another datacenter": [
      { "regions[0].zones[1].cluster": "/X2/host/other" },
      'regions[0].zones[1].cluster: found "/X2/host/other": the cluster is outside /X1, the datacenter of ' +
        "its region, where Deckhouse would not find it: write a path that begins with /X1/host/, or the " +
        "cluster's name alone",
    ],
    "a datastore of another datacenter": [
      { "regions[0].zones[1].datastores": ["/X2/datastore/other"] },
      'regions[0].zones[1].datastores[0]: found "/X2/datastore/other": the datastore is outside /X1, the ' +
        "datacenter of its region, where Deckhouse would not find it: write a path that begins with " +
        "/X1/datastore/, or the datastore's name alone",
    ],
    "a cluster in two zones, once below the real name of the datacenter's folder": [
      { "regions[0].zones[1].cluster": "/X1/Hosts und Cluster/x1_cluster_prod" },
      'regions[0].zones[1].cluster: found "/X1/Hosts und Cluster/x1_cluster_prod": ' +
        `regions[0].zones[0].cluster ${oneCluster}`,
    ],
    "a cluster in the folder for datastores": [
      { "regions[0].zones[1].cluster": "/X1/datastore/other" },
      'regions[0].zones[1].cluster: found "/X1/datastore/other": the cluster is outside /X1, the datacenter of ' +
        "its region, where Deckhouse would not find it: write a path that begins with /X1/host/, or the " +
        "cluster's name alone",
    ],
    "a full path without its slash": [
      { "regions[0].zones[1].cluster": "X1/host/x1_cluster_stage" },
      'regions[0].zones[1].cluster: found "X1/host/x1_cluster_stage": a full path begins with a slash, and ' +
        "this one would be looked for below /X1/host/: write /X1/host/x1_cluster_stage, or the cluster's " +
        "name below /X1/host/",
    ],
  });

  it("take a full path with the real names of the datacenter's folders", () => {
    parseConfiguration(
      stackWith({
        "regions[0].zones[1].cluster": "/X1/Hosts und Cluster/x1_cluster_stage",
        "regions[0].zones[1].datastores": ["/X1/Datenspeicher/SAN/x1_lun_3"],
      }),
    );
  });
});
