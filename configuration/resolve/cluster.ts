import type {
  Cluster,
  ClusterBase,
  Ingress,
  EphemeralNodeGroup,
  InstanceClass,
  MainNetworkAddress,
  MasterNodeGroup,
} from "../clusterTypes";
import { networkPath, datastorePath, vmFolderPath } from "../inventoryPaths";
import {
  podSubnetOf,
  serviceSubnetOf,
  describedPath,
  networkNamed,
  networkOfMasters,
} from "../networks";
import type { WrittenClusterConfiguration } from "../types";

/** The region of a cluster. */
export interface ClusterRegion {
  /** Name of the region's tag. */
  readonly name: string;
  /** Inventory path of the datacenter, in any spelling. */
  readonly datacenter: string;
}

/**
 * Fills in what a region's cluster configuration leaves out, and writes every path in full.
 *
 * @param region the region
 * @param written a cluster configuration without faults: rules have seen to the required keys
 */
export function resolvedCluster(
  region: ClusterRegion,
  written: WrittenClusterConfiguration,
): Cluster {
  const base = clusterBase(region, written);
  const { masterNodeGroup: masters } = written;
  if (written.controlPlane === "elsewhere" || masters === undefined) {
    return { controlPlane: "elsewhere", ...base };
  }
  const group = (one: typeof masters) => resolvedNodeGroup(region, written, one);
  return {
    controlPlane: "vSphere",
    ...base,
    cloudPrefix: written.cloudPrefix ?? region.name,
    internalNetworkCIDR: networkNamed(region.datacenter, written, networkOfMasters(written))
      ?.subnet,
    vmFolderExists: written.vmFolderExists,
    baseResourcePool: written.baseResourcePool,
    useNestedResourcePool: written.useNestedResourcePool,
    storagePolicy: written.storagePolicy,
    masterNodeGroup: group(masters),
    nodeGroups: (written.nodeGroups ?? []).map(({ name, nodeTemplate, ...one }) => ({
      name,
      nodeTemplate,
      ...group(one),
    })),
    podSubnetCIDR: podSubnetOf(written),
    podSubnetNodeCIDRPrefix: written.podSubnetNodeCIDRPrefix,
    serviceSubnetCIDR: serviceSubnetOf(written),
    clusterDomain: written.clusterDomain ?? "cluster.local",
    kubernetesVersion: written.kubernetesVersion ?? "Automatic",
    defaultCRI: written.defaultCRI,
    proxy: written.proxy,
    firstUser: written.firstUser,
  } as const;
}

function clusterBase(region: ClusterRegion, written: WrittenClusterConfiguration): ClusterBase {
  const { vmFolderPath = "", sshPublicKey = "", networks = [], ephemeralNodeGroups = [] } = written;
  return {
    vmFolderPath,
    sshPublicKey,
    networks: networks.map((network) => ({
      ...network,
      path: networkPath(region.datacenter, network.path),
    })),
    ephemeralNodeGroups: ephemeralNodeGroups.map((group) =>
      resolvedEphemeralNodeGroup(region, written, group),
    ),
    ingress:
      written.ingress && resolvedIngress(region, written, { name: "main", ...written.ingress }),
    additionalIngresses: (written.additionalIngresses ?? []).flatMap(
      (ingress) => resolvedIngress(region, written, ingress) ?? [],
    ),
    disableTimesync: written.disableTimesync,
    storageClasses: written.storageClasses,
    nsxt: written.nsxt,
    publicDomainTemplate: written.publicDomainTemplate,
    https: written.https,
    highAvailability: written.highAvailability,
    customTolerationKeys: written.customTolerationKeys,
    extraSettings: written.extraSettings,
    extraDocuments: written.extraDocuments,
  };
}

/** One of the three ways, of which a rule has seen to it that there is one. */
function resolvedIngress(
  { datacenter }: ClusterRegion,
  written: WrittenClusterConfiguration,
  ingress: NonNullable<WrittenClusterConfiguration["additionalIngresses"]>[number],
): Ingress | undefined {
  const { nodeGroups = [], ephemeralNodeGroups = [] } = written;
  const { externalLoadBalancer, metallbBGP, metallbL2, ...rest } = ingress;
  const frontends = [...nodeGroups, ...ephemeralNodeGroups].find(
    ({ name }) => name === ingress.nodeGroup,
  );
  const base = { ...rest, taints: frontends?.nodeTemplate?.taints ?? [] };
  if (metallbBGP !== undefined) {
    const network = describedPath(datacenter, written, metallbBGP.network);
    return { kind: "metallbBGP", ...base, ...metallbBGP, network } as const;
  }
  return metallbL2 !== undefined
    ? ({ kind: "metallbL2", ...base, ...metallbL2 } as const)
    : externalLoadBalancer &&
        ({ kind: "externalLoadBalancer", ...base, ...externalLoadBalancer } as const);
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
function resolvedNodeGroup(
  region: ClusterRegion,
  cluster: WrittenClusterConfiguration,
  { replicas, zones, instanceClass }: WrittenMasters,
): MasterNodeGroup {
  return { replicas, zones, instanceClass: resolvedClass(region, cluster, instanceClass) };
}

/**
 * Writes the paths of a group of ordered nodes in full. What it leaves out stays out, except the datastore, which the
 * cluster may name for all nodes.
 *
 * @param region the region of the cluster
 * @param cluster the cluster configuration
 * @param group the group
 */
function resolvedEphemeralNodeGroup(
  { datacenter }: ClusterRegion,
  cluster: WrittenClusterConfiguration,
  { instanceClass, ...group }: WrittenEphemeral,
): EphemeralNodeGroup {
  const { template, mainNetwork, additionalNetworks, ...rest } = instanceClass;
  const datastore = instanceClass.datastore ?? cluster.rootDiskDatastore;
  return {
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
  };
}

function resolvedClass(
  { datacenter }: ClusterRegion,
  cluster: WrittenClusterConfiguration,
  { template, mainNetwork, additionalNetworks, mainNetworkIPAddresses, ...rest }: WrittenClass,
): InstanceClass {
  const network = networkNamed(datacenter, cluster, mainNetwork);
  return {
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
        nameservers: nameservers ?? network?.nameservers ?? {},
      }),
    ),
  };
}
