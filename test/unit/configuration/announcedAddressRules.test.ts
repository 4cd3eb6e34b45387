import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { changed, type Changes } from "../../support/changedConfiguration";
import type { RawCluster } from "../../support/configurationArbitraries";
import {
  inRegion,
  installed,
  staticAddress,
  stackOf,
  testAccepted,
  testClusterFaults,
} from "./clusterSupport";
import { faultLines, type FaultCases } from "./support";

const addresses = "ingress.metallbBGP.addresses";
const list = "nodeGroups[1].instanceClass.mainNetworkIPAddresses";
const withL2 = (...announced: string[]): Changes => ({
  ingress: { metallbL2: { addresses: announced } },
});
const taken = (place: string, found: string, whose: string): string =>
  `@.ingress.${place}: found "${found}": some of these addresses belong to ${whose}, and would be reached no more: write ` +
  "addresses that nothing else has";
const bgpTaken = (found: string, whose: string, others: Changes = {}): FaultCases[string] => [
  { ...others, [addresses]: ["203.0.200.0/30", found] },
  taken("metallbBGP.addresses[1]", found, whose),
];
const l2Taken = (found: string, whose: string, others: Changes = {}): FaultCases[string] => [
  { ...others, ...withL2(found) },
  taken("metallbL2.addresses[0]", found, whose),
];

describe("announced addresses", () => {
  testClusterFaults({
    "begin before they end": [
      { [addresses]: ["203.0.200.20-203.0.200.19"] },
      `@.${addresses}[0]: found "203.0.200.20-203.0.200.19": the range ends before it begins, and MetalLB would have no ` +
        "address: write the smaller address first, 203.0.200.19-203.0.200.20",
    ],
    "are networks where they have a prefix": [
      { [addresses]: ["203.0.200.33/27"] },
      `@.${addresses}[0]: found "203.0.200.33/27": it is an address in a network, and MetalLB would announce the whole ` +
        "network: write the network, 203.0.200.32/27, or the address with /32",
    ],
    "are announced once, by a network and by a range": [
      { [addresses]: ["203.0.200.0/27", "203.0.200.31-203.0.200.40"] },
      `@.${addresses}[1]: found "203.0.200.31-203.0.200.40": @.${addresses}[0], 203.0.200.0/27, has some of these ` +
        "addresses too, and MetalLB would refuse them: give each cluster addresses of its own",
    ],
    "are not of the nodes' network, its last address": bgpTaken(
      "10.200.0.255-10.200.0.255",
      "the network of @.networks[0].subnet, 10.200.0.0/24",
    ),
    "are not around the routers' network": bgpTaken(
      "192.0.0.0/16",
      "the network of @.networks[1].subnet, 192.0.200.0/24",
    ),
    "are not of a router whose subnet is unknown": bgpTaken(
      "192.0.200.1/32",
      "the router of @.ingress.metallbBGP.routers[0]",
      { "networks[1].subnet": undefined },
    ),
    "are not of the network of a static address whose subnet is unknown": bgpTaken(
      "10.200.1.200/32",
      `the network of @.${list}[0].address, 10.200.1.50/24`,
      { "networks[3].subnet": undefined },
    ),
    "are not of a gateway whose subnet is unknown": bgpTaken(
      "198.51.200.1/32",
      "the gateway of @.networks[2].gateway",
      { "networks[2].subnet": undefined, "networks[2].gateway": "198.51.200.1" },
    ),
    "are not of pods": bgpTaken("10.111.255.255/32", "pods, 10.111.0.0/16"),
    "are not of services": bgpTaken("172.21.0.0-172.21.0.1", "services, 172.21.0.0/16", {
      serviceSubnetCIDR: "172.21.0.0/16",
    }),
  });

  testAccepted({
    "may be of one address, in both forms": {
      [addresses]: ["203.0.200.7-203.0.200.7", "203.0.200.8/32"],
    },
    "may be next to each other": {
      [addresses]: ["203.0.200.0/31", "203.0.200.2-203.0.200.9", "203.0.200.10/32"],
    },
    "may be next to those of nodes and pods": {
      [addresses]: ["10.199.255.255/32", "10.200.2.0/24", "10.112.0.0-10.112.0.9"],
    },
  });
});

