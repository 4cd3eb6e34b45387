import type { RegionZoneTaggingArgs } from "../../components/regionZoneTagging/regionZoneTagging";

/** The documents' example, two regions with two zones each, in the inventory that the lab has by default. */
export const exampleRegions = [
  {
    name: "k8s-region-x1",
    description: "Kubernetes Region X1",
    datacenter: "/X1",
    zones: [
      {
        name: "k8s-zone-x1-a",
        description: "Kubernetes Zone X1-A",
        cluster: "/X1/host/x1_cluster_prod",
        datastores: ["/X1/datastore/x1_lun_1", "/X1/datastore/x1_lun_2"],
      },
      {
        name: "k8s-zone-x1-b",
        description: "Kubernetes Zone X1-B",
        cluster: "/X1/host/x1_cluster_stage",
        datastores: ["/X1/datastore/x1_lun_3"],
      },
    ],
  },
  {
    name: "k8s-region-x2",
    description: "Kubernetes Region X2",
    datacenter: "/X2",
    zones: [
      {
        name: "k8s-zone-x2-a",
        description: "Kubernetes Zone X2-A",
        cluster: "/X2/host/x2_cluster_prod",
        datastores: ["/X2/datastore/x2_lun_1"],
      },
      {
        name: "k8s-zone-x2-b",
        description: "Kubernetes Zone X2-B",
        cluster: "/X2/host/x2_cluster_stage",
        datastores: ["/X2/datastore/x2_lun_2"],
      },
    ],
  },
] as const;

/** What the program gives the component for the example. */
export const exampleTagging: RegionZoneTaggingArgs = {
  regionCategory: { name: "k8s-region", description: "Kubernetes region" },
  zoneCategory: { name: "k8s-zone", description: "Kubernetes zone" },
  regions: exampleRegions,
};
