import { staticAddress, testAccepted, testClusterFaults } from "./clusterSupport";

const masters = "masterNodeGroup.instanceClass";
const fixed = "nodeGroups[1].instanceClass";
const list = `${fixed}.mainNetworkIPAddresses`;
const invalid =
  'it names a network or all its hosts, and the installer would stop with "Invalid address in ' +
  'mainNetworkIPAddresses.": write the address of the node';
const twice =
  "is the same address, and two nodes would get in each other's way: give each node an address of its own";
const ofMasters =
  "the masters get the tenth address of 10.200.1.0/24 and those after it, and two machines would get in each other's " +
  "way: write another address";
/** The masters' additional network is that of the static addresses. */
const beside = { [`${masters}.additionalNetworks`]: ["static"], "masterNodeGroup.replicas": 3 };

function withGateway(last: number, gateway: string): object {
  return { ...staticAddress(last), gateway };
}

describe("static addresses", () => {
  testClusterFaults({
    "are one for each node": [
      { "nodeGroups[1].replicas": 3, [list]: [staticAddress(50), staticAddress(51)] },
      `@.${list}: found a list of 2: there are 3 nodes, and the list would begin again, so that nodes share an address: ` +
        "list one address for each node, or leave the key out for DHCP",
    ],
    "are one for each node, also when there is none": [
      { [list]: [] },
      `@.${list}: found an empty list: there are 1 nodes, and the list would begin again, so that nodes share an ` +
        "address: list one address for each node, or leave the key out for DHCP",
    ],
    "are not that of the network": [
      { [list]: [staticAddress(50), staticAddress(0)] },
      `@.${list}[1].address: found "10.200.1.0/24": ${invalid}`,
    ],
    "are not that of all hosts": [
      { [list]: [staticAddress(50), staticAddress(255)] },
      `@.${list}[1].address: found "10.200.1.255/24": ${invalid}`,
    ],
    "are of the subnet of their network": [
      { [list]: [{ address: "10.200.2.50/24", gateway: "10.200.2.1" }] },
      `@.${list}[0].address: found "10.200.2.50/24": the main network has the subnet 10.200.1.0/24, in which the node ` +
        "would reach nobody: write an address of it, with /24",
    ],
    "have the prefix length of their network": [
      { [list]: [{ address: "10.200.1.50/25" }] },
      `@.${list}[0].address: found "10.200.1.50/25": the main network has the subnet 10.200.1.0/24, in which the node ` +
        "would reach nobody: write an address of it, with /24",
    ],
    "have a gateway": [
      {
        "networks[3].gateway": undefined,
        [list]: [withGateway(50, "10.200.1.1"), staticAddress(51)],
      },
      `@.${list}[1].gateway: found nothing: the address has no gateway, and Deckhouse would refuse the document: add it ` +
        "here, or to the network in @.networks",
    ],
    "have a gateway that they can reach": [
      { [list]: [withGateway(50, "10.200.2.1")] },
      `@.${list}[0].gateway: found "10.200.2.1": the node 10.200.1.50/24 could not reach it: write the router's address ` +
        "in 10.200.1.0/24",
    ],
    "have a gateway that they can reach, also that of the network": [
      { "networks[3].gateway": "10.200.1.255" },
      '@.networks[3].gateway: found "10.200.1.255": the node 10.200.1.50/24 could not reach it: write the router\'s ' +
        "address in 10.200.1.0/24",
    ],
    "are not their own gateway": [
      { [list]: [withGateway(50, "10.200.1.50")] },
      `@.${list}[0].gateway: found "10.200.1.50": the node 10.200.1.50/24 could not reach it: write the router's ` +
        "address in 10.200.1.0/24",
    ],
    "are not the gateway of other nodes": [
      { [list]: [withGateway(50, "10.200.1.51"), staticAddress(51)] },
      `@.${list}[1].address: found "10.200.1.51/24": @.${list}[0].gateway is the same address, and nodes could not leave ` +
        "their network: give the node an address of its own",
    ],
    "are of one node each": [
      { [list]: [staticAddress(50), staticAddress(51), staticAddress(50)] },
      `@.${list}[2].address: found "10.200.1.50/24": @.${list}[0].address ${twice}`,
    ],
    "are of one node each, also in different groups": [
      {
        [`${masters}.mainNetwork`]: "static",
        [`${masters}.mainNetworkIPAddresses`]: [staticAddress(50)],
        ephemeralNodeGroups: [],
      },
      `@.${list}[0].address: found "10.200.1.50/24": @.${masters}.mainNetworkIPAddresses[0].address ${twice}`,
    ],
    "are not those of masters, the first of them": [
      { ...beside, [list]: [staticAddress(10)] },
      `@.${list}[0].address: found "10.200.1.10/24": ${ofMasters}`,
    ],
    "are not those of masters, the last of them": [
      { ...beside, [list]: [staticAddress(12)] },
      `@.${list}[0].address: found "10.200.1.12/24": ${ofMasters}`,
    ],
  });

  testClusterFaults({
    "of masters are not of a gateway": [
      { ...beside, "networks[3].gateway": "10.200.1.11" },
      `@.networks[3].gateway: found "10.200.1.11": ${ofMasters}`,
    ],
    "of masters are not of a gateway that one address names": [
      { ...beside, [list]: [withGateway(50, "10.200.1.11")] },
      `@.${list}[0].gateway: found "10.200.1.11": ${ofMasters}`,
    ],
  });

  testAccepted({
    "may be next to those of masters": {
      ...beside,
      [list]: [staticAddress(9), staticAddress(13)],
    },
    "may be those that masters would get if they had an additional network": {
      [list]: [staticAddress(10)],
    },
    "may be more than there are nodes": { [list]: [staticAddress(50), staticAddress(51)] },
    "may be none for no nodes": { "nodeGroups[1].replicas": 0, [list]: [] },
    "may be the first and the last of a network that machines can have": {
      [list]: [staticAddress(2), staticAddress(254)],
    },
    "may be both addresses of a network of two": {
      ...{ "networks[3].subnet": "10.200.1.50/31", "networks[3].gateway": "10.200.1.51" },
      [list]: [{ address: "10.200.1.50/31" }],
    },
    "may have name servers of the network, of their own or none": {
      "networks[3].nameservers": { addresses: ["10.200.1.2"] },
      [list]: [staticAddress(50), { ...staticAddress(51), nameservers: {} }],
    },
    "may be of a network whose subnet is unknown": {
      "networks[3].subnet": undefined,
      [list]: [{ address: "10.200.1.50/26" }],
    },
  });
});
