import type { ConfigurationDraft, Draft } from "./draft";
import { regionsOf, type RegionPlace } from "./places";
import type { InstanceClass, RequiredClusterKey, WrittenClusterConfiguration } from "./types";

/** The keys without which no cluster configuration can be made, in the order of the document. */
export const requiredClusterKeys: readonly RequiredClusterKey[] = [
  "vmFolderPath",
  "sshPublicKey",
  "internalNetworkCIDR",
  "masterNodeGroup",
];

/** What one region's cluster is to be like, and where each key of it was written. */
export interface ClusterConfigurationPlace extends RegionPlace {
  readonly cluster: Draft<WrittenClusterConfiguration>;
  /** The path of a key, in the region if it is written there, else at the top. */
  readonly pathOf: (key: keyof WrittenClusterConfiguration) => string;
}

/**
 * Joins what holds for every region with what one region adds: a key of the region replaces the general
 * one as a whole.
 *
 * @param general the top-level `clusterConfiguration`
 * @param own the region's `clusterConfiguration`
 * @returns undefined when there is neither, so that no document is made
 */
export function mergedClusterConfiguration<Part extends object>(
  general: Part | undefined,
  own: Part | undefined,
): Part | undefined {
  if (general === undefined && own === undefined) {
    return undefined;
  }
  return { ...general, ...own } as Part;
}

/**
 * Lists the regions for which a cluster configuration is to be made.
 *
 * @param draft the configuration, as far as it could be read
 */
export function clusterConfigurationsOf(draft: ConfigurationDraft): ClusterConfigurationPlace[] {
  return regionsOf(draft).flatMap((place) => {
    const own = place.region.clusterConfiguration;
    const cluster = mergedClusterConfiguration(draft.clusterConfiguration, own);
    if (cluster === undefined) {
      return [];
    }
    const pathOf = (key: keyof WrittenClusterConfiguration): string =>
      draft.clusterConfiguration === undefined || (own !== undefined && Object.hasOwn(own, key))
        ? `${place.path}.clusterConfiguration.${key}`
        : `clusterConfiguration.${key}`;
    return [{ ...place, cluster, pathOf }];
  });
}

/**
 * The instance classes of a cluster's nodes, masters first.
 *
 * @param cluster what is known of the cluster, if anything
 */
export function instanceClassesOf(
  cluster: Draft<WrittenClusterConfiguration> | undefined,
): Draft<InstanceClass>[] {
  return [
    cluster?.masterNodeGroup?.instanceClass,
    ...(cluster?.nodeGroups ?? []).map((group) => group?.instanceClass),
  ].filter((instanceClass) => instanceClass !== undefined);
}
