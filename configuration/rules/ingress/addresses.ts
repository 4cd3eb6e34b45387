import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import type { ConfigurationDraft } from "../../draft";
import {
  addressText,
  isHostAddress,
  networkText,
  overlap,
  parseInterface,
  parseRange,
  type Ipv4Range,
} from "../../ipv4";
import { networkNamed } from "../../networks";
import { valuesOf } from "../../places";
import { finding } from "../../../findings/finding";
import { addressPlaces } from "../cluster/addresses";
import { fixedAddresses, singleAddress } from "../cluster/fixedAddresses";
import { nodeGroupsOfCluster } from "../cluster/nodeGroupPlaces";
import { addressesOfMasters, kubernetesSubnets, nodeSubnets } from "../cluster/subnets";
import type { Rule } from "../rule";
import { frontendsOf } from "./frontends";
import { routersOf } from "./routers";

/** Addresses that MetalLB gives to services. */
interface Announced {
  readonly path: string;
  readonly written: string;
  readonly range: Ipv4Range;
  readonly isBGP: boolean;
  readonly place: ClusterConfigurationPlace;
}

/** Something that has addresses already. */
interface Taken {
  readonly what: string;
  readonly range: Ipv4Range;
}

/** A network has no bits after its prefix, and a range ends after it begins. */
export const announcedRangesAreRanges: Rule = (draft) =>
  announcedIn(draft).flatMap(({ path, written, range }) => {
    if (range.last < range.first) {
      return [
        finding(
          path,
          written,
          "the range ends before it begins, and MetalLB would have no address",
          `write the smaller address first, ${addressText(range.last)}-${addressText(range.first)}`,
        ),
      ];
    }
    const isNetwork = written.includes("/");
    return !isNetwork || parseInterface(written).address === range.first
      ? []
      : [
          finding(
            path,
            written,
            "it is an address in a network, and MetalLB would announce the whole network",
            `write the network, ${networkText(parseInterface(written).network)}, or the address with /32`,
          ),
        ];
  });

/** Addresses are given to services once, also across regions: routers would not know which way to go. */
export const announcedRangesAreApart: Rule = (draft) => {
  const all = announcedIn(draft).filter(isRange);
  return all.flatMap((one, index) => {
    const first = all.slice(0, index).find((other) => overlap(one.range, other.range));
    return first === undefined
      ? []
      : [
          finding(
            one.path,
            one.written,
            first.place.path === one.place.path
              ? `${first.path}, ${first.written}, has some of these addresses too, and MetalLB would refuse them`
              : `${first.place.region.name ?? first.place.path} announces some of these addresses too ` +
                  `(${first.written}), and routers would not know which way to go`,
            "give each cluster addresses of its own",
          ),
        ];
  });
};

/**
 * With BGP, the announced addresses are nobody's: neither of nodes nor of routers, pods or services, in any region. In
 * L2 mode they are in the nodes' own network, where only the addresses that nodes and their gateways have are taken, and
 * those that no machine can have.
 *
 * Source: MetalLB, "Configuration" and "Layer 2 mode".
 */
export const announcedAddressesAreFree: Rule = (draft) => {
  const places = clusterConfigurationsOf(draft);
  return announcedIn(draft)
    .filter(isRange)
    .flatMap(({ path, written, range, isBGP, place }) => {
      const taken = [
        ...(isBGP ? places.flatMap(networksOf) : edgesOf(place, range)),
        ...(isBGP ? places : [place]).flatMap(addressesInNetworks),
        ...kubernetesOf(place),
      ].find((other) => overlap(range, other.range));
      return taken === undefined
        ? []
        : [
            finding(
              path,
              written,
              `some of these addresses belong to ${taken.what}, and would be reached no more`,
              "write addresses that nothing else has",
            ),
          ];
    });
};

/**
 * In L2 mode nodes answer for addresses of their own network; nobody would ask for others there.
 *
 * Source: MetalLB, "Layer 2 mode".
 */
export const addressesOfL2AreInTheNodesNetwork: Rule = (draft) =>
  announcedIn(draft)
    .filter(({ isBGP }) => !isBGP)
    .filter(isRange)
    .flatMap(({ path, written, range, place }) => {
      const { region, cluster } = place;
      const subnets = frontendsOf(place)
        .flatMap(({ instanceClass }) => [
          instanceClass.mainNetwork,
          ...(instanceClass.additionalNetworks ?? []),
        ])
        .map((name) => networkNamed(region.datacenter ?? "", cluster, name)?.subnet);
      const known = subnets.flatMap((subnet) =>
        subnet === undefined ? [] : [parseInterface(subnet).network],
      );
      const isInside = known.some(({ first, last }) => range.first >= first && range.last <= last);
      return isInside || known.length < subnets.length || known.length === 0
        ? []
        : [
            finding(
              path,
              written,
              "it is in no network of the frontend nodes, where nobody would ask for these addresses",
              `write addresses in ${known.map(networkText).join(" or ")}`,
            ),
          ];
    });

function announcedIn(draft: ConfigurationDraft): Announced[] {
  return clusterConfigurationsOf(draft).flatMap((place) =>
    (["metallbBGP", "metallbL2"] as const).flatMap((way) =>
      valuesOf(
        `${place.pathOf("ingress")}.${way}.addresses`,
        place.cluster.ingress?.[way]?.addresses,
      ).map(({ path, value }) => ({
        ...{ path, written: value, range: parseRange(value) },
        ...{ isBGP: way === "metallbBGP", place },
      })),
    ),
  );
}

function isRange({ range }: Announced): boolean {
  return range.first <= range.last;
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
    ...routersOf(place).map(({ path, value }) => ({
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
      { what: `all hosts of ${written}`, range: { first: last, last } },
    ]);
}

/** What addresses are taken by nodes and gateways, one by one. */
function addressesInNetworks(place: ClusterConfigurationPlace): Taken[] {
  const masters = addressesOfMasters(place);
  return [
    ...fixedAddresses(place).map(({ kind, path, range }) => ({
      what: `the ${kind} of ${path}`,
      range,
    })),
    ...(masters === undefined
      ? []
      : [
          {
            what: `the masters, which get the tenth address of ${masters.subnet.written} and those after it`,
            range: masters.range,
          },
        ]),
  ];
}

function kubernetesOf(place: ClusterConfigurationPlace): Taken[] {
  if (place.cluster.controlPlane === "elsewhere") {
    return [];
  }
  const { pods, services } = kubernetesSubnets(place);
  return [
    { what: `pods, ${pods.written}`, range: pods.network },
    { what: `services, ${services.written}`, range: services.network },
  ];
}
