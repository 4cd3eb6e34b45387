import { finding } from "../../findings/finding";
import { regionsOf, repetitionsOf, zonesOf, type ValuePlace, type Rule } from "../places";
import type { WrittenConfiguration } from "../schema";

const longestName = 63;
const tagName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelName = /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/;
const kinds = ["region", "zone"] as const;
const categoriesOfDeckhouse = ["deckhouse-cluster-name", "deckhouse-node-role"];

/**
 * Tag names become names of Kubernetes objects and values of topology labels: lowercase letters, digits and dashes, at
 * most 63 characters. Deckhouse has no pattern for them and drops what does not fit.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/ensure_failure_domains.go`;
 * Kubernetes, "Labels and Selectors", syntax.
 */
const tagNamesFitKubernetes: Rule = function* (configuration) {
  for (const { path, value, existing } of tagNames(configuration)) {
    if (existing || (tagName.test(value) && value.length <= longestName)) continue;
    yield finding(
      path,
      value,
      "it is not a valid Kubernetes name and label value, and nodes would get a different label or none",
      `use lowercase letters, digits and dashes, at most ${longestName} characters${suggestion(value)}`,
    );
  }
};

/**
 * A tag that exists keeps its name, which may have capitals, dots and underscores: Deckhouse makes names of objects from it
 * by itself, but nodes carry it as it is, as the value of a label.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/ensure_failure_domains.go`;
 * Kubernetes, "Labels and Selectors", syntax.
 */
const existingTagsFitLabels: Rule = function* (configuration) {
  for (const { path, value, existing } of tagNames(configuration)) {
    if (!existing || (labelName.test(value) && value.length <= longestName)) continue;
    yield finding(
      path,
      value,
      "it cannot be the value of a Kubernetes label, and nodes would carry none for it",
      `make another tag, of at most ${longestName} letters, digits, dashes, dots and underscores, with a letter or digit at both ends`,
    );
  }
};

/**
 * A region tag stands for exactly one datacenter. On two of them the installer and Deckhouse's discovery
 * stop. vCenter compares tag names without case.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go`; vmware/terraform-provider-vsphere
 * `vsphere/data_source_vsphere_dynamic.go`; for case, ansible-collections/vmware.vmware#343.
 */
const regionTagsAreDistinct: Rule = function* (configuration) {
  for (const { first, repeated } of repetitionsOf(regionNames(configuration), lowerCase)) {
    yield finding(
      repeated.path,
      repeated.value,
      `${first.path} has this name already, and a region tag on two datacenters stops the installation ` +
        'with "multiple objects match the supplied criteria"',
      "give each region its own name",
    );
  }
};

/**
 * A zone tag stands for exactly one cluster in the whole vCenter, so zones of different regions must differ too. vCenter
 * compares tag names without case.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/main.tf`.
 */
const zoneTagsAreDistinct: Rule = function* (configuration) {
  for (const { first, repeated } of repetitionsOf(zoneNames(configuration), lowerCase)) {
    yield finding(
      repeated.path,
      repeated.value,
      `${first.path} has this name already, and a zone tag on two clusters stops the installation ` +
        'with "multiple objects match the supplied criteria"',
      "give each zone its own name, across all regions",
    );
  }
};

/**
 * A zone must not have the name of a region. vCenter would allow it, because the tags are in different
 * categories, but this program tells its tags apart by their names, and so do people.
 */
const zoneTagsAreNotRegionTags: Rule = function* (configuration) {
  const regions = regionNames(configuration);
  for (const { path, value } of zoneNames(configuration)) {
    const region = regions.find((candidate) => lowerCase(candidate.value) === lowerCase(value));
    if (region === undefined) continue;
    yield finding(
      path,
      value,
      `${region.path} has this name already, and nobody could tell the zone's tag from the region's`,
      "give the zone a different name",
    );
  }
};

/**
 * A tag can only be renamed from a name that no other one has, and only once: otherwise nobody could say which tag of the
 * state it is. vCenter compares tag names without case.
 */
const formerNamesAreFree: Rule = function* (configuration) {
  const names = tagNames(configuration);
  const former = formerNamesOf(configuration);
  for (const { path, value } of former) {
    const bearer = names.find((one) => lowerCase(one.value) === lowerCase(value));
    if (bearer === undefined) continue;
    yield finding(
      path,
      value,
      `${bearer.path} has this name now, and the tag would have to have two names`,
      "remove it, or write the name that the tag had at the last pulumi up",
    );
  }
  for (const { first, repeated } of repetitionsOf(former, lowerCase)) {
    yield finding(
      repeated.path,
      repeated.value,
      `${first.path} names it too, and one tag cannot become two`,
      "write it only where the tag goes on",
    );
  }
};

/** A tag that others made is used as it is: whoever made it renames it. */
const existingTagsKeepTheirNames: Rule = function* (configuration) {
  for (const { path, value, existing } of formerNamesOf(configuration)) {
    if (!existing) continue;
    yield finding(
      path,
      value,
      "existing: true says that others made the tag, and the program never renames theirs",
      "remove it; where the tag has another name in vCenter now, the name alone says so",
    );
  }
};

/**
 * Two zones must not become one Kubernetes object: Deckhouse makes a zone's name lowercase, turns spaces into dashes and
 * drops every other special character, so that `zone_a` and `zonea` are the same.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/ensure_failure_domains.go`.
 */
const zoneObjectNamesAreDistinct: Rule = function* (configuration) {
  const names = zoneNames(configuration);
  for (const { first, repeated } of repetitionsOf(names, kubernetesObjectName)) {
    // Equal but for case: the rule about zone tags says it.
    if (lowerCase(first.value) === lowerCase(repeated.value)) continue;
    yield finding(
      repeated.path,
      repeated.value,
      `Deckhouse would name its objects for this zone and for ${first.path} both ` +
        `"${kubernetesObjectName(repeated.value)}", and one would replace the other`,
      "choose names that differ in more than spaces, case and special characters",
    );
  }
};

