import { addressRules } from "../../../configuration/rules/cluster/addresses";
import type { Changes } from "../../support/changedConfiguration";
import { staticAddress } from "./clusterSupport";
import { describeClusterRules } from "./ruleTable";

const masters = "masterNodeGroup.instanceClass";
const list = "nodeGroups[1].instanceClass.mainNetworkIPAddresses";
const gateway = "networks[3].gateway";

/** Static addresses of a group of one node, each by its last number or as a whole. */
const fixed = (...addresses: readonly (number | object)[]): Changes => ({
  [list]: addresses.map((each) => (typeof each === "number" ? staticAddress(each) : each)),
});
const via = (last: number, router: string): object => ({ ...staticAddress(last), gateway: router });
/** The masters' additional network is that of the static addresses. */
const beside = { [`${masters}.additionalNetworks`]: ["static"], "masterNodeGroup.replicas": 3 };

const reused = (found: string, replicas: number): string =>
  `@.${list}: found ${found}: replicas is ${replicas}, and the installer would start over at the top of the list, so that ` +
  "nodes share an address: list one address for each node, or remove the key to use DHCP";
const noHost = (found: string): string =>
  `@.${list}[1].address: found "${found}": it is the address of a network or its broadcast address, and the installer ` +
  'would stop with "Invalid address in mainNetworkIPAddresses.": write the address of the node';
const isFar = (found: string): string =>
  `@.${list}[0].address: found "${found}": the main network has the subnet 10.200.1.0/24, in which the node could reach ` +
  "nothing: write an address of that subnet, with /24";
const unreachable = (path: string, found: string): string =>
  `@.${path}: found "${found}": the node 10.200.1.50/24 could not reach it: write the router's address in 10.200.1.0/24`;
const twice = (index: number, first: string): string =>
  `@.${list}[${index}].address: found "10.200.1.50/24": @.${first}[0].address is the same address, and the two nodes would ` +
  "get in each other's way: give each node an address of its own";
const ofMasters = (path: string, found: string): string =>
  `@.${path}: found "${found}": the masters get the tenth address of 10.200.1.0/24 and those after it, and two machines ` +
  "would have the same address: write another address";

describeClusterRules("the static addresses of nodes", addressRules, {
  everyNodeHasAnAddress: {
    "fewer than nodes": [
      { "nodeGroups[1].replicas": 3, ...fixed(50, 51) },
      reused("a list of 2", 3),
    ],
    none: [fixed(), reused("an empty list", 1)],
    "more than nodes are accepted": [fixed(50, 51)],
    "none for no nodes is accepted": [{ "nodeGroups[1].replicas": 0, ...fixed() }],
  },
  addressesAreHosts: {
    "the address of the network": [fixed(50, 0), noHost("10.200.1.0/24")],
    "the address for broadcasts": [fixed(50, 255), noHost("10.200.1.255/24")],
    "the first and the last that machines can have are accepted": [fixed(2, 254)],
    "both addresses of a network of two are accepted": [
      {
        "networks[3].subnet": "10.200.1.50/31",
        [gateway]: "10.200.1.51",
        ...fixed({ address: "10.200.1.50/31" }),
      },
    ],
  },
  addressesAreOfTheirNetwork: {
    "another subnet": [
      fixed({ address: "10.200.2.50/24", gateway: "10.200.2.1" }),
      isFar("10.200.2.50/24"),
    ],
    "the first addresses of it": [fixed({ address: "10.200.1.50/25" }), isFar("10.200.1.50/25")],
    "the last addresses of it": [
      fixed({ address: "10.200.1.150/25", gateway: "10.200.1.130" }),
      isFar("10.200.1.150/25"),
    ],
    "a network whose subnet is unknown is accepted": [
      { "networks[3].subnet": undefined, ...fixed({ address: "10.200.1.50/26" }) },
    ],
  },
  staticAddressesHaveGateways: {
    "neither here nor at the network": [
      { [gateway]: undefined, ...fixed(via(50, "10.200.1.1"), 51) },
      `@.${list}[1].gateway: found nothing: the address has no gateway, and Deckhouse would refuse the document: add it ` +
        "here, or to the network in @.networks",
    ],
  },
  gatewaysAreReachable: {
    "in another network": [
      fixed(via(50, "10.200.2.1")),
      unreachable(`${list}[0].gateway`, "10.200.2.1"),
    ],
    "of the network, for broadcasts": [
      { [gateway]: "10.200.1.255" },
      unreachable(gateway, "10.200.1.255"),
    ],
    "the node itself": [
      fixed(via(50, "10.200.1.50")),
      unreachable(`${list}[0].gateway`, "10.200.1.50"),
    ],
  },
  addressesAreDistinct: {
    "in one group": [fixed(50, 51, 50), twice(2, list)],
    "in two groups": [
      {
        [`${masters}.mainNetwork`]: "static",
        [`${masters}.mainNetworkIPAddresses`]: [staticAddress(50)],
        ephemeralNodeGroups: [],
      },
      twice(0, `${masters}.mainNetworkIPAddresses`),
    ],
  },
  addressesOfMastersAreFree: {
    "the first of them": [
      { ...beside, ...fixed(10) },
      ofMasters(`${list}[0].address`, "10.200.1.10/24"),
    ],
    "the last of them": [
      { ...beside, ...fixed(12) },
      ofMasters(`${list}[0].address`, "10.200.1.12/24"),
    ],
    "the gateway of the network": [
      { ...beside, [gateway]: "10.200.1.11" },
      ofMasters(gateway, "10.200.1.11"),
    ],
    "the gateway of one address": [
      { ...beside, ...fixed(via(50, "10.200.1.11")) },
      ofMasters(`${list}[0].gateway`, "10.200.1.11"),
    ],
    "those next to them are accepted": [{ ...beside, ...fixed(9, 13) }],
    "masters without an additional network get none": [fixed(10)],
  },
  addressesAreNoGateways: {
    "the gateway of another node": [
      fixed(via(50, "10.200.1.51"), 51),
      `@.${list}[1].address: found "10.200.1.51/24": @.${list}[0].gateway is the same address, and nodes could not leave ` +
        "their network: give the node an address of its own",
    ],
  },
});
