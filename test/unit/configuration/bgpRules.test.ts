import assert from "node:assert/strict";
import { testAccepted, testClusterFaults } from "./clusterSupport";
import { stackOf, inRegion, installed } from "./clusterSupport";
import { changed } from "../../support/changedConfiguration";
import { faultLines, type FaultCases } from "./support";

const bgp = "ingress.metallbBGP";
const use = "write the number of the autonomous system, for example one from 64512 to 65534";
const reserved = (key: string, number: number, why: string): FaultCases[string] => [
  { [`${bgp}.${key}`]: number },
  `@.${bgp}.${key}: found ${number}: this number ${why}, and routers would refuse the session: ${use}`,
];
const outside = (place: string, found: string): string =>
  `@.${bgp}.${place}: found "${found}": it is not an address of routers, over which the frontend nodes would look for ` +
  "it: write the router's address in 192.0.200.0/24, or correct the network's subnet";
const holdTime = (found: string): FaultCases[string] => [
  { [`${bgp}.holdTime`]: found },
  `@.${bgp}.holdTime: found "${found}": BGP knows hold times of none, and from three seconds to 65535, and MetalLB would ` +
    "refuse the peer: write 3s or more",
];
const community = (found: string): FaultCases[string] => [
  { [`${bgp}.communities`]: ["64512:100", found] },
  `@.${bgp}.communities[1]: found "${found}": a community has two numbers up to 65535, and MetalLB would refuse the ` +
    "announcement: write numbers from 0 to 65535",
];
const source = (nodeName: string, address: string): object => ({ nodeName, address });
const sources = `${bgp}.sourceAddresses`;
const same =
  "is the same, and one of the two could not speak to the routers: name each node once, with an address of its own";

describe("BGP", () => {
  testClusterFaults({
    "has no number for all others": reserved(
      "clusterASN",
      23_456,
      "stands for numbers of 32 bits (RFC 6793)",
    ),
    "has no number after the private ones": reserved("routerASN", 65_535, "is reserved (RFC 7300)"),
    "has no greatest number": reserved("clusterASN", 4_294_967_295, "is reserved (RFC 7300)"),
    "has each router once": [
      { [`${bgp}.routers`]: ["192.0.200.1", "192.0.200.2", "192.0.200.1"] },
      `@.${bgp}.routers[2]: found "192.0.200.1": @.${bgp}.routers[0] is the same router, and it would refuse a second ` +
        "session: remove one of the two",
    ],
    "has routers in their network": [
      { [`${bgp}.routers`]: ["192.0.200.254", "192.0.201.1", "192.0.200.0", "192.0.200.255"] },
      outside("routers[1]", "192.0.201.1"),
      outside("routers[2]", "192.0.200.0"),
      outside("routers[3]", "192.0.200.255"),
    ],
    "has hold times of three seconds at least": holdTime("2s"),
    "has hold times of three seconds at least, in small units": holdTime("2999ms"),
    "has hold times of 16 bits": holdTime("65536s"),
    "has hold times of 16 bits, in large units": holdTime("19h"),
    "has communities of 16 bits, the first number": community("65536:1"),
    "has communities of 16 bits, the second number": community("1:99999"),
    "is spoken from addresses in the network of the routers": [
      { [sources]: [source("a", "192.0.200.9"), source("b", "10.200.0.9")] },
      `@.${sources}[1].address: found "10.200.0.9": it is not an address of routers, and the routers would not be reached ` +
        "from it: write the node's address in 192.0.200.0/24",
    ],
    "is spoken by each node from one address": [
      { [sources]: [source("a", "192.0.200.9"), source("a", "192.0.200.10")] },
      `@.${sources}[1].nodeName: found "a": @.${sources}[0].nodeName ${same}`,
    ],
    "is spoken from an address of one node": [
      { [sources]: [source("a", "192.0.200.9"), source("b", "192.0.200.9")] },
      `@.${sources}[1].address: found "192.0.200.9": @.${sources}[0].address ${same}`,
    ],
    "is not spoken from the address of a router": [
      { [sources]: [source("a", "192.0.200.1")] },
      `@.${sources}[0].address: found "192.0.200.1": @.${bgp}.routers[0] ${same}`,
    ],
  });

  testAccepted({
    "may have the numbers at the ends of what is allowed": {
      [`${bgp}.routerASN`]: 1,
      [`${bgp}.clusterASN`]: 4_294_967_294,
    },
    "may have the private numbers": { [`${bgp}.routerASN`]: 64_512, [`${bgp}.clusterASN`]: 65_534 },
    "may have the numbers next to those that are reserved": {
      [`${bgp}.routerASN`]: 65_536,
      [`${bgp}.clusterASN`]: 23_457,
    },
    "may be of one autonomous system": {
      [`${bgp}.routerASN`]: 64_512,
      [`${bgp}.clusterASN`]: 64_512,
    },
    "may have no hold time, in any unit": { [`${bgp}.holdTime`]: "0ms" },
    "may have the least hold time": { [`${bgp}.holdTime`]: "3000ms" },
    "may have the greatest hold time": { [`${bgp}.holdTime`]: "65535s" },
    "may have the communities at the ends of what is allowed, and those with names": {
      [`${bgp}.communities`]: [
        "0:0",
        "65535:65535",
        "no-export",
        "no-advertise",
        "local-as",
        "none",
      ],
    },
    "may have routers anywhere where their subnet is unknown": {
      ...{ "networks[1].subnet": undefined, [`${bgp}.routers`]: ["198.18.0.1"] },
    },
    "may have two routers and nothing else in a network of two addresses": {
      "networks[1].subnet": "192.0.200.2/31",
      [`${bgp}.routers`]: ["192.0.200.2", "192.0.200.3"],
    },
    "may be spoken from the addresses of two nodes": {
      [sources]: [source("a", "192.0.200.9"), source("b", "192.0.200.10")],
    },
  });

  for (const number of [0, 4_294_967_296, 64_512.5]) {
    it(`has no number ${number}, which the schema refuses`, () => {
      const lines = faultLines(stackOf(changed(installed, { [`${bgp}.routerASN`]: number })));
      assert.equal(lines.length, 1);
      assert.ok(lines[0]?.startsWith(`${inRegion}.${bgp}.routerASN: found ${number}: `), lines[0]);
    });
  }
});
