import { finding } from "../../../findings/finding";
import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  valuesOf,
  type Rule,
} from "../../places";
import {
  addressText,
  isHostAddress,
  networkText,
  overlap,
  parseInterface,
  parseRange,
  type Ipv4Range,
  networkNamed,
} from "../../networks";
import type { WrittenConfiguration } from "../../schema";
import {
  addressPlaces,
  fixedAddresses,
  nodeGroupsOfCluster,
  singleAddress,
} from "../cluster/nodeGroupPlaces";
import { addressesOfMasters, kubernetesSubnets, nodeSubnets } from "../cluster/subnets";
import {
  frontendsOf,
  ingressesOf,
  ingressesOfCluster,
  routersOf,
  type IngressPlace,
} from "./ingressPlaces";

/** Addresses that MetalLB gives to services. */
interface Announced {
  readonly path: string;
  readonly written: string;
  readonly range: Ipv4Range;
  readonly isBGP: boolean;
  readonly place: ClusterConfigurationPlace;
  readonly ingress: IngressPlace;
}

/** Something that has addresses already. */
interface Taken {
  readonly what: string;
  readonly range: Ipv4Range;
}

/** A network has no bits after its prefix, and a range ends after it begins. */
const announcedRangesAreRanges: Rule = function* (configuration) {
  for (const announced of announcedIn(configuration)) {
    const { path, written, range } = announced;
    if (!isRange(announced)) {
      yield finding(
        path,
        written,
        "the range ends before it begins, and MetalLB would have no address",
        `write the smaller address first, ${addressText(range.last)}-${addressText(range.first)}`,
      );
    }
    if (!written.includes("/")) continue;
    const { address, network } = parseInterface(written);
    if (address === network.first) continue;
    yield finding(
      path,
      written,
      "it is an address in a network, and MetalLB would announce the whole network",
      `write the network, ${networkText(network)}, or the address with /32`,
    );
  }
};

/** Addresses are given to services once, also across regions: routers would not know which way to go. */
const announcedRangesAreApart: Rule = function* (configuration) {
  const all = announcedIn(configuration).filter(isRange);
  for (const [index, { path, written, range, place }] of all.entries()) {
    const first = all.slice(0, index).find((other) => overlap(range, other.range));
    if (first === undefined) continue;
    const isOfOneCluster = first.place.path === place.path;
    yield finding(
      path,
      written,
      isOfOneCluster
        ? `${first.path}, ${first.written}, has some of these addresses too, and MetalLB would refuse them`
        : `${first.place.region.name} announces some of these addresses too (${first.written}), and routers would not ` +
            "know which way to go",
      isOfOneCluster ? "list each address once" : "give each cluster its own addresses",
    );
  }
};

/**
 * With BGP, the announced addresses are nobody's: neither of nodes nor of routers, pods or services, in any region. In
 * L2 mode they are in the nodes' own network, where only the addresses that nodes and their gateways have are taken, and
 * those that no machine can have.
 *
 * Source: MetalLB, "Configuration" and "Layer 2 mode".
 */
const announcedAddressesAreFree: Rule = function* (configuration) {
  const places = clusterConfigurationsOf(configuration);
  for (const { path, written, range, isBGP, place } of announcedIn(configuration).filter(isRange)) {
    const taken = [
      ...(isBGP ? places.flatMap(networksOf) : edgesOf(place, range)),
      ...(isBGP ? places : [place]).flatMap(addressesInNetworks),
      ...kubernetesOf(place),
    ].find((other) => overlap(range, other.range));
    if (taken === undefined) continue;
    yield finding(
      path,
      written,
      `some of these addresses belong to ${taken.what}, and could no longer be reached there`,
      "write addresses that nothing else uses",
    );
  }
};

/**
 * In L2 mode nodes answer for addresses of their own network; nobody would ask for others there.
 *
 * Source: MetalLB, "Layer 2 mode".
 */
