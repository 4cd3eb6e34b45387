import { bgpRules } from "../../../configuration/rules/ingress/bgp";
import type { Changes } from "../../support/changedConfiguration";
import { installed } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const bgp = "ingress.metallbBGP";
const sources = `${bgp}.sourceAddresses`;

/** A second controller with BGP. */
const further = (settings: object, others: object = {}): Changes => ({
  additionalIngresses: [
    { name: "internal", metallbBGP: { ...installed.ingress!.metallbBGP, ...settings }, ...others },
  ],
});

const reserved = (key: string, number: number, why: string): RuleCase => [
  { [`${bgp}.${key}`]: number },
  `@.${bgp}.${key}: found ${number}: this number ${why}, and routers would refuse the session: write the number of the ` +
    "autonomous system, for example a private one from 64512 to 65534",
];
const numbers = (routerASN: number, clusterASN: number): RuleCase => [
  { [`${bgp}.routerASN`]: routerASN, [`${bgp}.clusterASN`]: clusterASN },
];
const outside = (place: string, found: string): string =>
  `@.${bgp}.${place}: found "${found}": it is not an address in routers, where the frontend nodes would look for it: write ` +
  "the router's address in 192.0.200.0/24, or correct the network's subnet";
const holdTime = (found: string): RuleCase => [
  { [`${bgp}.holdTime`]: found },
  `@.${bgp}.holdTime: found "${found}": BGP allows no hold time, or one of 3 to 65535 seconds, and MetalLB would refuse the ` +
    "peer: write 3s to 65535s, or 0s for none",
];
const community = (found: string): RuleCase => [
  { [`${bgp}.communities`]: ["64512:100", found] },
  `@.${bgp}.communities[1]: found "${found}": a community has two numbers up to 65535, and MetalLB would refuse the ` +
    "announcement: write numbers from 0 to 65535",
];
const source = (nodeName: string, address: string): object => ({ nodeName, address });
const same =
  "is the same, and one of the two could not speak to the routers: name each node once, with its own address";

const repeatedCommunity = (
  communities: readonly string[],
  index: number,
  found: string,
  first: string,
): RuleCase => [
  { [`${bgp}.communities`]: communities },
  `@.${bgp}.communities[${index}]: found "${found}": @.${bgp}.communities[0], ${first}, is the same community, and MetalLB ` +
    "would refuse the announcement: remove one of the two",
];
const aggregated = (
  length: number,
  written: string,
  least: number,
  addresses: readonly string[],
): RuleCase => [
  { [`${bgp}.addresses`]: addresses, [`${bgp}.aggregationLength`]: length },
  `@.${bgp}.aggregationLength: found ${length}: ${written} would become a part of a larger network, and MetalLB would ` +
    `refuse the announcement: write ${least} or more, or leave it out`,
];

