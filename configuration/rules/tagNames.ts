import { regionsOf, repetitionsOf, zonesOf, type ValuePlace } from "../places";
import { finding } from "../../findings/finding";
import type { ConfigurationDraft } from "../draft";
import type { Rule } from "./rule";

const longestName = 63;
const tagName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Tag names become Kubernetes object names and values of topology labels: lower-case letters, digits and
 * dashes, at most 63 characters. Deckhouse itself has no pattern for them and drops what does not fit.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/ensure_failure_domains.go`;
 * Kubernetes, "Labels and Selectors", syntax.
 */
export const tagNamesFitKubernetes: Rule = (draft) =>
  [...regionNames(draft), ...zoneNames(draft)]
    .filter(({ value }) => !tagName.test(value) || value.length > longestName)
    .map(({ path, value }) =>
      finding(
        path,
        value,
        "it cannot become a Kubernetes name and label value, and nodes would get another or none",
        `use lower-case letters, digits and dashes, at most 63 characters${suggestion(value)}`,
      ),
    );

/**
 * A region tag stands for exactly one datacenter. On two of them the installer and Deckhouse's discovery
 * stop. vCenter compares tag names without case.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go`; vmware/terraform-provider-vsphere
 * `vsphere/data_source_vsphere_dynamic.go`; for case, ansible-collections/vmware.vmware#343.
 */
export const regionTagsAreDistinct: Rule = (draft) =>
  repetitionsOf(regionNames(draft), lowerCase).map(({ first, repeated }) =>
    finding(
      repeated.path,
      repeated.value,
      `${first.path} has this name already, and a region tag on two datacenters stops the installation ` +
        'with "multiple objects match the supplied criteria"',
      "give each region a name of its own",
    ),
  );

/**
 * A zone tag stands for exactly one cluster, in the whole vCenter: zones of different regions must differ
 * too. vCenter compares tag names without case.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/main.tf`.
 */
export const zoneTagsAreDistinct: Rule = (draft) =>
  repetitionsOf(zoneNames(draft), lowerCase).map(({ first, repeated }) =>
    finding(
      repeated.path,
      repeated.value,
      `${first.path} has this name already, and a zone tag on two clusters stops the installation ` +
        'with "multiple objects match the supplied criteria"',
      "give each zone a name of its own, also across regions",
    ),
  );

/**
 * A zone must not have the name of a region. vCenter would allow it, because the tags are in different
 * categories, but this program keeps its tags by their names, and so do people.
 */
export const zoneTagsAreNotRegionTags: Rule = (draft) => {
  const regions = regionNames(draft);
  return zoneNames(draft).flatMap(({ path, value }) => {
    const region = regions.find((candidate) => lowerCase(candidate.value) === lowerCase(value));
    return region === undefined
      ? []
      : [
          finding(
            path,
            value,
            `${region.path} has this name already, and the zone's tag could not be told from the region's`,
            "give the zone a name of its own",
          ),
        ];
  });
};

/**
 * Two zones must not become one Kubernetes object: Deckhouse lower-cases a zone's name, makes dashes of
 * blanks and drops every other character it has no use for, so that `zone_a` and `zonea` are the same.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/ensure_failure_domains.go`.
 */
export const zoneObjectNamesAreDistinct: Rule = (draft) =>
  repetitionsOf(zoneNames(draft), kubernetesObjectName)
    .filter(({ first, repeated }) => lowerCase(first.value) !== lowerCase(repeated.value))
    .map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value,
        `Deckhouse would name its objects for this zone and for ${first.path} both ` +
          `"${kubernetesObjectName(repeated.value)}", and one would replace the other`,
        "choose names that differ in more than blanks, case and special characters",
      ),
    );

/**
 * The name that Deckhouse gives to the Kubernetes objects of a zone.
 *
 * @param zone the zone's tag name
 */
export function kubernetesObjectName(zone: string): string {
  return zone
    .toLowerCase()
    .replaceAll(" ", "-")
    .replaceAll(/[^a-z0-9.-]/g, "")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
}

function regionNames(draft: ConfigurationDraft): ValuePlace<string>[] {
  return regionsOf(draft).flatMap(({ path, region }) =>
    region.name === undefined ? [] : [{ path: `${path}.name`, value: region.name }],
  );
}

function zoneNames(draft: ConfigurationDraft): ValuePlace<string>[] {
  return zonesOf(draft).flatMap(({ path, zone }) =>
    zone.name === undefined ? [] : [{ path: `${path}.name`, value: zone.name }],
  );
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}

function suggestion(name: string): string {
  const better = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, longestName)
    .replaceAll(/^-+|-+$/g, "");
  return better === "" ? "" : `, for example ${better}`;
}
