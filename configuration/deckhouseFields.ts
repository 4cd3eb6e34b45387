import type { PathSegment } from "../findings/finding";

/**
 * Fields of Deckhouse's `VsphereClusterConfiguration` that are no keys of `clusterConfiguration`, by what to write in
 * their place: who copies a document that exists writes them.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
const otherKeys: Readonly<Record<string, string>> = {
  internalNetworkCIDR: "write it as the subnet of the masters' network in networks",
  internalNetworkNames: "write nodeAddress: internal for these networks in networks",
  externalNetworkNames: "write nodeAddress: external for these networks in networks",
  storagePolicyID: "write storagePolicy with this id, or with the policy's name",
  region: "remove it; the name of the region is regions[].name",
  zones: "remove it; the names of the zones are regions[].zones[].name",
  regionTagCategory: "remove it; the name of the category is categories.region.name",
  zoneTagCategory: "remove it; the name of the category is categories.zone.name",
  provider: "remove it; the account is clusterAccount, and vCenter that of vsphere:vsphereServer",
  layout: "remove it; there is one layout only",
  apiVersion: "remove it; the program writes it",
  kind: "remove it; the program writes it",
};

/**
 * What to write in place of a field of Deckhouse's.
 *
 * @param path where the key stands
 * @param key an unknown key
 * @returns undefined when it is no such field, or stands elsewhere
 */
export function remedyForDeckhouseField(
  path: readonly PathSegment[],
  key: string,
): string | undefined {
  return path.at(-1) === "clusterConfiguration" && Object.hasOwn(otherKeys, key)
    ? otherKeys[key]
    : undefined;
}