/**
 * Regions and zones need two categories: in one that takes one tag for each object, a datastore could not
 * have both. vCenter compares names without case.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`;
 * for case, ansible-collections/vmware.vmware#343.
 */
const categoriesAreDistinct: Rule = function* ({ categories: { region, zone } }) {
  if (lowerCase(region.name) !== lowerCase(zone.name)) return;
  yield finding(
    "categories.zone.name",
    zone.name,
    "the region category has this name too, and a datastore could carry only one of its two tags",
    "give the two categories different names",
  );
};

/**
 * A category's name is part of a label key (`topology.csi.vmware.com/k8s-zone`), so it has to be one.
 *
 * Source: deckhouse/deckhouse#8847; Kubernetes, "Labels and Selectors", syntax.
 */
const categoryNamesFitLabelKeys: Rule = function* ({ categories }) {
  for (const kind of kinds) {
    const { name } = categories[kind];
    if (labelName.test(name) && name.length <= longestName) continue;
    yield finding(
      `categories.${kind}.name`,
      name,
      "it cannot be part of a Kubernetes label key, and volumes would not find their zone",
      `use at most ${longestName} letters, digits, dashes, dots and underscores, with a letter or digit at both ends`,
    );
  }
};

/**
 * Deckhouse makes two categories of its own and changes what it finds in them.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
const categoriesAreNotDeckhouses: Rule = function* ({ categories }) {
  for (const kind of kinds) {
    const { name } = categories[kind];
    if (!categoriesOfDeckhouse.includes(lowerCase(name))) continue;
    yield finding(
      `categories.${kind}.name`,
      name,
      "Deckhouse creates a category of this name and manages the tags in it",
      `choose another name, for example k8s-${kind}`,
    );
  }
};

/** A category that others made is never deleted, so that cannot be asked for. */
const existingCategoriesStay: Rule = function* ({ categories }) {
  const existing = kinds.filter((kind) => categories[kind].existing);
  if (!categories.deleteOnDestroy || existing.length === 0) return;
  yield finding(
    "categories.deleteOnDestroy",
    true,
    `an existing category is never deleted, and ` +
      existing.map((kind) => `categories.${kind}.existing`).join(" and ") +
      (existing.length === 1 ? " is true" : " are true"),
    "choose either deleteOnDestroy or existing",
  );
};

/** vCenter deletes a category with all of its tags, also with those that others made. */
const existingTagsStay: Rule = function* (configuration) {
  if (!configuration.categories.deleteOnDestroy) return;
  const existing = tagNames(configuration).filter((tag) => tag.existing);
  if (existing.length === 0) return;
  yield finding(
    "categories.deleteOnDestroy",
    true,
    `a category is deleted with its tags, and ${existing.map(({ value }) => value).join(", ")} ` +
      (existing.length === 1 ? "is another's" : "are others'"),
    "choose either deleteOnDestroy or existing",
  );
};

/** The name that Deckhouse gives to the Kubernetes objects of a zone, by the name of the zone's tag. */
export function kubernetesObjectName(zone: string): string {
  return zone
    .toLowerCase()
    .replaceAll(" ", "-")
    .replaceAll(/[^a-z0-9.-]/g, "")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
}

/** The tags of regions and of zones, and whether each is said to exist. */
function tagNames(
  configuration: WrittenConfiguration,
): (ValuePlace<string> & { readonly existing: boolean })[] {
  return [
    ...regionsOf(configuration).map(({ path, region: { name, existing } }) => ({
      path: `${path}.name`,
      value: name,
      existing,
    })),
    ...zonesOf(configuration).map(({ path, zone: { name, existing } }) => ({
      path: `${path}.name`,
      value: name,
      existing,
    })),
  ];
}

/** What is said of former names, and whether the tag is said to exist. */
function formerNamesOf(
  configuration: WrittenConfiguration,
): (ValuePlace<string> & { readonly existing: boolean })[] {
  return [
    ...regionsOf(configuration).map(({ path, region }) => ({ path, tag: region })),
    ...zonesOf(configuration).map(({ path, zone }) => ({ path, tag: zone })),
  ].flatMap(({ path, tag: { formerName, existing } }) =>
    formerName === undefined ? [] : [{ path: `${path}.formerName`, value: formerName, existing }],
  );
}

function regionNames(configuration: WrittenConfiguration): ValuePlace<string>[] {
  return regionsOf(configuration).map(({ path, region: { name } }) => ({
    path: `${path}.name`,
    value: name,
  }));
}

function zoneNames(configuration: WrittenConfiguration): ValuePlace<string>[] {
  return zonesOf(configuration).map(({ path, zone: { name } }) => ({
    path: `${path}.name`,
    value: name,
  }));
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}

function suggestion(name: string): string {
  const better = lowerCase(name)
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, longestName)
    .replaceAll(/^-+|-+$/g, "");
  return better === "" ? "" : `, for example ${better}`;
}

/** What has to hold for the tags of regions and zones, and for their categories. */
export const tagRules: readonly Rule[] = [
  tagNamesFitKubernetes,
  existingTagsFitLabels,
  regionTagsAreDistinct,
  zoneTagsAreDistinct,
  zoneTagsAreNotRegionTags,
  formerNamesAreFree,
  existingTagsKeepTheirNames,
  zoneObjectNamesAreDistinct,
  categoriesAreDistinct,
  categoryNamesFitLabelKeys,
  categoriesAreNotDeckhouses,
  existingCategoriesStay,
  existingTagsStay,
];
