import { finding } from "../../../findings/finding";
import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  valuesOf,
  type Rule,
} from "../../places";
import {
  networkText,
  overlap,
  parseInterface,
  type Ipv4Network,
  type Ipv4Range,
  podSubnetOf,
  serviceSubnetOf,
  networkOfMasters,
  networkPlaceNamed,
} from "../../networks";
import { nodeGroupsOfCluster, type NodeGroupPlace } from "./nodeGroupPlaces";

/** The installer counts the masters' addresses from this one of the network. */
const firstMasterAddress = 10;
/** Deckhouse's own length of the prefix of each node's part of the pods' addresses. */
const defaultNodePrefix = 24;
/** The greatest difference of the prefixes of a node's part and of the whole that Kubernetes takes. */
const mostBits = 16;
/** The shortest prefix of the services' addresses that Kubernetes takes: 20 bits remain. */
const shortestServicePrefix = 32 - 20;

/** A subnet that the configuration names, or takes for granted. */
interface Subnet {
  readonly path: string;
  readonly written: string;
  readonly network: Ipv4Network;
}

/**
 * A subnet is the address of a network: all bits after the prefix are zero.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/variables.tf`.
 */
const subnetsAreNetworks: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const { pods, services } = kubernetesSubnets(place);
    const ofMasters = subnetOfMasters(place)?.path;
    for (const { path, written, network } of [...nodeSubnets(place), pods, services]) {
      if (parseInterface(written).address === network.first) continue;
      const reaction =
        path === ofMasters
          ? 'stop with "Invalid internalNetworkCIDR in VsphereClusterConfiguration."'
          : "refuse it";
      yield finding(
        path,
        written,
        `it is an address within a network, and the installer would ${reaction}`,
        `write the network's own address, ${networkText(network)}`,
      );
    }
  }
};

/**
 * The subnet of the masters' network is known: Deckhouse's `internalNetworkCIDR`. The installer needs it as soon as the
 * masters have an additional network or there are node groups.
 *
 * Source: deckhouse/deckhouse#14317 and
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/variables.tf`.
 */
const subnetOfMastersIsKnown: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const network = networkOfMastersPlace(place);
    if (network === undefined || network.value.subnet !== undefined) continue;
    const { controlPlane, masterNodeGroup, nodeGroups = [] } = place.cluster;
    const { additionalNetworks = [] } = masterNodeGroup?.instanceClass ?? {};
    const isNeeded = additionalNetworks.length > 0 || nodeGroups.length > 0;
    if (controlPlane === "elsewhere" || !isNeeded) continue;
    yield finding(
      `${network.path}.subnet`,
      undefined,
      "the masters reach each other on this network, and with an additional network or node groups the installer stops " +
        "without its internalNetworkCIDR",
      "add its subnet, for example 10.20.0.0/24",
    );
  }
};

/**
 * Masters with a second network get their addresses there from `internalNetworkCIDR`, beginning with the tenth; so it has
 * to be large enough.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md` and
 * `candi/terraform-modules/master-node/main.tf` of the same module.
 */
const subnetHasRoomForMasters: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const masters = addressesOfMasters(place);
    if (masters === undefined) continue;
    const { subnet, range, count } = masters;
    if (range.last < subnet.network.last) continue;
    yield finding(
      subnet.path,
      subnet.written,
      `the masters get its tenth address and those after it, and it is too small for ${count} of them`,
      "write a larger network, or give the masters no additional network",
    );
  }
};

/**
 * Nodes, pods and services have addresses of their own; otherwise packets would be routed the wrong way.
 *
 * Source: Kubernetes, "Cluster Networking".
 */
const subnetsAreApart: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    if (place.cluster.controlPlane === "elsewhere") continue;
    const { pods, services } = kubernetesSubnets(place);
    const pairs = [
      ...nodeSubnets(place).flatMap((subnet) => [
        { subnet, other: pods, whose: "pods" },
        { subnet, other: services, whose: "services" },
      ]),
      { subnet: services, other: pods, whose: "pods" },
    ];
    for (const { subnet, other, whose } of pairs) {
      if (!overlap(subnet.network, other.network)) continue;
      yield finding(
        subnet.path,
        subnet.written,
        `the addresses of ${whose}, ${other.written}, overlap with it, and packets would be routed the wrong way`,
        `write another subnet, here or as ${other.path}`,
      );
    }
  }
};

/**
 * Each node gets a part of the addresses of pods, and there are parts enough for the nodes of the beginning.
 *
 * Source: kubernetes/kubernetes `pkg/controller/nodeipam/ipam/cidrset/cidr_set.go`.
 */
