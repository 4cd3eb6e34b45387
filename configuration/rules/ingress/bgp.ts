import { finding } from "../../../findings/finding";
import { repetitionsOf, valuesOf, type ValuePlace, type Rule } from "../../places";
import {
  isHostAddress,
  networkText,
  parseAddress,
  parseInterface,
  parseRange,
  type Ipv4Network,
  type Ipv4Range,
  networkNamed,
} from "../../networks";
import type { WrittenConfiguration } from "../../schema";
import { communityNumbers } from "../../communities";
import type { WrittenClusterConfiguration } from "../../types";
import { ingressesOf } from "./ingressPlaces";

/** How a cluster speaks BGP. */
interface BGPPlace {
  /** `clusterConfiguration.ingress.metallbBGP`. */
  readonly path: string;
  readonly bgp: NonNullable<NonNullable<WrittenClusterConfiguration["ingress"]>["metallbBGP"]>;
  /** The subnet of the VLAN between the routers and the frontend nodes, where it is known. */
  readonly subnet: Ipv4Network | undefined;
}

/** Numbers that no autonomous system can have, and why. */
const reservedNumbers: Readonly<Record<number, string>> = {
  23456: "stands in for 32-bit numbers (RFC 6793)",
  65535: "is reserved (RFC 7300)",
  4294967295: "is reserved (RFC 7300)",
};

const secondsOfUnits: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
const shortestHoldTime = 3;
const longestHoldTime = 65535;
const greatestOfCommunity = 65535;

/** An autonomous system has a number that can be used. Sources: RFC 6793, RFC 7300. */
const autonomousSystemsAreUsable: Rule = function* (configuration) {
  for (const { path, bgp } of bgpPlaces(configuration)) {
    for (const key of ["routerASN", "clusterASN"] as const) {
      const why = reservedNumbers[bgp[key]];
      if (why === undefined) continue;
      yield finding(
        `${path}.${key}`,
        bgp[key],
        `this number ${why}, and routers would refuse the session`,
        "write the number of the autonomous system, for example a private one from 64512 to 65534",
      );
    }
  }
};

/** The routers are in the VLAN over which frontend nodes reach them, where its subnet is known. */
const routersAreInTheirNetwork: Rule = function* (configuration) {
  for (const { path: base, bgp, subnet } of bgpPlaces(configuration)) {
    if (subnet === undefined) continue;
    for (const { path, value } of valuesOf(`${base}.routers`, bgp.routers)) {
      if (isHostAddress(subnet, parseAddress(value))) continue;
      yield finding(
        path,
        value,
        `it is not an address in ${bgp.network}, where the frontend nodes would look for it`,
        `write the router's address in ${networkText(subnet)}, or correct the network's subnet`,
      );
    }
  }
};

/**
 * The hold time is none or at least three seconds, and fits into 16 bits.
 *
 * Source: RFC 4271, section 4.2.
 */
const holdTimesAreAllowed: Rule = function* (configuration) {
  for (const { path, bgp } of bgpPlaces(configuration)) {
    const unit = bgp.holdTime.replace(/^[0-9]+/, "");
    const seconds = parseInt(bgp.holdTime, 10) * (secondsOfUnits[unit] ?? 1);
    if (seconds === 0 || (seconds >= shortestHoldTime && seconds <= longestHoldTime)) continue;
    yield finding(
      `${path}.holdTime`,
      bgp.holdTime,
      `BGP allows no hold time, or one of ${shortestHoldTime} to ${longestHoldTime} seconds, and MetalLB would refuse ` +
        "the peer",
      `write ${shortestHoldTime}s to ${longestHoldTime}s, or 0s for none`,
    );
  }
};

/**
 * A BGP community has two numbers of 16 bits.
 *
 * Source: RFC 1997.
 */
const communitiesFit: Rule = function* (configuration) {
  for (const { path: base, bgp } of bgpPlaces(configuration)) {
    for (const { path, value } of valuesOf(`${base}.communities`, bgp.communities)) {
      if (!value.split(":").some((number) => Number(number) > greatestOfCommunity)) continue;
      yield finding(
        path,
        value,
        `a community has two numbers up to ${greatestOfCommunity}, and MetalLB would refuse the announcement`,
        `write numbers from 0 to ${greatestOfCommunity}`,
      );
    }
  }
};

/**
 * An announcement has a community once, whether by its name or by its numbers.
 *
 * Source: MetalLB, `BGPAdvertisement` (duplicate community).
 */
