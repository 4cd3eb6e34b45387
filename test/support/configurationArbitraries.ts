import fc from "fast-check";
import { presets, privilegeIds } from "../../configuration/privileges";
import {
  defined,
  maybe,
  objectName,
  word,
  type RawCluster,
  type RawConfiguration,
  type RawRegion,
} from "./arbitraries";
import { clusterOf } from "./clusterArbitraries";
import { templateImageOf, withoutTemplates } from "./templateImageArbitraries";
import { deckhouseOf, someVersions } from "./deckhouseArbitraries";

export type { RawCluster, RawConfiguration, RawRegion } from "./arbitraries";

type RawRole = NonNullable<RawConfiguration["role"]>;

/** How one region is spelled: which objects it has is decided by its number, so that regions differ. */
interface RegionPlan {
  readonly suffix: string;
  readonly inFolder: boolean;
  readonly slash: boolean;
  readonly description: string | undefined;
  readonly zones: readonly {
    readonly suffix: string;
    readonly cluster: string;
    readonly datastores: readonly string[];
    readonly fullPaths: boolean;
  }[];
}

const regionPlan: fc.Arbitrary<RegionPlan> = fc.record({
  suffix: word,
  inFolder: fc.boolean(),
  slash: fc.boolean(),
  description: maybe(fc.string({ maxLength: 20 })),
  zones: fc.array(
    fc.record({
      suffix: word,
      cluster: objectName,
      datastores: fc.array(objectName, { minLength: 1, maxLength: 4 }),
      fullPaths: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** Whether something is said to exist, or nothing is said of it. */
function isExisting(name: string): boolean | undefined {
  return [undefined, false, true][name.length % 3];
}

/** The name that a tag had before: nothing is said of one that exists. Nobody has a name that begins like this. */
function formerName(name: string, suffix: string): string | undefined {
  return isExisting(suffix) !== true && suffix.includes("a") ? `former-${name}` : undefined;
}

/** Numbers in front make all names differ, whatever the words are. */
function regionOf(plan: RegionPlan, number: number): RawRegion {
  const path = `${plan.inFolder ? "folder/" : ""}DC${number}`;
  const datacenter = plan.slash ? `/${path}` : path;
  const name = `r${number}-${plan.suffix}`;
  return defined({
    name,
    formerName: formerName(name, plan.suffix),
    description: plan.description,
    existing: isExisting(plan.suffix),
    datacenter,
    zones: plan.zones.map((zone, index) => {
      const prefix = (folder: string): string => (zone.fullPaths ? `/${path}/${folder}/` : "");
      const zoneName = `z${number}-${index}-${zone.suffix}`;
      return defined({
        name: zoneName,
        formerName: formerName(zoneName, zone.suffix),
        existing: isExisting(zone.suffix),
        cluster: `${prefix("host")}${index} ${zone.cluster}`,
        datastores: zone.datastores.map(
          (datastore, order) => `${prefix("datastore")}${index} ${order} ${datastore}`,
        ),
      });
    }),
  });
}

const privilegeList = fc.subarray(privilegeIds(presets.seed), { minLength: 1 });

function roleOf(regions: readonly RawRegion[]): fc.Arbitrary<RawRole> {
  const granular = {
    regions: Object.fromEntries(
      regions.map(({ name }) => [name, { distributedPortGroups: ["k8s-nodes"], vmFolder: "k8s" }]),
    ),
  };
  return fc
    .record({
      name: maybe(word.map((name) => `role-${name}`)),
      source: fc.oneof(
        fc.constantFrom<Partial<RawRole>>({}, { preset: "current" }, { preset: "seed" }),
        privilegeList.map((ids) => ({ privileges: [...ids, "Folder.Create"] })),
      ),
      extraPrivileges: maybe(privilegeList),
      unknownPrivileges: maybe(fc.constantFrom("leaveOut" as const, "refuse" as const)),
      groups: fc.array(fc.constantFrom("@vsphere.local", "@corp.example.com"), { maxLength: 3 }),
      grant: fc.constantFrom<Partial<RawRole>>(
        {},
        { grant: "root" },
        { grant: "datacenters" },
        { grant: [{ path: "/" }, { path: "Another/", propagate: false }] },
        { grant: "granular", granular },
      ),
    })
    .map(
      ({ name, source, extraPrivileges, unknownPrivileges, groups, grant }) =>
        defined({
          name,
          existing: isExisting(name ?? ""),
          ...source,
          extraPrivileges,
          unknownPrivileges,
          principals: [
            "deckhouse@vsphere.local",
            ...groups.map((domain, index) => ({ name: `group ${index}${domain}`, group: true })),
          ],
          ...grant,
        }) as RawRole,
    );
}

const categories = fc
  .record({
    region: maybe(
      fc.record({ name: word.map((name) => `region.${name}`), existing: fc.boolean() }),
    ),
    zone: maybe(
      fc
        .record({
          name: word.map((name) => `zone_${name}`),
          cardinality: maybe(fc.constantFrom("SINGLE" as const, "MULTIPLE" as const)),
        })
        .map((zone) => defined({ ...zone, existing: isExisting(zone.name) })),
    ),
  })
  .map(defined);

/** What the configuration says of clusters, at the top and in the regions; absent where it says nothing. */
interface ClusterParts {
  readonly general: RawCluster | undefined;
  readonly own: readonly (RawCluster | undefined)[];
}

/** Keys that may stand at the top for all regions, whatever else there is. */
const generalKeys = [
  ...["vmFolderPath", "sshPublicKey", "vmFolderExists", "disableTimesync", "storageClasses"],
  ...["nsxt", "rootDiskDatastore", "clusterDomain", "kubernetesVersion", "storagePolicy"],
] as readonly (keyof RawCluster)[];

/** Writes for all regions what the first one says, which the others then need not say, and may. */
function withGeneral(
  clusters: readonly (RawCluster | undefined)[],
  keys: readonly (keyof RawCluster)[],
): ClusterParts {
  const [first] = clusters;
  // What is said at the top makes a cluster of every region.
  if (first === undefined || !clusters.every((cluster) => cluster !== undefined)) {
    return { general: undefined, own: clusters };
  }
  const general = Object.fromEntries(
    Object.entries(first)
      .filter(([key]) => keys.includes(key as keyof RawCluster))
      // The default StorageClass is made of a datastore, and so of one region alone.
      .filter(([key]) => key !== "storageClasses" || first.storageClasses?.default === undefined),
  );
  const without = (cluster: RawCluster): RawCluster =>
    Object.fromEntries(Object.entries(cluster).filter(([key]) => !Object.hasOwn(general, key)));
  return { general, own: clusters.map(without) };
}

function clusterPartsOf(
  regions: readonly RawRegion[],
  deckhouse: string,
): fc.Arbitrary<ClusterParts> {
  const [first] = regions;
  const own = fc.tuple(
    ...regions.map((region, number) =>
      maybe(clusterOf({ region, number, deckhouse, isShared: false })),
    ),
  );
  const mixed = fc
    .record({ clusters: own, keys: fc.subarray([...generalKeys]) })
    .map(({ clusters, keys }) => withGeneral(clusters, keys));
  const shared = clusterOf({ region: first!, number: 0, deckhouse, isShared: true }).map(
    (general): ClusterParts => ({
      general,
      own: regions.map((_, number) => (number === 1 ? { vmFolderPath: "own" } : undefined)),
    }),
  );
  return fc.oneof({ weight: 4, arbitrary: mixed }, { weight: 1, arbitrary: shared });
}

/**
 * Any configuration that has no fault, and that Deckhouse can make a cluster of.
 *
 * @param versions of Deckhouse
 */
export function rawConfigurationOf(
  versions: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<RawConfiguration> {
  return fc
    .record({
      plans: fc.array(regionPlan, { minLength: 1, maxLength: 3 }),
      categories: maybe(categories),
      protect: maybe(fc.boolean()),
      deckhouse: deckhouseOf(versions),
    })
    .chain(({ plans, deckhouse, ...top }) => {
      const regions = plans.map(regionOf);
      return fc
        .record({ role: roleOf(regions), clusters: clusterPartsOf(regions, deckhouse.version) })
        .chain(({ role, clusters: { general, own } }) => {
          const merged = mergedClusters(general, own);
          return fc
            .record({
              templateImage: maybe(templateImageOf(regions, merged, top.protect === true)),
              isLeft: fc.boolean(),
            })
            .map(({ templateImage, isLeft }) => {
              const written =
                templateImage !== undefined && isLeft
                  ? withoutTemplates
                  : (cluster: RawCluster | undefined) => cluster;
              return defined({
                regions: regions.map((region, index) =>
                  defined({ ...region, clusterConfiguration: written(own[index]) }),
                ),
                ...top,
                deckhouse: deckhouse.written,
                role,
                templateImage,
                clusterConfiguration: written(general),
              });
            });
        });
    });
}

/** Any configuration that has no fault, for different versions of Deckhouse. */
export const rawConfiguration = rawConfigurationOf(someVersions);

function mergedClusters(
  general: RawCluster | undefined,
  own: readonly (RawCluster | undefined)[],
): (RawCluster | undefined)[] {
  return own.map((cluster) =>
    general === undefined && cluster === undefined ? undefined : { ...general, ...cluster },
  );
}
