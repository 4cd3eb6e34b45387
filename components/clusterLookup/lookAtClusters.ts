import type * as pulumi from "@pulumi/pulumi";

import {
  vmFolderPath,
  type Cluster,
  type Configuration,
  type EphemeralNodeGroup,
  type NodeGroup,
  type Region,
  type VsphereCluster,
} from "../../configuration";
import { defaultRootDiskSizes } from "../../configuration/resolve/templateImage";
import type { ClusterLookupInputs } from "./model";
import { ClusterLookup } from "./resource";
import { resourcePoolPath } from "../../template/place";

/**
 * Looks, for each region that has a cluster, at everything that its documents name.
 *
 * @param topology what looks at datacenters, clusters and the zones' datastores, of all regions at once: the engine stops
 *   at the first resource with a fault, and those are to be told first
 * @returns the id of each region's storage policy, empty where there is none
 */
export function lookAtClusters(
  { regions }: Configuration,
  topology: pulumi.Resource,
): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    regions.flatMap((region) => {
      const { name, cluster } = region;
      return cluster === undefined
        ? []
        : [
            [
              name,
              new ClusterLookup(`cluster-${name}`, clusterLookupInputs(region, cluster), {
                dependsOn: topology,
              }).storagePolicyId,
            ],
          ];
    }),
  );
}

/**
 * What the documents of a region's cluster name, as full paths.
 */
export function clusterLookupInputs(region: Region, cluster: Cluster): ClusterLookupInputs {
  const groups = groupsOf(cluster);
  const policy = cluster.controlPlane === "vSphere" ? cluster.storagePolicy : undefined;
  return {
    region: region.name,
    datacenter: region.datacenter,
    networks: cluster.networks.map(({ path }) => path),
    datastores: datastoresOf(region, groups),
    resourcePools: resourcePoolsOf(region, cluster, groups),
    vmFolder: {
      path: vmFolderPath(region.datacenter, cluster.vmFolderPath),
      // Nobody makes the folder of a cluster that is not installed here.
      exists: cluster.controlPlane === "elsewhere" || cluster.vmFolderExists === true,
    },
    templates: templatesOf(groups),
    ...(policy?.id === undefined ? {} : { storagePolicy: { id: policy.id } }),
    ...(policy?.name === undefined ? {} : { storagePolicy: { name: policy.name } }),
  };
}

/** A group of nodes, with what is the same for all kinds. */
interface Group {
  readonly isOfMasters: boolean;
  readonly zones: readonly string[] | undefined;
  readonly datastore: string | undefined;
  readonly resourcePool: string | undefined;
  readonly template: string | undefined;
  /** GiB. */
  readonly rootDiskSize: number;
}

function groupsOf(cluster: Cluster): Group[] {
  const groupOf = (
    { zones, instanceClass }: Pick<NodeGroup | EphemeralNodeGroup, "zones" | "instanceClass">,
    defaultSize: number,
    isOfMasters = false,
  ): Group => {
    const { datastore, resourcePool, template, rootDiskSize = defaultSize } = instanceClass;
    return { isOfMasters, zones, datastore, resourcePool, template, rootDiskSize };
  };
  const permanent = ({ masterNodeGroup, nodeGroups }: VsphereCluster): Group[] => [
    groupOf(masterNodeGroup, defaultRootDiskSizes.permanent, true),
    ...nodeGroups.map((group) => groupOf(group, defaultRootDiskSizes.permanent)),
  ];
  return [
    ...(cluster.controlPlane === "vSphere" ? permanent(cluster) : []),
    ...cluster.ephemeralNodeGroups.map((group) => groupOf(group, defaultRootDiskSizes.ephemeral)),
  ];
}

/**
 * Each datastore for root disks once, with the clusters of all zones that nodes with it are in: all their hosts have to
 * mount it.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`.
 */
function datastoresOf(region: Region, groups: readonly Group[]): ClusterLookupInputs["datastores"] {
  const paths = distinct(groups.flatMap(({ datastore }) => datastore ?? []));
  return paths.map((path) => {
    const users = groups.filter(({ datastore }) => datastore === path);
    return {
      path,
      isOfMasters: users.some(({ isOfMasters }) => isOfMasters),
      clusters: distinct(users.flatMap((group) => clustersOf(region, group))),
    };
  });
}

function resourcePoolsOf(region: Region, cluster: Cluster, groups: readonly Group[]): string[] {
  const base = cluster.controlPlane === "vSphere" ? cluster.baseResourcePool : undefined;
  return distinct([
    ...(base === undefined
      ? []
      : region.zones.map(({ cluster: path }) =>
          resourcePoolPath({ cluster: path, resourcePool: base }),
        )),
    ...groups.flatMap((group) => {
      const { resourcePool } = group;
      return resourcePool === undefined
        ? []
        : clustersOf(region, group).map((path) =>
            resourcePoolPath({ cluster: path, resourcePool }),
          );
    }),
  ]);
}

function templatesOf(groups: readonly Group[]): ClusterLookupInputs["templates"] {
  const paths = distinct(groups.flatMap(({ template }) => template ?? []));
  return paths.map((path) => ({
    path,
    smallestRootDisk: Math.min(
      ...groups.filter(({ template }) => template === path).map(({ rootDiskSize }) => rootDiskSize),
    ),
  }));
}

/** The clusters of the zones that a group's nodes are in: those it names, or all of the region. */
function clustersOf(region: Region, { zones }: Group): string[] {
  return region.zones
    .filter(({ name }) => zones === undefined || zones.includes(name))
    .map(({ cluster }) => cluster);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
