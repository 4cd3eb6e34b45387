import { announcedAddressRules } from "../../../configuration/rules/ingress/addresses";
import { changed, type Changes } from "../../support/changedConfiguration";
import { elsewhere, installed, staticAddress } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const addresses = "ingress.metallbBGP.addresses";
const list = "nodeGroups[1].instanceClass.mainNetworkIPAddresses";
const withL2 = (...announced: string[]): Changes => ({
  ingress: { metallbL2: { addresses: announced } },
});
const onStatic: Changes = { "nodeGroups[0].instanceClass.additionalNetworks": ["static"] };

const taken = (path: string, found: string, whose: string): string =>
  `${path}: found "${found}": some of these addresses belong to ${whose}, and could no longer be reached there: write ` +
  "addresses that nothing else uses";
const bgpTaken = (found: string, whose: string, others: Changes = {}): RuleCase => [
  { ...others, [addresses]: ["203.0.200.0/30", found] },
  taken(`@.${addresses}[1]`, found, whose),
];
const l2Taken = (found: string, whose: string, others: Changes = {}): RuleCase => [
  { ...others, ...withL2(found) },
  taken("@.ingress.metallbL2.addresses[0]", found, whose),
];
const backwards = (path: string, changes: Changes): RuleCase => [
  changes,
  `@.${path}: found "10.200.0.9-10.200.0.8": the range ends before it begins, and MetalLB would have no address: write ` +
    "the smaller address first, 10.200.0.8-10.200.0.9",
];
const outsideL2 = (found: string): RuleCase => [
  withL2(found),
  `@.ingress.metallbL2.addresses[0]: found "${found}": it is in none of the frontend nodes' networks, and nobody would ask ` +
    "these nodes for the addresses: write addresses in 10.200.0.0/24 or 192.0.200.0/24",
];

const other = "regions[1].clusterConfiguration";
/** A cluster of the second region, which differs in its networks and in what it announces. */
const second: Changes = {
  [other]: changed(installed, {
    networks: [
      { path: "nodes", nodeAddress: "internal", subnet: "10.201.0.0/24" },
      { path: "routers", subnet: "192.0.201.0/24" },
    ],
    nodeGroups: [installed.nodeGroups![0]],
    "ingress.metallbBGP.routers": ["192.0.201.1"],
    [addresses]: ["203.0.201.0/24"],
  }),
};
const inBoth = (path: string, found: string): string =>
  `${path}: found "${found}": k8s-region-x1 announces some of these addresses too (203.0.200.0/24), and routers would not ` +
  "know which way to go: give each cluster its own addresses";

