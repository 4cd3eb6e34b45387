import type {
  EphemeralNodeGroup,
  InstanceClass,
  MainNetworkAddress,
  MasterNodeGroup,
} from "./clusterTypes";
import { compact } from "./compact";
import { datastorePath, vmFolderPath } from "./inventoryPaths";
import { describedPath, networkNamed } from "./networks";
import type { WrittenClusterConfiguration } from "./types";

/** The region of a cluster. */
export interface ClusterRegion {
  /** Name of the region's tag. */
  readonly name: string;
  /** Inventory path of the datacenter, in any spelling. */
  readonly datacenter: string;
}

type WrittenMasters = NonNullable<WrittenClusterConfiguration["masterNodeGroup"]>;
type WrittenClass = WrittenMasters["instanceClass"];
type WrittenEphemeral = NonNullable<WrittenClusterConfiguration["ephemeralNodeGroups"]>[number];

/**
 * Writes the paths of a group of permanent nodes in full, and fills in what follows from the cluster: the datastore,
 * and the gateway and name servers of static addresses.
 *
 * @param region the region of the cluster
 * @param cluster the cluster configuration
 * @param group the masters or another group
 */
export function resolvedNodeGroup(
  region: ClusterRegion,
  cluster: WrittenClusterConfiguration,
  { replicas, zones, instanceClass }: WrittenMasters,
): MasterNodeGroup {
  return compact({ replicas, zones, instanceClass: resolvedClass(region, cluster, instanceClass) });
}

/**
 * Writes the paths of a group of ordered nodes in full. What it leaves out stays out, except the datastore, which the
 * cluster may name for all nodes.
 *
 * @param region the region of the cluster
 * @param cluster the cluster configuration
 * @param group the group
 */
export function resolvedEphemeralNodeGroup(
  { datacenter }: ClusterRegion,
  cluster: WrittenClusterConfiguration,
  { instanceClass, ...group }: WrittenEphemeral,
): EphemeralNodeGroup {
  const { template, mainNetwork, additionalNetworks, ...rest } = instanceClass;
  const datastore = instanceClass.datastore ?? cluster.rootDiskDatastore;
  return compact({
    ...group,
    instanceClass: {
      ...rest,
      template: template && vmFolderPath(datacenter, template),
      mainNetwork: mainNetwork && describedPath(datacenter, cluster, mainNetwork),
      additionalNetworks: additionalNetworks?.map((path) =>
        describedPath(datacenter, cluster, path),
      ),
      datastore: datastore && datastorePath(datacenter, datastore),
    },
  });
}

function resolvedClass(
  { datacenter }: ClusterRegion,
  cluster: WrittenClusterConfiguration,
  { template, mainNetwork, additionalNetworks, mainNetworkIPAddresses, ...rest }: WrittenClass,
): InstanceClass {
  const network = networkNamed(datacenter, cluster, mainNetwork);
  return compact({
    ...rest,
    template: template && vmFolderPath(datacenter, template),
    mainNetwork: describedPath(datacenter, cluster, mainNetwork),
    additionalNetworks: additionalNetworks?.map((path) => describedPath(datacenter, cluster, path)),
    // The rule nodesHaveDatastores has seen to one of the two.
    datastore: datastorePath(datacenter, rest.datastore ?? cluster.rootDiskDatastore ?? ""),
    mainNetworkIPAddresses: mainNetworkIPAddresses?.map(
      ({ address, gateway, nameservers }): MainNetworkAddress => ({
        address,
        // The rule staticAddressesAreComplete has seen to one of the two.
        gateway: gateway ?? network?.gateway ?? "",
        nameservers: (nameservers ??
          network?.nameservers ??
          {}) as MainNetworkAddress["nameservers"],
      }),
    ),
  });
}