describeClusterRules("BGP", bgpRules, {
  autonomousSystemsAreUsable: {
    "the number for all others": reserved(
      "clusterASN",
      23_456,
      "stands in for 32-bit numbers (RFC 6793)",
    ),
    "the number after the private ones": reserved("routerASN", 65_535, "is reserved (RFC 7300)"),
    "the greatest number": reserved("clusterASN", 4_294_967_295, "is reserved (RFC 7300)"),
    "the first and the last number are accepted": numbers(1, 4_294_967_294),
    "the first and the last private number are accepted": numbers(64_512, 65_534),
    "numbers next to those that are reserved are accepted": numbers(65_536, 23_457),
    "one autonomous system is accepted": numbers(64_512, 64_512),
  },
  routersAreInTheirNetwork: {
    "outside, of a further controller": [
      further({ routers: ["192.0.200.2", "192.0.201.1"], addresses: ["203.0.201.0/24"] }),
      outside("routers[1]", "192.0.201.1").replace("@.ingress", "@.additionalIngresses[0]"),
    ],
    "outside, and at its ends": [
      { [`${bgp}.routers`]: ["192.0.200.254", "192.0.201.1", "192.0.200.0", "192.0.200.255"] },
      outside("routers[1]", "192.0.201.1"),
      outside("routers[2]", "192.0.200.0"),
      outside("routers[3]", "192.0.200.255"),
    ],
    "any are accepted where the subnet is unknown": [
      {
        "networks[1].subnet": undefined,
        [`${bgp}.routers`]: ["198.18.0.1"],
        [sources]: [source("a", "10.200.0.9")],
      },
    ],
    "both addresses of a network of two are accepted": [
      {
        "networks[1].subnet": "192.0.200.2/31",
        [`${bgp}.routers`]: ["192.0.200.2", "192.0.200.3"],
      },
    ],
  },
  holdTimesAreAllowed: {
    "less than three seconds": holdTime("2s"),
    "less than three seconds, in small units": holdTime("2999ms"),
    "more than 16 bits": holdTime("65536s"),
    "more than 16 bits, in large units": holdTime("19h"),
    "more than 16 bits, in minutes": holdTime("1093m"),
    "none is accepted, in any unit": [{ [`${bgp}.holdTime`]: "0ms" }],
    "the shortest is accepted": [{ [`${bgp}.holdTime`]: "3000ms" }],
    "the longest is accepted": [{ [`${bgp}.holdTime`]: "65535s" }],
    "the longest of whole minutes is accepted": [{ [`${bgp}.holdTime`]: "1092m" }],
    "the longest of whole hours is accepted": [{ [`${bgp}.holdTime`]: "18h" }],
  },
  communitiesFit: {
    "the first number": community("65536:1"),
    "the second number": community("1:99999"),
    "the first and the last, and names, are accepted": [
      {
        [`${bgp}.communities`]: "0:0 65535:65535 no-export no-advertise local-as none".split(" "),
      },
    ],
  },
  communitiesAreDistinct: {
    "the same numbers twice": repeatedCommunity(["1:2", "0:0", "1:2"], 2, "1:2", "1:2"),
    "a name and its numbers": repeatedCommunity(
      ["no-export", "65535:65281"],
      1,
      "65535:65281",
      "no-export",
    ),
    "different names are accepted": [
      { [`${bgp}.communities`]: ["no-export", "65535:65282", "local-as"] },
    ],
  },
  aggregationStaysInThePool: {
    "shorter than a network's prefix": aggregated(23, "203.0.200.0/24", 24, ["203.0.200.0/24"]),
    "shorter than the largest network of a range": aggregated(28, "203.0.200.1-203.0.200.15", 29, [
      "203.0.200.128/25",
      "203.0.200.1-203.0.200.15",
    ]),
    "shorter than a single address": aggregated(31, "203.0.200.7-203.0.200.7", 32, [
      "203.0.200.7-203.0.200.7",
    ]),
    "a network's own prefix is accepted": [{ [`${bgp}.aggregationLength`]: 24 }],
    "a longer one is accepted": [{ [`${bgp}.aggregationLength`]: 32 }],
    "that of the largest network of a range is accepted": [
      { [`${bgp}.addresses`]: ["203.0.200.1-203.0.200.15"], [`${bgp}.aggregationLength`]: 29 },
    ],
  },
  sourceAddressesAreInTheRoutersNetwork: {
    "an address of another network": [
      { [sources]: [source("a", "192.0.200.9"), source("b", "10.200.0.9")] },
      `@.${sources}[1].address: found "10.200.0.9": it is not an address in routers, and the node could not reach the ` +
        "routers from it: write the node's address in 192.0.200.0/24",
    ],
  },
  sourceAddressesAreDistinct: {
    "two of one node": [
      { [sources]: [source("a", "192.0.200.9"), source("a", "192.0.200.10")] },
      `@.${sources}[1].nodeName: found "a": @.${sources}[0].nodeName ${same}`,
    ],
    "one of two nodes": [
      { [sources]: [source("a", "192.0.200.9"), source("b", "192.0.200.9")] },
      `@.${sources}[1].address: found "192.0.200.9": @.${sources}[0].address ${same}`,
    ],
    "that of a router": [
      { [sources]: [source("a", "192.0.200.1")] },
      `@.${sources}[0].address: found "192.0.200.1": @.${bgp}.routers[0] ${same}`,
    ],
    "two of two nodes are accepted": [
      { [sources]: [source("a", "192.0.200.9"), source("b", "192.0.200.10")] },
    ],
  },
});