const podSubnetHasRoomForNodes: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const { cluster, pathOf } = place;
    if (cluster.controlPlane === "elsewhere") continue;
    const written = podSubnetOf(cluster);
    const nodePrefix = cluster.podSubnetNodeCIDRPrefix ?? defaultNodePrefix;
    const bits = nodePrefix - parseInterface(written).network.prefixLength;
    if (bits > mostBits) {
      yield finding(
        pathOf("podSubnetNodeCIDRPrefix"),
        cluster.podSubnetNodeCIDRPrefix,
        `${written} would be divided into more than 65536 parts, and Kubernetes would not start`,
        `write ${nodePrefix - bits + mostBits} or less, or a smaller podSubnetCIDR`,
      );
      continue;
    }
    // A prefix that is shorter than that of the whole leaves not even one.
    const parts = Math.floor(2 ** bits);
    const nodes = nodeGroupsOfCluster(place).reduce((sum, group) => sum + leastNodesOf(group), 0);
    if (parts >= nodes) continue;
    yield finding(
      pathOf("podSubnetCIDR"),
      cluster.podSubnetCIDR,
      `${written} has parts of /${nodePrefix} for ${parts} of ${nodes} nodes, and pods would not start on the others`,
      "write a larger podSubnetCIDR, or a greater podSubnetNodeCIDRPrefix",
    );
  }
};

/** How many nodes a group has from the beginning. */
function leastNodesOf({ cluster, replicas, minPerZone = 0, zones }: NodeGroupPlace): number {
  return replicas ?? minPerZone * (zones ?? cluster.region.zones).length;
}

/**
 * Kubernetes takes so many addresses for services and no more.
 *
 * Source: kubernetes/kubernetes `cmd/kube-apiserver/app/options/validation.go`.
 */
const serviceSubnetIsNotTooLarge: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const { path, written, network } = kubernetesSubnets(place).services;
    if (network.prefixLength >= shortestServicePrefix) continue;
    yield finding(
      path,
      written,
      "it has too many addresses, and Kubernetes would not start",
      `write a subnet with a prefix of /${shortestServicePrefix} or longer`,
    );
  }
};

/** The subnets of a cluster's networks. */
export function nodeSubnets({ cluster, pathOf }: ClusterConfigurationPlace): Subnet[] {
  return valuesOf(pathOf("networks"), cluster.networks).flatMap(({ path, value }) =>
    value.subnet === undefined ? [] : [subnetAt(`${path}.subnet`, value.subnet)],
  );
}

/** The addresses of pods and services, also where the configuration does not name them. */
export function kubernetesSubnets({ cluster, pathOf }: ClusterConfigurationPlace): {
  readonly pods: Subnet;
  readonly services: Subnet;
} {
  return {
    pods: subnetAt(pathOf("podSubnetCIDR"), podSubnetOf(cluster)),
    services: subnetAt(pathOf("serviceSubnetCIDR"), serviceSubnetOf(cluster)),
  };
}

/**
 * The addresses that the installer gives to the masters on their additional network: the tenth of its subnet and those
 * after it; undefined where they have none, or its subnet is unknown.
 */
export function addressesOfMasters(
  place: ClusterConfigurationPlace,
): { readonly subnet: Subnet; readonly range: Ipv4Range; readonly count: number } | undefined {
  const { masterNodeGroup: masters } = place.cluster;
  const subnet = subnetOfMasters(place);
  if (!masters?.instanceClass.additionalNetworks?.length || subnet === undefined) return undefined;
  const first = subnet.network.first + firstMasterAddress;
  const count = masters.replicas;
  return { subnet, range: { first, last: first + count - 1 }, count };
}

/** The subnet of the network that the masters reach each other on. */
function subnetOfMasters(place: ClusterConfigurationPlace): Subnet | undefined {
  const network = networkOfMastersPlace(place);
  return network?.value.subnet === undefined
    ? undefined
    : subnetAt(`${network.path}.subnet`, network.value.subnet);
}

function networkOfMastersPlace({
  region,
  cluster,
  pathOf,
}: ClusterConfigurationPlace): ReturnType<typeof networkPlaceNamed> {
  const found = networkPlaceNamed(region.datacenter, cluster, networkOfMasters(cluster));
  return found && { ...found, path: `${pathOf("networks")}${found.path}` };
}

function subnetAt(path: string, written: string): Subnet {
  return { path, written, network: parseInterface(written).network };
}

/** What has to hold for the subnets of nodes, pods and services. */
export const subnetRules: readonly Rule[] = [
  subnetsAreNetworks,
  subnetOfMastersIsKnown,
  subnetHasRoomForMasters,
  subnetsAreApart,
  podSubnetHasRoomForNodes,
  serviceSubnetIsNotTooLarge,
];
