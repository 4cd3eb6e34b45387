import type { Cluster, EphemeralNodeGroup, NodeGroup, Region } from "../configuration";
import type { Wanted } from "./check";

/** A datastore for the root disks of a cluster's nodes. */
export interface RootDisks {
  /** Where the configuration names it first. */
  readonly at: string;
  /** `/X1/datastore/x1_root` */
  readonly path: string;
  /** `/X1` */
  readonly datacenter: string;
  /** Whether the masters' disks are there: their document names it without its folder. */
  readonly isOfMasters: boolean;
  /** The zones in which nodes have their root disks there: those of all groups that use it. */
  readonly zones: readonly Region["zones"][number][];
}

/**
 * Each datastore for root disks once, with the zones whose hosts all have to mount it: a group's nodes can run on every
 * host of the clusters of its zones.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`.
 */
export function rootDisksOf({ configuration, names }: Wanted): RootDisks[] {
  const places = new Map<string, string>();
  for (const { at, path, isForRootDisks } of names) {
    if (isForRootDisks && !places.has(path)) places.set(path, at);
  }
  return configuration.regions.flatMap((region) => {
    const groups = region.cluster === undefined ? [] : groupsOf(region.cluster);
    const paths = new Set(groups.flatMap(({ datastore }) => datastore ?? []));
    return [...paths].map((path) => {
      const users = groups.filter(({ datastore }) => datastore === path);
      return {
        at: places.get(path) ?? path,
        path,
        datacenter: region.datacenter,
        isOfMasters: users.some(({ isOfMasters }) => isOfMasters),
        zones: region.zones.filter(({ name }) =>
          users.some(({ zones }) => zones === undefined || zones.includes(name)),
        ),
      };
    });
  });
}

interface Group {
  readonly isOfMasters: boolean;
  /** All of the region when absent. */
  readonly zones: readonly string[] | undefined;
  readonly datastore: string | undefined;
}

/** Nodes that Deckhouse orders take the masters' datastore where they name none. */
function groupsOf(cluster: Cluster): Group[] {
  const [masters, others] =
    cluster.controlPlane === "vSphere"
      ? [cluster.masterNodeGroup, cluster.nodeGroups]
      : [undefined, []];
  const group = (
    { zones, instanceClass }: Pick<NodeGroup | EphemeralNodeGroup, "zones" | "instanceClass">,
    isOfMasters = false,
  ): Group => ({
    ...{ isOfMasters, zones },
    datastore: instanceClass.datastore ?? masters?.instanceClass.datastore,
  });
  return [
    ...(masters === undefined ? [] : [group(masters, true)]),
    ...others.map((one) => group(one)),
    ...cluster.ephemeralNodeGroups.map((one) => group(one)),
  ];
}
