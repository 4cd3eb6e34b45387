import { testFaults } from "./support";

const fitting =
  "it cannot become a Kubernetes name and label value, and nodes would get another or none: use " +
  "lower-case letters, digits and dashes, at most 63 characters";
const twice = 'stops the installation with "multiple objects match the supplied criteria"';

describe("rules about tags and categories", () => {
  testFaults({
    "a region tag that is no Kubernetes name": [
      { "regions[0].name": "Region X1" },
      `regions[0].name: found "Region X1": ${fitting}, for example region-x1`,
    ],
    "a zone tag with a dash at its end": [
      { "regions[1].zones[0].name": "zone-" },
      `regions[1].zones[0].name: found "zone-": ${fitting}, for example zone`,
    ],
    "a zone tag of 64 characters": [
      { "regions[1].zones[0].name": "z".repeat(64) },
      `regions[1].zones[0].name: found "${"z".repeat(59)}…": ${fitting}, for example ${"z".repeat(63)}`,
    ],
    "two regions with one tag": [
      { "regions[1].name": "k8s-region-x1" },
      `regions[1].name: found "k8s-region-x1": regions[0].name has this name already, and a region tag ` +
        `on two datacenters ${twice}: give each region a name of its own`,
    ],
    "two zones of different regions with one tag": [
      { "regions[1].zones[1].name": "k8s-zone-x1-a" },
      `regions[1].zones[1].name: found "k8s-zone-x1-a": regions[0].zones[0].name has this name already, ` +
        `and a zone tag on two clusters ${twice}: give each zone a name of its own, also across regions`,
    ],
    "two zones whose tags differ in case only": [
      { "regions[1].zones[1].name": "K8S-zone-x2-a" },
      `regions[1].zones[1].name: found "K8S-zone-x2-a": ${fitting}, for example k8s-zone-x2-a`,
      `regions[1].zones[1].name: found "K8S-zone-x2-a": regions[1].zones[0].name has this name already, ` +
        `and a zone tag on two clusters ${twice}: give each zone a name of its own, also across regions`,
    ],
    "a zone with the tag of a region": [
      { "regions[1].zones[0].name": "k8s-region-x1" },
      `regions[1].zones[0].name: found "k8s-region-x1": regions[0].name has this name already, and the ` +
        "zone's tag could not be told from the region's: give the zone a name of its own",
    ],
    "two zones that become one Kubernetes object": [
      { "regions[1].zones[0].name": "zone_a", "regions[1].zones[1].name": "zonea" },
      `regions[1].zones[0].name: found "zone_a": ${fitting}, for example zone-a`,
      'regions[1].zones[1].name: found "zonea": Deckhouse would name its objects for this zone and for ' +
        'regions[1].zones[0].name both "zonea", and one would replace the other: choose names that differ ' +
        "in more than blanks, case and special characters",
    ],
    "one name for both categories": [
      { "categories.region.name": "k8s", "categories.zone.name": "K8S" },
      'categories.zone.name: found "K8S": the region category has this name too, and a datastore could ' +
        "carry only one of its two tags: give the two categories different names",
    ],
    "a category name that is no label key": [
      { "categories.zone.name": "k8s zone" },
      'categories.zone.name: found "k8s zone": it cannot be part of a Kubernetes label key, and volumes ' +
        "would not find their zone: use letters, digits, dashes, dots and underscores, a letter or digit " +
        "at both ends, at most 63",
    ],
    "a category name of 64 characters": [
      { "categories.zone.name": "z".repeat(64) },
      `categories.zone.name: found "${"z".repeat(59)}…": it cannot be part of a Kubernetes label key, and ` +
        "volumes would not find their zone: use letters, digits, dashes, dots and underscores, a letter or " +
        "digit at both ends, at most 63",
    ],
    "one name for both categories, one of them by default, next to another fault": [
      { "categories.zone.name": "k8s-region", protect: 1 },
      'categories.zone.name: found "k8s-region": the region category has this name too, and a datastore ' +
        "could carry only one of its two tags: give the two categories different names",
      "protect: found 1: a number cannot stand here: write true or false, for example true",
    ],
    "a category of Deckhouse's own": [
      { "categories.region.name": "deckhouse-cluster-name" },
      'categories.region.name: found "deckhouse-cluster-name": Deckhouse makes and owns a category of ' +
        "this name: choose another name, for example k8s-region",
    ],
    "the other category of Deckhouse's own, in capitals": [
      { "categories.zone.name": "Deckhouse-Node-Role" },
      'categories.zone.name: found "Deckhouse-Node-Role": Deckhouse makes and owns a category of this ' +
        "name: choose another name, for example k8s-zone",
    ],
    "existing categories that are to be deleted": [
      {
        "categories.region.existing": true,
        "categories.zone.existing": true,
        "categories.deleteOnDestroy": true,
      },
      "categories.deleteOnDestroy: found true: an existing category is never deleted, and " +
        "categories.region.existing and categories.zone.existing are true: choose one, deleteOnDestroy or " +
        "existing",
    ],
    "one existing category, and deletion": [
      { "categories.zone.existing": true, "categories.deleteOnDestroy": true },
      "categories.deleteOnDestroy: found true: an existing category is never deleted, and " +
        "categories.zone.existing is true: choose one, deleteOnDestroy or existing",
    ],
  });
});