describe("announced addresses of two regions", () => {
  const other = "regions[1].clusterConfiguration";

  /** Two clusters that differ in what they announce and in their networks. */
  function both(changes: Changes): unknown {
    const second = changed(installed, {
      networks: [
        { path: "nodes", nodeAddress: "internal", subnet: "10.201.0.0/24" },
        { path: "routers", subnet: "192.0.201.0/24" },
      ],
      "nodeGroups[1]": { ...installed.nodeGroups![0], name: "second" },
      "ingress.metallbBGP.routers": ["192.0.201.1"],
      [addresses]: ["203.0.201.0/24"],
    }) as RawCluster;
    return changed(stackOf(installed, { [other]: second }), changes);
  }

  it("are different", () => {
    parseConfiguration(both({}));
    parseConfiguration(both({ [`${other}.${addresses}`]: ["203.0.199.0/24", "203.0.201.0/24"] }));
  });

  it("do not overlap by one address", () => {
    assert.deepEqual(
      faultLines(both({ [`${other}.${addresses}`]: ["203.0.200.255-203.0.201.9"] })),
      [
        `${other}.${addresses}[0]: found "203.0.200.255-203.0.201.9": k8s-region-x1 announces some of these addresses too ` +
          "(203.0.200.0/24), and routers would not know which way to go: give each cluster addresses of its own",
      ],
    );
  });

  it("are not said for both at once", () => {
    const { ingress } = installed;
    assert.deepEqual(
      faultLines(
        both({
          clusterConfiguration: { ingress },
          [`${other}.ingress`]: undefined,
          [`${inRegion}.ingress`]: undefined,
          [`${other}.networks[1].subnet`]: undefined,
        }),
      ),
      [
        `clusterConfiguration.${addresses}[0]: found "203.0.200.0/24": k8s-region-x1 announces some of these addresses too ` +
          "(203.0.200.0/24), and routers would not know which way to go: give each cluster addresses of its own",
      ],
    );
  });

  it("are not of the other region's nodes or routers", () => {
    assert.deepEqual(faultLines(both({ [`${other}.${addresses}`]: ["10.200.0.77/32"] })), [
      `${other}.${addresses}[0]: found "10.200.0.77/32": some of these addresses belong to the network of ` +
        `${inRegion}.networks[0].subnet, 10.200.0.0/24, and would be reached no more: write addresses that nothing else has`,
    ]);
    assert.deepEqual(faultLines(both({ [`${inRegion}.${addresses}`]: ["192.0.201.1/32"] })), [
      `${inRegion}.${addresses}[0]: found "192.0.201.1/32": some of these addresses belong to the network of ` +
        `${other}.networks[1].subnet, 192.0.201.0/24, and would be reached no more: write addresses that nothing else has`,
    ]);
  });
});

describe("addresses of MetalLB in L2 mode", () => {
  const outside = (found: string, networks: string): FaultCases[string] => [
    withL2(found),
    `@.ingress.metallbL2.addresses[0]: found "${found}": it is in no network of the frontend nodes, where nobody would ask ` +
      `for these addresses: write addresses in ${networks}`,
  ];
  testClusterFaults({
    "are in the frontends' network": outside("10.200.2.9/32", "10.200.0.0/24 or 192.0.200.0/24"),
    "are in the frontends' network with all of a range": outside(
      "10.200.0.250-10.200.1.0",
      "10.200.0.0/24 or 192.0.200.0/24",
    ),
    "begin before they end": [
      withL2("10.200.0.9-10.200.0.8"),
      '@.ingress.metallbL2.addresses[0]: found "10.200.0.9-10.200.0.8": the range ends before it begins, and MetalLB ' +
        "would have no address: write the smaller address first, 10.200.0.8-10.200.0.9",
    ],
    "are not of a node": l2Taken("10.200.1.40-10.200.1.50", `the node of @.${list}[0].address`, {
      "nodeGroups[0].instanceClass.additionalNetworks": ["static"],
    }),
    "are not of a gateway": l2Taken("10.200.0.200/29", "the gateway of @.networks[0].gateway", {
      "networks[0].gateway": "10.200.0.206",
    }),
    "are not of a gateway that one address names": l2Taken(
      "10.200.1.60/32",
      `the gateway of @.${list}[0].gateway`,
      {
        "nodeGroups[0].instanceClass.additionalNetworks": ["static"],
        [list]: [{ ...staticAddress(50), gateway: "10.200.1.60" }],
      },
    ),
    "are not of a master": l2Taken(
      "10.200.0.12-10.200.0.20",
      "the masters, which get the tenth address of 10.200.0.0/24 and those after it",
      {
        "masterNodeGroup.replicas": 3,
        "masterNodeGroup.instanceClass.mainNetwork": "public",
        "masterNodeGroup.instanceClass.additionalNetworks": ["nodes"],
        ephemeralNodeGroups: [],
      },
    ),
    "are not the network itself": l2Taken("10.200.0.0/29", "the network 10.200.0.0/24 itself"),
    "are not for broadcasts": l2Taken("10.200.0.255/32", "all hosts of 10.200.0.0/24"),
  });

  testAccepted({
    "may be at the ends of the frontends' network": withL2("10.200.0.1/32", "10.200.0.254/32"),
    "may be in an additional network of the frontends": withL2("192.0.200.9/32"),
    "may be next to those of masters, and where masters would be with an additional network":
      withL2("10.200.0.10-10.200.0.20"),
    "may be anywhere where a subnet of the frontends is unknown": {
      ...withL2("198.18.0.0/24"),
      "networks[1].subnet": undefined,
    },
  });
});
