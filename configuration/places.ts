import type { WrittenConfiguration, WrittenRegion, WrittenZone } from "./schema";
import type { RequiredClusterKey, WrittenClusterConfiguration } from "./types";
import type { Finding } from "../findings/finding";

/** A region with its path in the configuration. */
export interface RegionPlace {
  /** `regions[0]`. */
  readonly path: string;
  readonly region: WrittenRegion;
}

/** A zone with its path and its region. */
export interface ZonePlace {
  /** `regions[0].zones[1]`. */
  readonly path: string;
  readonly zone: WrittenZone;
  readonly region: WrittenRegion;
}

/** A value with its path. */
export interface ValuePlace<Value> {
  readonly path: string;
  readonly value: Value;
}

/** Lists the values of a list with their paths; none for a list that is left out. */
export function valuesOf<Value>(
  path: string,
  list: readonly Value[] | undefined,
): ValuePlace<Value>[] {
  return (list ?? []).map((value, index) => ({ path: `${path}[${index}]`, value }));
}

/**
 * What is said of a region under its name, if anything: a region may be named `constructor`, which every object of
 * JavaScript seems to have.
 */
export function saidOf<Value>(
  values: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Lists the regions. */
export function regionsOf({ regions }: WrittenConfiguration): RegionPlace[] {
  return valuesOf("regions", regions).map(({ path, value }) => ({ path, region: value }));
}

/** Lists the zones of one region. */
export function zonesOfRegion(place: RegionPlace): ZonePlace[] {
  return valuesOf(`${place.path}.zones`, place.region.zones).map(({ path, value }) => ({
    path,
    zone: value,
    region: place.region,
  }));
}

/** Lists the zones of all regions. */
export function zonesOf(configuration: WrittenConfiguration): ZonePlace[] {
  return regionsOf(configuration).flatMap(zonesOfRegion);
}

/**
 * Finds values that mean the same thing.
 *
 * @param places values with their paths, in the order written
 * @param keyOf the form in which two values are compared
 * @returns each later value with the first one like it
 */
export function repetitionsOf<Value>(
  places: readonly ValuePlace<Value>[],
  keyOf: (value: Value) => string,
): { readonly first: ValuePlace<Value>; readonly repeated: ValuePlace<Value> }[] {
  const seen = new Map<string, ValuePlace<Value>>();
  return places.flatMap((place) => {
    const key = keyOf(place.value);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, place);
      return [];
    }
    return [{ first, repeated: place }];
  });
}

type WrittenGroup = NonNullable<WrittenClusterConfiguration["masterNodeGroup"]>;
type WrittenEphemeralGroup = NonNullable<
  WrittenClusterConfiguration["ephemeralNodeGroups"]
>[number];

/** The virtual machine of any node; which keys are optional differs between kinds of groups. */
export type WrittenInstanceClass = Partial<WrittenGroup["instanceClass"]> &
  Partial<WrittenEphemeralGroup["instanceClass"]>;

/** The keys without which no cluster can be installed, in the order of the schema. */
export const requiredClusterKeys: readonly RequiredClusterKey[] = [
  "vmFolderPath",
  "sshPublicKey",
  "networks",
  "masterNodeGroup",
];

/** What one region's cluster is to be like, and where each key of it was written. */
export interface ClusterConfigurationPlace extends RegionPlace {
  readonly cluster: WrittenClusterConfiguration;
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
 */
export function clusterConfigurationsOf(
  configuration: WrittenConfiguration,
): ClusterConfigurationPlace[] {
  return regionsOf(configuration).flatMap((place) => {
    const own = place.region.clusterConfiguration;
    const cluster = mergedClusterConfiguration(configuration.clusterConfiguration, own);
    if (cluster === undefined) {
      return [];
    }
    const pathOf = (key: keyof WrittenClusterConfiguration): string =>
      configuration.clusterConfiguration === undefined ||
      (own !== undefined && Object.hasOwn(own, key))
        ? `${place.path}.clusterConfiguration.${key}`
        : `clusterConfiguration.${key}`;
    return [{ ...place, cluster, pathOf }];
  });
}

/** The instance classes of a cluster's permanent nodes, masters first. */
export function permanentClassesOf(
  cluster: WrittenClusterConfiguration | undefined,
): WrittenInstanceClass[] {
  const { masterNodeGroup: masters, nodeGroups = [] } = cluster ?? {};
  const groups = masters === undefined ? nodeGroups : [masters, ...nodeGroups];
  return groups.map(({ instanceClass }) => instanceClass);
}

/** The instance classes of the nodes that Deckhouse orders from inside the cluster. */
export function ephemeralClassesOf(
  cluster: WrittenClusterConfiguration | undefined,
): WrittenInstanceClass[] {
  return (cluster?.ephemeralNodeGroups ?? []).map(({ instanceClass }) => instanceClass);
}

/** The instance classes of all nodes of a cluster. */
export function instanceClassesOf(
  cluster: WrittenClusterConfiguration | undefined,
): WrittenInstanceClass[] {
  return [...permanentClassesOf(cluster), ...ephemeralClassesOf(cluster)];
}

/**
 * Something that has to hold between keys, or of a value beyond its type. Rules run on a configuration that the schema
 * accepts, with every default filled in; a rule gives the same findings for the same configuration.
 */
export type Rule = (configuration: WrittenConfiguration) => Iterable<Finding>;
