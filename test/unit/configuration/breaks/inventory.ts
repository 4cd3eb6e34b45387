import { newRegionWith, newZoneWith, nextRegion, nextZone, type Break } from "./break";

const newRegionZone = { name: "new-zone", cluster: "new cluster", datastores: ["new datastore"] };

/** Faults of regions, zones and categories. */
export const inventoryBreaks: Readonly<Record<string, Break>> = {
  "tag name": {
    rule: "tagNamesFitKubernetes",
    changes: newZoneWith(() => ({ name: "New" })),
    path: (raw) => `${nextZone(raw)}.name`,
    says: "it cannot become a Kubernetes name",
  },
  "region tag twice": {
    rule: "regionTagsAreDistinct",
    changes: newRegionWith((raw) => ({ name: raw.regions[0]?.name })),
    path: (raw) => `${nextRegion(raw)}.name`,
    says: "regions[0].name has this name already",
  },
  "zone tag twice": {
    rule: "zoneTagsAreDistinct",
    changes: newRegionWith((raw) => ({
      zones: [{ ...newRegionZone, name: raw.regions[0]?.zones[0]?.name }],
    })),
    path: (raw) => `${nextRegion(raw)}.zones[0].name`,
    says: "regions[0].zones[0].name has this name already",
  },
  "zone with the name of a region": {
    rule: "zoneTagsAreNotRegionTags",
    changes: newZoneWith((raw) => ({ name: raw.regions[0]?.name })),
    path: (raw) => `${nextZone(raw)}.name`,
    says: "the zone's tag could not be told from the region's",
  },
  "datacenter twice": {
    rule: "datacentersAreDistinct",
    changes: newRegionWith((raw) => ({ datacenter: raw.regions[0]?.datacenter.toLowerCase() })),
    path: (raw) => `${nextRegion(raw)}.datacenter`,
    says: "regions[0].datacenter is the same datacenter",
  },
  "cluster twice": {
    rule: "clustersAreDistinct",
    changes: newZoneWith((raw) => ({ cluster: raw.regions[0]?.zones[0]?.cluster })),
    path: (raw) => `${nextZone(raw)}.cluster`,
    says: "regions[0].zones[0].cluster is the same cluster",
  },
  "datastore twice": {
    rule: "datastoresAreDistinct",
    changes: newZoneWith((raw) => ({
      datastores: raw.regions[0]?.zones[0]?.datastores?.slice(-1),
    })),
    path: (raw) => `${nextZone(raw)}.datastores[0]`,
    says: "is the same datastore, and a datastore can carry one zone tag only",
  },
  "datastores nowhere": {
    rule: "datastoresHaveOnePlace",
    changes: newZoneWith(() => ({ datastores: undefined })),
    path: (raw) => `${nextZone(raw)}.datastores`,
    says: "this key is required",
  },
  "cluster outside": {
    rule: "clustersAreInside",
    changes: newZoneWith(() => ({ cluster: "/Elsewhere/host/new" })),
    path: (raw) => `${nextZone(raw)}.cluster`,
    says: "the cluster is outside",
  },
  "datastore outside": {
    rule: "datastoresAreInside",
    changes: newZoneWith(() => ({ datastores: ["/Elsewhere/datastore/new"] })),
    path: (raw) => `${nextZone(raw)}.datastores[0]`,
    says: "the datastore is outside",
  },
  "equal categories": {
    rule: "categoriesAreDistinct",
    changes: () => ({ "categories.region.name": "same", "categories.zone.name": "SAME" }),
    path: () => "categories.zone.name",
    says: "the region category has this name too",
  },
  "category that is no label key": {
    rule: "categoryNamesFitLabelKeys",
    changes: () => ({ "categories.region.name": "my regions" }),
    path: () => "categories.region.name",
    says: "it cannot be part of a Kubernetes label key",
  },
  "category of Deckhouse's": {
    rule: "categoriesAreNotDeckhouses",
    changes: () => ({ "categories.zone.name": "Deckhouse-node-role" }),
    path: () => "categories.zone.name",
    says: "Deckhouse makes and owns a category of this name",
  },
  "category to be deleted": {
    rule: "existingCategoriesStay",
    changes: () => ({ "categories.zone.existing": true, "categories.deleteOnDestroy": true }),
    path: () => "categories.deleteOnDestroy",
    says: "an existing category is never deleted",
  },
};