const communitiesAreDistinct: Rule = function* (configuration) {
  for (const { path: base, bgp } of bgpPlaces(configuration)) {
    const communities = valuesOf(`${base}.communities`, bgp.communities);
    for (const { first, repeated } of repetitionsOf(communities, communityNumbers)) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path}, ${first.value}, is the same community, and MetalLB would refuse the announcement`,
        "remove one of the two",
      );
    }
  }
};

/**
 * Addresses are not aggregated to more than was given: of a range, MetalLB looks at the largest network in it.
 *
 * Source: MetalLB, `BGPAdvertisement` (invalid aggregation length).
 */
const aggregationStaysInThePool: Rule = function* (configuration) {
  for (const { path, bgp } of bgpPlaces(configuration)) {
    const { aggregationLength, addresses } = bgp;
    if (aggregationLength === undefined) continue;
    const longest = addresses
      .map((written) => ({ written, prefixLength: largestNetworkIn(parseRange(written)) }))
      .find(({ prefixLength }) => prefixLength > aggregationLength);
    if (longest === undefined) continue;
    yield finding(
      `${path}.aggregationLength`,
      aggregationLength,
      `${longest.written} would become a part of a larger network, and MetalLB would refuse the announcement`,
      `write ${longest.prefixLength} or more, or leave it out`,
    );
  }
};

/** Prefix length of the largest network that fits into a range; 33 for a range that ends before it begins. */
function largestNetworkIn({ first, last }: Ipv4Range): number {
  const lengths = Array.from({ length: 33 }, (_, length) => length);
  const fits = lengths.find((length) => {
    const size = 2 ** (32 - length);
    return Math.ceil(first / size) * size + size - 1 <= last;
  });
  return fits ?? lengths.length;
}

/** Nodes speak BGP from addresses in the VLAN of the routers, where its subnet is known. */
const sourceAddressesAreInTheRoutersNetwork: Rule = function* (configuration) {
  for (const { path: base, bgp, subnet } of bgpPlaces(configuration)) {
    if (subnet === undefined) continue;
    for (const { path, value } of valuesOf(`${base}.sourceAddresses`, bgp.sourceAddresses)) {
      if (isHostAddress(subnet, parseAddress(value.address))) continue;
      yield finding(
        `${path}.address`,
        value.address,
        `it is not an address in ${bgp.network}, and the node could not reach the routers from it`,
        `write the node's address in ${networkText(subnet)}`,
      );
    }
  }
};

/** A node speaks BGP from one address, which no other node and no router has. */
const sourceAddressesAreDistinct: Rule = function* (configuration) {
  for (const { path: base, bgp } of bgpPlaces(configuration)) {
    const sources = valuesOf(`${base}.sourceAddresses`, bgp.sourceAddresses);
    const part = (key: "nodeName" | "address"): ValuePlace<string>[] =>
      sources.map(({ path, value }) => ({ path: `${path}.${key}`, value: value[key] }));
    const routers = valuesOf(`${base}.routers`, bgp.routers);
    const repetitions = [
      ...repetitionsOf(part("nodeName"), itself),
      ...repetitionsOf([...routers, ...part("address")], itself),
    ];
    for (const { first, repeated } of repetitions) {
      // A router that is named twice is the fault of another rule.
      if (routers.some(({ path }) => path === repeated.path)) continue;
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same, and one of the two could not speak to the routers`,
        "name each node once, with its own address",
      );
    }
  }
};

function bgpPlaces(configuration: WrittenConfiguration): BGPPlace[] {
  return ingressesOf(configuration).flatMap(({ path, ingress, place: { region, cluster } }) => {
    const bgp = ingress.metallbBGP;
    if (bgp === undefined) return [];
    const subnet = networkNamed(region.datacenter, cluster, bgp.network)?.subnet;
    return [
      {
        path: `${path}.metallbBGP`,
        bgp,
        subnet: subnet === undefined ? undefined : parseInterface(subnet).network,
      },
    ];
  });
}

function itself(value: string): string {
  return value;
}

/** What has to hold for BGP: its numbers and times, its routers, and the addresses that nodes speak it from. */
export const bgpRules: readonly Rule[] = [
  autonomousSystemsAreUsable,
  routersAreInTheirNetwork,
  holdTimesAreAllowed,
  communitiesFit,
  communitiesAreDistinct,
  aggregationStaysInThePool,
  sourceAddressesAreInTheRoutersNetwork,
  sourceAddressesAreDistinct,
];
