import { tagRules } from "../../../configuration/rules/tags";
import { describeRules } from "./ruleTable";

const zone = "regions[1].zones[0].name";
const next = "regions[1].zones[1].name";
const fitting =
  "it is not a valid Kubernetes name and label value, and nodes would get a different label or none: use lowercase " +
  "letters, digits and dashes, at most 63 characters";
const noLabel =
  "it cannot be the value of a Kubernetes label, and nodes would carry none for it: make another tag, of at most 63 " +
  "letters, digits, dashes, dots and underscores, with a letter or digit at both ends";
const twice = (what: string, remedy: string): string =>
  `has this name already, and a ${what} stops the installation with "multiple objects match the supplied criteria": ${remedy}`;
const twoRegions = twice("region tag on two datacenters", "give each region its own name");
const twoZones = twice(
  "zone tag on two clusters",
  "give each zone its own name, across all regions",
);
const bothNames =
  "has this name now, and the tag would have to have two names: remove it, or write the name that the tag had at the last " +
  "pulumi up";
const sameCategory =
  "the region category has this name too, and a datastore could carry only one of its two tags: give the two categories " +
  "different names";
const noLabelKey =
  "it cannot be part of a Kubernetes label key, and volumes would not find their zone: use at most 63 letters, digits, " +
  "dashes, dots and underscores, with a letter or digit at both ends";
const ofDeckhouse =
  "Deckhouse creates a category of this name and manages the tags in it: choose another name, for example";

