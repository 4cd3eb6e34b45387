import { finding } from "../../findings/finding";
import type { Rule } from "./rule";

const kinds = ["region", "zone"] as const;
const labelName = /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/;
const reserved = ["deckhouse-cluster-name", "deckhouse-node-role"];

/**
 * Regions and zones need two categories: in one that takes one tag for each object, a datastore could not
 * have both. vCenter compares names without case.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`;
 * for case, ansible-collections/vmware.vmware#343.
 */
export const categoriesAreDistinct: Rule = ({ categories }) => {
  const region = categories?.region?.name;
  const zone = categories?.zone?.name;
  if (region === undefined || zone === undefined || !sameName(region, zone)) {
    return [];
  }
  return [
    finding(
      "categories.zone.name",
      zone,
      "the region category has this name too, and a datastore could carry only one of its two tags",
      "give the two categories different names",
    ),
  ];
};

/**
 * A category's name is part of a label key (`topology.csi.vmware.com/k8s-zone`), so it has to be one.
 *
 * Source: deckhouse/deckhouse#8847; Kubernetes, "Labels and Selectors", syntax.
 */
export const categoryNamesFitLabelKeys: Rule = ({ categories }) =>
  kinds.flatMap((kind) => {
    const name = categories?.[kind]?.name;
    if (name === undefined || (labelName.test(name) && name.length <= 63)) {
      return [];
    }
    return [
      finding(
        `categories.${kind}.name`,
        name,
        "it cannot be part of a Kubernetes label key, and volumes would not find their zone",
        "use letters, digits, dashes, dots and underscores, a letter or digit at both ends, at most 63",
      ),
    ];
  });

/**
 * Deckhouse makes two categories of its own and changes what it finds in them.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const categoriesAreNotDeckhouses: Rule = ({ categories }) =>
  kinds.flatMap((kind) => {
    const name = categories?.[kind]?.name;
    if (name === undefined || !reserved.some((other) => sameName(name, other))) {
      return [];
    }
    return [
      finding(
        `categories.${kind}.name`,
        name,
        "Deckhouse makes and owns a category of this name",
        `choose another name, for example k8s-${kind}`,
      ),
    ];
  });

/** A category that others made is never deleted, so it cannot be asked for. */
export const existingCategoriesStay: Rule = ({ categories }) => {
  const existing = kinds.filter((kind) => categories?.[kind]?.existing === true);
  if (categories?.deleteOnDestroy !== true || existing.length === 0) {
    return [];
  }
  return [
    finding(
      "categories.deleteOnDestroy",
      true,
      `an existing category is never deleted, and ` +
        existing.map((kind) => `categories.${kind}.existing`).join(" and ") +
        (existing.length === 1 ? " is true" : " are true"),
      "choose one, deleteOnDestroy or existing",
    ),
  ];
};

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