const addressesOfL2AreInTheNodesNetwork: Rule = function* (configuration) {
  for (const announced of announcedIn(configuration)) {
    if (announced.isBGP || !isRange(announced)) continue;
    const { path, written, range, ingress } = announced;
    const subnets = subnetsOfFrontends(ingress);
    const known = subnets.flatMap((subnet) =>
      subnet === undefined ? [] : [parseInterface(subnet).network],
    );
    // It may be in a network whose subnet is unknown; frontends that are missing are the fault of another rule.
    if (known.length < subnets.length || known.length === 0) continue;
    if (known.some(({ first, last }) => range.first >= first && range.last <= last)) continue;
    yield finding(
      path,
      written,
      "it is in none of the frontend nodes' networks, and nobody would ask these nodes for the addresses",
      `write addresses in ${known.map(networkText).join(" or ")}`,
    );
  }
};

function announcedIn(configuration: WrittenConfiguration): Announced[] {
  return ingressesOf(configuration).flatMap((ingress) =>
    (["metallbBGP", "metallbL2"] as const).flatMap((way) => {
      const list = `${ingress.path}.${way}.addresses`;
      const isBGP = way === "metallbBGP";
      return valuesOf(list, ingress.ingress[way]?.addresses).map(({ path, value }) => ({
        path,
        written: value,
        range: parseRange(value),
        isBGP,
        place: ingress.place,
        ingress,
      }));
    }),
  );
}

function isRange({ range }: Announced): boolean {
  return range.first <= range.last;
}

/** The subnets of the networks that the frontend nodes are in, undefined where they are not known. */
function subnetsOfFrontends(ingress: IngressPlace): (string | undefined)[] {
  const { region, cluster } = ingress.place;
  return frontendsOf(ingress)
    .flatMap(({ instanceClass: { mainNetwork, additionalNetworks = [] } }) => [
      mainNetwork,
      ...additionalNetworks,
    ])
    .map((name) => networkNamed(region.datacenter, cluster, name)?.subnet);
}

/** What addresses are taken by the networks of a cluster, and by its routers. */
function networksOf(place: ClusterConfigurationPlace): Taken[] {
  return [
    ...nodeSubnets(place).map(({ path, written, network }) => ({
      what: `the network of ${path}, ${written}`,
      range: network,
    })),
    ...nodeGroupsOfCluster(place)
      .flatMap(addressPlaces)
      .map(({ path, value }) => ({
        what: `the network of ${path}, ${value}`,
        range: parseInterface(value).network,
      })),
    ...ingressesOfCluster(place)
      .flatMap(routersOf)
      .map(({ path, value }) => ({
        what: `the router of ${path}`,
        range: singleAddress(value),
      })),
  ];
}

/** The first and the last address of the network that a range is in, which no machine can have. */
function edgesOf(place: ClusterConfigurationPlace, range: Ipv4Range): Taken[] {
  return nodeSubnets(place)
    .filter(({ network }) => range.first >= network.first && range.last <= network.last)
    .filter(({ network }) => !isHostAddress(network, network.first))
    .flatMap(({ written, network: { first, last } }) => [
      { what: `the network ${written} itself`, range: { first, last: first } },
      { what: `broadcasts in ${written}`, range: { first: last, last } },
    ]);
}

/** What addresses are taken by nodes and gateways, one by one. */
function addressesInNetworks(place: ClusterConfigurationPlace): Taken[] {
  const fixed = fixedAddresses(place).map(({ kind, path, range }) => ({
    what: `the ${kind} of ${path}`,
    range,
  }));
  const masters = addressesOfMasters(place);
  if (masters === undefined) return fixed;
  const { subnet, range } = masters;
  const what = `the masters, which get the tenth address of ${subnet.written} and those after it`;
  return [...fixed, { what, range }];
}

function kubernetesOf(place: ClusterConfigurationPlace): Taken[] {
  if (place.cluster.controlPlane === "elsewhere") return [];
  const { pods, services } = kubernetesSubnets(place);
  return [
    { what: `pods, ${pods.written}`, range: pods.network },
    { what: `services, ${services.written}`, range: services.network },
  ];
}

/** What has to hold for the addresses that MetalLB gives to services. */
export const announcedAddressRules: readonly Rule[] = [
  announcedRangesAreRanges,
  announcedRangesAreApart,
  announcedAddressesAreFree,
  addressesOfL2AreInTheNodesNetwork,
];