describeRules(
  "tags and categories",
  tagRules,
  {
    tagNamesFitKubernetes: {
      "a region tag with capitals and a space": [
        { "regions[0].name": "Region X1" },
        `regions[0].name: found "Region X1": ${fitting}, for example region-x1`,
      ],
      "a zone tag with a dash at its end": [
        { [zone]: "zone-" },
        `${zone}: found "zone-": ${fitting}, for example zone`,
      ],
      "a zone tag with nothing that fits": [
        { [zone]: "зона" },
        `${zone}: found "зона": ${fitting}`,
      ],
      "a zone tag of 64 characters": [
        { [zone]: "z".repeat(64) },
        `${zone}: found "${"z".repeat(59)}…": ${fitting}, for example ${"z".repeat(63)}`,
      ],
      "63 characters, and one, are accepted": [{ [zone]: "z".repeat(63), [next]: "7" }],
    },
    existingTagsFitLabels: {
      "an existing tag with a space": [
        { "regions[0].name": "Region X1", "regions[0].existing": true },
        `regions[0].name: found "Region X1": ${noLabel}`,
      ],
      "an existing zone tag of 64 characters": [
        { [zone]: "Z".repeat(64), "regions[1].zones[0].existing": true },
        `${zone}: found "${"Z".repeat(59)}…": ${noLabel}`,
      ],
      "capitals, dots and underscores of tags that exist are accepted": [
        {
          "regions[0].name": "Region_X1.a",
          "regions[0].existing": true,
          [zone]: "Z".repeat(63),
          "regions[1].zones[0].existing": true,
        },
      ],
    },
    existingTagsStay: {
      "an existing tag of a category that is deleted": [
        { "regions[0].existing": true, "categories.deleteOnDestroy": true },
        "categories.deleteOnDestroy: found true: a category is deleted with its tags, and k8s-region-x1 is another's: " +
          "choose either deleteOnDestroy or existing",
      ],
      "existing tags of both": [
        {
          "regions[0].existing": true,
          "regions[1].zones[0].existing": true,
          "categories.deleteOnDestroy": true,
        },
        "categories.deleteOnDestroy: found true: a category is deleted with its tags, and k8s-region-x1, k8s-zone-x2-a are " +
          "others': choose either deleteOnDestroy or existing",
      ],
      "existing tags of categories that stay are accepted": [{ "regions[0].existing": true }],
    },
    regionTagsAreDistinct: {
      "two regions with one tag": [
        { "regions[1].name": "k8s-region-x1" },
        `regions[1].name: found "k8s-region-x1": regions[0].name ${twoRegions}`,
      ],
    },
    zoneTagsAreDistinct: {
      "two zones of different regions with one tag": [
        { [next]: "k8s-zone-x1-a" },
        `${next}: found "k8s-zone-x1-a": regions[0].zones[0].name ${twoZones}`,
      ],
      "two zones whose tags differ only in case": [
        { [next]: "K8S-zone-x2-a" },
        `${next}: found "K8S-zone-x2-a": ${fitting}, for example k8s-zone-x2-a`,
        `${next}: found "K8S-zone-x2-a": ${zone} ${twoZones}`,
      ],
    },
    zoneTagsAreNotRegionTags: {
      "a zone with the tag of a region": [
        { [zone]: "k8s-region-x1" },
        `${zone}: found "k8s-region-x1": regions[0].name has this name already, and nobody could tell the zone's tag from ` +
          "the region's: give the zone a different name",
      ],
    },
    formerNamesAreFree: {
      "the name of another zone": [
        { "regions[1].zones[0].formerName": "k8s-zone-x1-a" },
        `regions[1].zones[0].formerName: found "k8s-zone-x1-a": regions[0].zones[0].name ${bothNames}`,
      ],
      "the name of a region, but for case": [
        { "regions[0].formerName": "K8s-region-x2" },
        `regions[0].formerName: found "K8s-region-x2": regions[1].name ${bothNames}`,
      ],
      "its own name": [
        { "regions[0].formerName": "k8s-region-x1" },
        `regions[0].formerName: found "k8s-region-x1": regions[0].name ${bothNames}`,
      ],
      "one name for two": [
        {
          "regions[0].zones[0].formerName": "k8s-zone-old",
          "regions[1].zones[0].formerName": "k8s-zone-old",
        },
        'regions[1].zones[0].formerName: found "k8s-zone-old": regions[0].zones[0].formerName names it too, and one tag ' +
          "cannot become two: write it only where the tag goes on",
      ],
      "names that nobody has now are accepted": [
        {
          "regions[0].formerName": "k8s-region-old",
          "regions[1].zones[0].formerName": "k8s-zone-old",
        },
      ],
    },
    existingTagsKeepTheirNames: {
      "a former name of a tag of others": [
        { "regions[0].existing": true, "regions[0].formerName": "k8s-region-old" },
        'regions[0].formerName: found "k8s-region-old": existing: true says that others made the tag, and the program never ' +
          "renames theirs: remove it; where the tag has another name in vCenter now, the name alone says so",
      ],
    },
    zoneObjectNamesAreDistinct: {
      "two zones that become one Kubernetes object": [
        { [zone]: "zone_a", [next]: "zonea" },
        `${zone}: found "zone_a": ${fitting}, for example zone-a`,
        `${next}: found "zonea": Deckhouse would name its objects for this zone and for ${zone} both "zonea", and one ` +
          "would replace the other: choose names that differ in more than spaces, case and special characters",
      ],
    },
    categoriesAreDistinct: {
      "one name for both, but for case": [
        { "categories.region.name": "k8s", "categories.zone.name": "K8S" },
        `categories.zone.name: found "K8S": ${sameCategory}`,
      ],
      "one name for both, one of them by default": [
        { "categories.zone.name": "k8s-region" },
        `categories.zone.name: found "k8s-region": ${sameCategory}`,
      ],
    },
    categoryNamesFitLabelKeys: {
      "a space": [
        { "categories.region.name": "k8s region", "categories.zone.name": "k8s zone" },
        `categories.region.name: found "k8s region": ${noLabelKey}`,
        `categories.zone.name: found "k8s zone": ${noLabelKey}`,
      ],
      "64 characters": [
        { "categories.zone.name": "z".repeat(64) },
        `categories.zone.name: found "${"z".repeat(59)}…": ${noLabelKey}`,
      ],
      "63 characters, and marks between letters, are accepted": [
        { "categories.region.name": "R_e-g.1", "categories.zone.name": "z".repeat(63) },
      ],
    },
    categoriesAreNotDeckhouses: {
      "one of them": [
        { "categories.region.name": "deckhouse-cluster-name" },
        `categories.region.name: found "deckhouse-cluster-name": ${ofDeckhouse} k8s-region`,
      ],
      "the other one, in capitals": [
        { "categories.zone.name": "Deckhouse-Node-Role" },
        `categories.zone.name: found "Deckhouse-Node-Role": ${ofDeckhouse} k8s-zone`,
      ],
    },
    existingCategoriesStay: {
      "two existing categories that are to be deleted": [
        {
          "categories.region.existing": true,
          "categories.zone.existing": true,
          "categories.deleteOnDestroy": true,
        },
        "categories.deleteOnDestroy: found true: an existing category is never deleted, and categories.region.existing " +
          "and categories.zone.existing are true: choose either deleteOnDestroy or existing",
      ],
      "one of them": [
        { "categories.zone.existing": true, "categories.deleteOnDestroy": true },
        "categories.deleteOnDestroy: found true: an existing category is never deleted, and categories.zone.existing is " +
          "true: choose either deleteOnDestroy or existing",
      ],
      "one of the two is accepted": [{ "categories.zone.existing": true }],
      "the other is accepted": [{ "categories.deleteOnDestroy": true }],
    },
  },
  // Names that differ in what Deckhouse drops have such characters, which tagNamesFitKubernetes refuses.
  { neverAlone: ["zoneObjectNamesAreDistinct"] },
);
