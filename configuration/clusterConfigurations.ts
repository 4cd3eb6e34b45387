import type { ConfigurationDraft, Draft } from "./draft";
import { regionsOf, type RegionPlace } from "./places";
import type { RequiredClusterKey, WrittenClusterConfiguration } from "./types";

type WrittenGroup = NonNullable<WrittenClusterConfiguration["masterNodeGroup"]>;
type WrittenEphemeralGroup = NonNullable<
  WrittenClusterConfiguration["ephemeralNodeGroups"]
>[number];

/** The virtual machine of any node, as far as it could be read; what is an option differs between kinds of groups. */
export type InstanceClassDraft = Draft<WrittenGroup["instanceClass"]> &
  Draft<WrittenEphemeralGroup["instanceClass"]>;

/** The keys without which no cluster can be installed, in the order of the schema. */
export const requiredClusterKeys: readonly RequiredClusterKey[] = [
  "vmFolderPath",
  "sshPublicKey",
  "networks",
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
 * The instance classes of a cluster's permanent nodes, masters first.
 *
 * @param cluster what is known of the cluster, if anything
 */
export function permanentClassesOf(
  cluster: Draft<WrittenClusterConfiguration> | undefined,
): InstanceClassDraft[] {
  return [
    cluster?.masterNodeGroup?.instanceClass,
    ...(cluster?.nodeGroups ?? []).map((group) => group?.instanceClass),
  ].filter((instanceClass) => instanceClass !== undefined);
}

/**
 * The instance classes of the nodes that Deckhouse orders.
 *
 * @param cluster what is known of the cluster, if anything
 */
export function ephemeralClassesOf(
  cluster: Draft<WrittenClusterConfiguration> | undefined,
): InstanceClassDraft[] {
  return (cluster?.ephemeralNodeGroups ?? [])
    .map((group) => group?.instanceClass)
    .filter((instanceClass) => instanceClass !== undefined);
}

/**
 * The instance classes of all nodes of a cluster.
 *
 * @param cluster what is known of the cluster, if anything
 */
export function instanceClassesOf(
  cluster: Draft<WrittenClusterConfiguration> | undefined,
): InstanceClassDraft[] {
  return [...permanentClassesOf(cluster), ...ephemeralClassesOf(cluster)];
}
