import { finding } from "../../../findings/finding";
import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  valuesOf,
  type Rule,
} from "../../places";
import {
  addressText,
  networkText,
  overlap,
  parseInterface,
  parseRange,
  type Ipv4Range,
  networkNamed,
} from "../../networks";
import { ingressesOfCluster, routersOf } from "../ingress/ingressPlaces";
import {
  fixedAddresses,
  mainNetworkOf,
  nodeGroupsOf,
  singleAddress,
  type NodeGroupPlace,
} from "./nodeGroupPlaces";
import { addressesOfMasters } from "./subnets";

/**
 * On a main network without DHCP, nodes have static addresses; others would come up without any.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md` (networks).
 */
const nodesWithoutDhcpHaveAddresses: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    const { path, isEphemeral, instanceClass } = group;
    const addresses = instanceClass.mainNetworkIPAddresses;
    if (isEphemeral || addresses !== undefined || !lacksDhcp(group)) continue;
    yield finding(
      `${path}.instanceClass.mainNetworkIPAddresses`,
      addresses,
      `the main network ${instanceClass.mainNetwork ?? ""} has no DHCP, and the nodes would get no address`,
      "list one address for each node, or set dhcp of the network to true if it has a server",
    );
  }
};

/**
 * Ephemeral nodes know DHCP only.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/` (VsphereInstanceClass).
 */
const ephemeralNodesHaveDhcp: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    if (!group.isEphemeral || !lacksDhcp(group)) continue;
    yield finding(
      `${group.path}.instanceClass.mainNetwork`,
      group.instanceClass.mainNetwork,
      `the main network ${mainNetworkOf(group) ?? ""} has no DHCP, and ephemeral nodes would get no address`,
      "name a network with DHCP",
    );
  }
};

function lacksDhcp(group: NodeGroupPlace): boolean {
  const { region, cluster } = group.cluster;
  return networkNamed(region.datacenter, cluster, mainNetworkOf(group))?.dhcp === false;
}

/** A range of DHCP is one, of a network with DHCP, and inside its subnet. */
const dhcpRangesAreOfTheirNetwork: Rule = function* (configuration) {
  const ranges = clusterConfigurationsOf(configuration).flatMap(rangesOf);
  for (const { path, written, range, dhcp, subnet } of ranges) {
    if (!dhcp) {
      yield finding(
        path,
        written,
        "dhcp of the network is false, so no server gives out these addresses",
        "remove it, or set dhcp to true",
      );
      continue;
    }
    if (range.last < range.first) {
      yield finding(
        path,
        written,
        "the range ends before it begins",
        `write the smaller address first, ${addressText(range.last)}-${addressText(range.first)}`,
      );
      continue;
    }
    if (subnet === undefined) continue;
    const { network } = parseInterface(subnet);
    if (range.first >= network.first && range.last <= network.last) continue;
    yield finding(
      path,
      written,
      `the network has the subnet ${networkText(network)}, which does not contain these addresses`,
      "correct one of the two",
    );
  }
};

/**
 * What a DHCP server gives out, nobody has for good: neither nodes with static addresses, nor masters on their
 * additional network, gateways, BGP routers, or the services of MetalLB in L2 mode. Two machines would have one address.
 *
 * Source: RFC 2131, section 3.1; for the masters, deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
const dhcpRangesAreFree: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const taken = takenIn(place);
    for (const { path, written, range } of rangesOf(place)) {
      const first = taken.find((one) => overlap(one.range, range));
      if (first === undefined || range.last < range.first) continue;
      yield finding(
        path,
        written,
        `${first.what} has some of these addresses permanently, and two machines would have the same address`,
        "exclude those on the DHCP server, and write the rest here",
      );
    }
  }
};

/** What a DHCP server gives out in a network. */
interface DhcpRange {
  readonly path: string;
  readonly written: string;
  readonly range: Ipv4Range;
  readonly dhcp: boolean;
  readonly subnet: string | undefined;
}

function rangesOf({ cluster, pathOf }: ClusterConfigurationPlace): DhcpRange[] {
  return valuesOf(pathOf("networks"), cluster.networks).flatMap(({ path, value }) => {
    const { dhcpRange: written, dhcp, subnet } = value;
    if (written === undefined) return [];
    return [{ path: `${path}.dhcpRange`, written, range: parseRange(written), dhcp, subnet }];
  });
}

/** The addresses of a cluster that somebody has permanently. */
function takenIn(
  place: ClusterConfigurationPlace,
): { readonly what: string; readonly range: Ipv4Range }[] {
  const ingresses = ingressesOfCluster(place);
  const masters = addressesOfMasters(place);
  const ofMasters =
    masters === undefined
      ? []
      : [{ what: "a master (the tenth address and those after it)", range: masters.range }];
  const routers = ingresses.flatMap(routersOf);
  const services = ingresses.flatMap(({ path, ingress }) =>
    valuesOf(`${path}.metallbL2.addresses`, ingress.metallbL2?.addresses),
  );
  return [
    ...ofMasters,
    ...fixedAddresses(place).map(({ path, range }) => ({ what: path, range })),
    ...routers.map(({ path, value }) => ({ what: path, range: singleAddress(value) })),
    ...services.map(({ path, value }) => ({ what: path, range: parseRange(value) })),
  ];
}

/** What has to hold where nodes get their addresses by DHCP, and where they do not. */
export const dhcpRules: readonly Rule[] = [
  nodesWithoutDhcpHaveAddresses,
  ephemeralNodesHaveDhcp,
  dhcpRangesAreOfTheirNetwork,
  dhcpRangesAreFree,
];
