import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  valuesOf,
  type ValuePlace,
} from "../../places";
import { parseInterface, type Ipv4Range, networkPlaceNamed } from "../../networks";
import type { WrittenConfiguration } from "../../schema";
import type { WrittenClusterConfiguration } from "../../types";

type PermanentGroup = NonNullable<WrittenClusterConfiguration["nodeGroups"]>[number];
type EphemeralGroup = NonNullable<WrittenClusterConfiguration["ephemeralNodeGroups"]>[number];

/** A group of nodes of a region's cluster: the masters or one of the other groups. */
export interface NodeGroupPlace
  extends
    Pick<PermanentGroup, "zones" | "nodeTemplate">,
    // Permanent groups have a number of nodes, ephemeral ones a range.
    Partial<Pick<PermanentGroup, "replicas">>,
    Partial<Pick<EphemeralGroup, "minPerZone" | "maxPerZone">> {
  /** `clusterConfiguration.nodeGroups[0]`. */
  readonly path: string;
  readonly cluster: ClusterConfigurationPlace;
  readonly isMaster: boolean;
  /** Whether Deckhouse creates the nodes from inside the cluster; such nodes have no number, and know DHCP only. */
  readonly isEphemeral: boolean;
  /** `master` for the masters. */
  readonly name: string;
  readonly instanceClass: EphemeralGroup["instanceClass"] &
    Pick<PermanentGroup["instanceClass"], "mainNetworkIPAddresses">;
}

/** Lists the groups of nodes of one cluster, masters first. */
export function nodeGroupsOfCluster(cluster: ClusterConfigurationPlace): NodeGroupPlace[] {
  const { masterNodeGroup, nodeGroups, ephemeralNodeGroups } = cluster.cluster;
  const { pathOf } = cluster;
  const path = pathOf("masterNodeGroup");
  const masters =
    masterNodeGroup === undefined
      ? []
      : [{ ...masterNodeGroup, name: "master", path, cluster, isMaster: true, isEphemeral: false }];
  return [
    ...masters,
    ...valuesOf(pathOf("nodeGroups"), nodeGroups).map((group) => ({
      ...group.value,
      path: group.path,
      cluster,
      isMaster: false,
      isEphemeral: false,
    })),
    ...valuesOf(pathOf("ephemeralNodeGroups"), ephemeralNodeGroups).map((group) => ({
      ...group.value,
      path: group.path,
      cluster,
      isMaster: false,
      isEphemeral: true,
    })),
  ];
}

/** Lists the groups of nodes of all clusters. A group written for every region is listed for each of them. */
export function nodeGroupsOf(configuration: WrittenConfiguration): NodeGroupPlace[] {
  return clusterConfigurationsOf(configuration).flatMap(nodeGroupsOfCluster);
}

/**
 * The main network of a group, as it is spelled there: its own, or that of the masters for ephemeral nodes that name none.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/` (VsphereInstanceClass).
 */
export function mainNetworkOf(group: NodeGroupPlace): string | undefined {
  const masters = group.cluster.cluster.masterNodeGroup?.instanceClass;
  return group.instanceClass.mainNetwork ?? masters?.mainNetwork;
}

/** A static address of a node, and its gateway: its own, or that of the network. */
interface StaticAddress {
  /** Of the entry of the list: `…mainNetworkIPAddresses[0]`. */
  readonly path: string;
  /** With the length of its prefix. */
  readonly node: ValuePlace<string>;
  readonly gateway: ValuePlace<string> | undefined;
}

/** The static addresses of a group, in the order of its nodes. */
export function staticAddresses(group: NodeGroupPlace): StaticAddress[] {
  const { instanceClass } = group;
  const network = mainNetworkPlace(group);
  const ofNetwork = network && gatewayAt(network.path, network.value);
  const list = `${group.path}.instanceClass.mainNetworkIPAddresses`;
  return valuesOf(list, instanceClass.mainNetworkIPAddresses).map(({ path, value }) => ({
    path,
    node: { path: `${path}.address`, value: value.address },
    gateway: gatewayAt(path, value) ?? ofNetwork,
  }));
}

/** The static addresses of a group without their gateways. */
export function addressPlaces(group: NodeGroupPlace): ValuePlace<string>[] {
  return staticAddresses(group).map(({ node }) => node);
}

/** What the configuration says of the network that a group names as its main one. */
export function mainNetworkPlace(group: NodeGroupPlace): ReturnType<typeof networkPlaceNamed> {
  const { region, cluster, pathOf } = group.cluster;
  const found = networkPlaceNamed(region.datacenter, cluster, group.instanceClass.mainNetwork);
  return found && { ...found, path: `${pathOf("networks")}${found.path}` };
}

function gatewayAt(
  path: string,
  { gateway }: { readonly gateway?: string | undefined },
): ValuePlace<string> | undefined {
  return gateway === undefined ? undefined : { path: `${path}.gateway`, value: gateway };
}

/** An address that a machine keeps, as the configuration writes it. */
export interface FixedAddress extends ValuePlace<string> {
  readonly kind: "node" | "gateway";
  readonly range: Ipv4Range;
}

/**
 * The addresses that the configuration gives to the nodes of a cluster and to their gateways, and the gateways of its
 * networks. What the installer gives to masters is not among them.
 */
export function fixedAddresses(place: ClusterConfigurationPlace): FixedAddress[] {
  const nodes = nodeGroupsOfCluster(place).flatMap(staticAddresses);
  const networks = valuesOf(place.pathOf("networks"), place.cluster.networks);
  return [
    ...nodes.flatMap(({ node, gateway }) => [...fixed("node", node), ...fixed("gateway", gateway)]),
    ...networks.flatMap(({ path, value }) => fixed("gateway", gatewayAt(path, value))),
  ];
}

function fixed(kind: FixedAddress["kind"], place: ValuePlace<string> | undefined): FixedAddress[] {
  return place === undefined ? [] : [{ kind, ...place, range: singleAddress(place.value) }];
}

/** The range of one address, which is written with or without the length of its prefix. */
export function singleAddress(written: string): Ipv4Range {
  const { address } = parseInterface(written);
  return { first: address, last: address };
}