describeClusterRules("announced addresses", announcedAddressRules, {
  announcedRangesAreRanges: {
    "a range that ends before it begins": backwards(`${addresses}[0]`, {
      [addresses]: ["10.200.0.9-10.200.0.8"],
    }),
    "a range that ends before it begins, in L2 mode": backwards(
      "ingress.metallbL2.addresses[0]",
      withL2("10.200.0.9-10.200.0.8"),
    ),
    "a range that ends before it begins, in a network that is announced": [
      { [addresses]: ["203.0.200.0/24", "203.0.200.9-203.0.200.8"] },
      `@.${addresses}[1]: found "203.0.200.9-203.0.200.8": the range ends before it begins, and MetalLB would have no ` +
        "address: write the smaller address first, 203.0.200.8-203.0.200.9",
    ],
    "an address with the prefix of a network": [
      { [addresses]: ["203.0.200.33/27"] },
      `@.${addresses}[0]: found "203.0.200.33/27": it is an address in a network, and MetalLB would announce the whole ` +
        "network: write the network, 203.0.200.32/27, or the address with /32",
    ],
    "one address, in both forms, is accepted": [
      { [addresses]: ["203.0.200.7-203.0.200.7", "203.0.200.8/32"] },
    ],
  },
  announcedRangesAreApart: {
    "a network and a range": [
      { [addresses]: ["203.0.200.0/27", "203.0.200.31-203.0.200.40"] },
      `@.${addresses}[1]: found "203.0.200.31-203.0.200.40": @.${addresses}[0], 203.0.200.0/27, has some of these addresses ` +
        "too, and MetalLB would refuse them: list each address once",
    ],
    "two controllers of a cluster": [
      {
        additionalIngresses: [
          {
            name: "internal",
            metallbL2: { addresses: ["10.200.0.9/32", "10.200.0.9-10.200.0.12"] },
          },
          {
            name: "public",
            metallbBGP: {
              ...installed.ingress!.metallbBGP,
              routers: ["192.0.200.2"],
              addresses: ["203.0.200.8/29"],
            },
          },
        ],
      },
      '@.additionalIngresses[0].metallbL2.addresses[1]: found "10.200.0.9-10.200.0.12": ' +
        "@.additionalIngresses[0].metallbL2.addresses[0], 10.200.0.9/32, has some of these addresses too, and MetalLB would " +
        "refuse them: list each address once",
      `@.additionalIngresses[1].metallbBGP.addresses[0]: found "203.0.200.8/29": @.${addresses}[0], 203.0.200.0/24, has some ` +
        "of these addresses too, and MetalLB would refuse them: list each address once",
    ],
    "two regions, by one address": [
      { ...second, [`${other}.${addresses}`]: ["203.0.200.255-203.0.201.9"] },
      inBoth(`${other}.${addresses}[0]`, "203.0.200.255-203.0.201.9"),
    ],
    "one list for two regions": [
      {
        ...second,
        clusterConfiguration: { ingress: installed.ingress },
        [`${other}.ingress`]: undefined,
        "regions[0].clusterConfiguration.ingress": undefined,
        [`${other}.networks[1].subnet`]: undefined,
      },
      inBoth(`clusterConfiguration.${addresses}[0]`, "203.0.200.0/24"),
    ],
    "neighbours are accepted": [
      { [addresses]: ["203.0.200.0/31", "203.0.200.2-203.0.200.9", "203.0.200.10/32"] },
    ],
    "neighbours in two regions are accepted": [
      { ...second, [`${other}.${addresses}`]: ["203.0.199.0/24", "203.0.201.0/24"] },
    ],
  },
  announcedAddressesAreFree: {
    "the nodes' network, by its last address": bgpTaken(
      "10.200.0.255-10.200.0.255",
      "the network of @.networks[0].subnet, 10.200.0.0/24",
    ),
    "around the routers' network": bgpTaken(
      "192.0.0.0/16",
      "the network of @.networks[1].subnet, 192.0.200.0/24",
    ),
    "a router whose subnet is unknown": bgpTaken(
      "192.0.200.1/32",
      "the router of @.ingress.metallbBGP.routers[0]",
      { "networks[1].subnet": undefined },
    ),
    "the network of a static address whose subnet is unknown": bgpTaken(
      "10.200.1.200/32",
      `the network of @.${list}[0].address, 10.200.1.50/24`,
      { "networks[3].subnet": undefined },
    ),
    "a gateway whose subnet is unknown": bgpTaken(
      "198.51.200.1/32",
      "the gateway of @.networks[2].gateway",
      { "networks[2].subnet": undefined, "networks[2].gateway": "198.51.200.1" },
    ),
    pods: bgpTaken("10.111.255.255/32", "pods, 10.111.0.0/16"),
    services: bgpTaken("172.21.0.0-172.21.0.1", "services, 172.21.0.0/16", {
      serviceSubnetCIDR: "172.21.0.0/16",
    }),
    "the nodes of another region": [
      { ...second, [`${other}.${addresses}`]: ["10.200.0.77/32"] },
      taken(
        `${other}.${addresses}[0]`,
        "10.200.0.77/32",
        "the network of @.networks[0].subnet, 10.200.0.0/24",
      ),
    ],
    "the router of another region": [
      {
        ...second,
        "regions[0].clusterConfiguration.ingress.metallbBGP.addresses": ["192.0.201.1/32"],
      },
      taken(
        `@.${addresses}[0]`,
        "192.0.201.1/32",
        `the network of ${other}.networks[1].subnet, 192.0.201.0/24`,
      ),
    ],
    "a gateway of another region whose subnet is unknown": [
      {
        ...second,
        [`${other}.networks[1]`]: { path: "routers", gateway: "198.51.201.1" },
        "regions[0].clusterConfiguration.ingress.metallbBGP.addresses": ["198.51.201.1/32"],
      },
      taken(`@.${addresses}[0]`, "198.51.201.1/32", `the gateway of ${other}.networks[1].gateway`),
    ],
    "a gateway of another region is accepted in L2 mode": [
      {
        ...second,
        ...withL2("10.200.0.77/32"),
        [`${other}.networks[0].subnet`]: "10.200.0.0/24",
        [`${other}.networks[0].gateway`]: "10.200.0.77",
      },
    ],
    "both addresses of a network of two are accepted in L2 mode": [
      { ...withL2("192.0.200.2/31"), "networks[1].subnet": "192.0.200.2/31" },
    ],
    "neighbours of nodes and pods are accepted": [
      { [addresses]: ["10.199.255.255/32", "10.200.2.0/24", "10.112.0.0-10.112.0.9"] },
    ],
    "a node in L2 mode": l2Taken(
      "10.200.1.40-10.200.1.50",
      `the node of @.${list}[0].address`,
      onStatic,
    ),
    "a gateway in L2 mode": l2Taken("10.200.0.200/29", "the gateway of @.networks[0].gateway", {
      "networks[0].gateway": "10.200.0.206",
    }),
    "a gateway that one address names, in L2 mode": l2Taken(
      "10.200.1.60/32",
      `the gateway of @.${list}[0].gateway`,
      { ...onStatic, [list]: [{ ...staticAddress(50), gateway: "10.200.1.60" }] },
    ),
    "a master in L2 mode": l2Taken(
      "10.200.0.12-10.200.0.20",
      "the masters, which get the tenth address of 10.200.0.0/24 and those after it",
      {
        "masterNodeGroup.replicas": 3,
        "masterNodeGroup.instanceClass.mainNetwork": "public",
        "masterNodeGroup.instanceClass.additionalNetworks": ["nodes"],
        ephemeralNodeGroups: [],
      },
    ),
    "the network itself in L2 mode": l2Taken("10.200.0.0/29", "the network 10.200.0.0/24 itself"),
    "broadcasts in L2 mode": l2Taken("10.200.0.255/32", "broadcasts in 10.200.0.0/24"),
    "where masters would be with an additional network is accepted in L2 mode": [
      withL2("10.200.0.10-10.200.0.20"),
    ],
    "pods of a cluster whose masters are elsewhere are accepted": [
      {
        "@": elsewhere,
        "ephemeralNodeGroups[0].nodeTemplate": {
          labels: { "node-role.deckhouse.io/frontend": "" },
        },
        ingress: { nodeGroup: "worker", metallbL2: { addresses: ["10.111.0.0/24"] } },
      },
    ],
  },
  addressesOfL2AreInTheNodesNetwork: {
    outside: outsideL2("10.200.2.9/32"),
    "the end of a range": outsideL2("10.200.0.250-10.200.1.0"),
    "the beginning of a range": outsideL2("10.199.255.255-10.200.0.9"),
    "the first and the last address are accepted": [withL2("10.200.0.1/32", "10.200.0.254/32")],
    "an additional network is accepted": [withL2("192.0.200.9/32")],
    "any address is accepted where a subnet is unknown": [
      { ...withL2("198.18.0.0/24"), "networks[1].subnet": undefined },
    ],
  },
});
