import * as pulumi from "@pulumi/pulumi";

import { DynamicResource } from "../dynamic/dynamicResource";
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
import { resourcePoolPath } from "../../template/request";

/** The inputs of a ClusterLookup resource: what the documents of one cluster name. All paths are full inventory paths. */
export interface ClusterLookupInputs {
  /** The region's name, for messages: `the cluster of k8s-region-x1`. */
  readonly region: string;
  /** `/X1` */
  readonly datacenter: string;
  /** `/X1/network/k8s-nodes` */
  readonly networks: readonly string[];
  readonly datastores: readonly RootDiskDatastore[];
  /** `/X1/host/x1_cluster_prod/Resources/kubernetes` */
  readonly resourcePools: readonly string[];
  readonly vmFolder: VmFolder;
  /** Those that instance classes name; the one of `templateImage` is checked by its own resource. */
  readonly templates: readonly NamedTemplate[];
  /** Absent when the documents name none. */
  readonly storagePolicy?: StoragePolicyChoice | undefined;
}

/** A datastore for root disks. */
export interface RootDiskDatastore {
  /** `/X1/datastore/x1_root` */
  readonly path: string;
  /** Whether the masters' disks are there: their document names it without its folder. */
  readonly isOfMasters: boolean;
  /** The clusters in which nodes have their root disks there: `/X1/host/x1_cluster_prod`. */
  readonly clusters: readonly string[];
}

/** The folder for the cluster's virtual machines. */
export interface VmFolder {
  /** `/X1/vm/k8s/x1` */
  readonly path: string;
  /** Whether the documents say that it exists; otherwise the installer creates it. */
  readonly exists: boolean;
}

/** A template that an instance class names. */
export interface NamedTemplate {
  /** `/X1/vm/Templates/ubuntu-24.04` */
  readonly path: string;
  /** GiB: the smallest root disk of the nodes that are cloned from it; 0 when there are none. */
  readonly smallestRootDisk: number;
}

/** A storage policy, by its name or its id. */
export type StoragePolicyChoice = { readonly name: string } | { readonly id: string };

/**
 * What the state holds, and what `check` makes of the inputs: only what is among the inputs is known at the preview of
 * a resource that has to be made or updated.
 */
export interface ClusterLookupOutputs extends ClusterLookupInputs {
  /** The id of the storage policy; empty when the documents name none. */
  readonly storagePolicyId: string;
}

/**
 * A look, at every preview, whether vCenter has what the documents of a cluster name; vCenter is not changed. One that
 * is missing fails the preview, all of them at once.
 */
export class ClusterLookup extends DynamicResource {
  /** The id of the storage policy, empty when the documents name none. Known at preview, also at the first. */
  declare readonly storagePolicyId: pulumi.Output<string>;

  constructor(name: string, args: ClusterLookupInputs, options?: pulumi.CustomResourceOptions) {
    super("clusterLookup", "ClusterLookup", name, { ...args, storagePolicyId: undefined }, options);
  }
}

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
    storagePolicy: policy && storagePolicyChoice(policy),
  };
}

/** The configuration gives one of the two. */
function storagePolicyChoice({
  id,
  name = "",
}: NonNullable<VsphereCluster["storagePolicy"]>): StoragePolicyChoice {
  return id === undefined ? { name } : { id };
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
