import type { RegionZoneTaggingArgs } from "../../components/regionZoneTagging/args";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";

/** The regions of the example as the program gives them to the component: names as inventory paths, with descriptions. */
const regions = exampleConfiguration().regions.map(({ name, datacenter, zones }) => ({
  name,
  description: `Kubernetes Region ${datacenter}`,
  datacenter: `/${datacenter}`,
  zones: zones.map((zone) => ({
    name: zone.name,
    description: `Kubernetes Zone ${zone.name.replace("k8s-zone-", "").toUpperCase()}`,
    cluster: `/${datacenter}/host/${zone.cluster}`,
    datastores: zone.datastores.map((datastore) => `/${datacenter}/datastore/${datastore}`),
  })),
}));

/** The two regions of the example, in the inventory that the lab has by default. */
export const exampleRegions = regions as [(typeof regions)[number], (typeof regions)[number]];

/** What the program gives the component for the example. */
export const exampleTagging: RegionZoneTaggingArgs = {
  regionCategory: { name: "k8s-region", description: "Kubernetes region" },
  zoneCategory: { name: "k8s-zone", description: "Kubernetes zone" },
  regions: exampleRegions,
};
