import { elsewhere, testAccepted, testClusterFaults, testRegionFaults } from "./clusterSupport";

const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
const fixed = "nodeGroups[1].instanceClass";
const ordered = "ephemeralNodeGroups[0].instanceClass";
const known = "nodes, routers, public, static, alike";
const undescribed = (place: string, name: string): string =>
  `@.${place}: found "${name}": @.networks does not describe this network, so nobody knows which addresses nodes get ` +
  `there: write one of ${known}, or describe it there`;
const hasBracket = (bracket: string): string =>
  `the installer reads it as a pattern, in which ${bracket} has another meaning, and would stop with "network not ` +
  'found" or take another network: rename the network in vCenter, or use another one';

describe("the networks of node groups", () => {
  testClusterFaults({
    "are described, the main one": [
      { [`${frontend}.mainNetwork`]: "k8s" },
      undescribed(`${frontend}.mainNetwork`, "k8s"),
    ],
    "are described, an additional one": [
      { [`${fixed}.additionalNetworks`]: ["folder/nodes"] },
      undescribed(`${fixed}.additionalNetworks[0]`, "folder/nodes"),
    ],
    "are described, of ordered nodes": [
      { [`${ordered}.mainNetwork`]: "nodes2" },
      undescribed(`${ordered}.mainNetwork`, "nodes2"),
    ],
    "have no brackets, in a group": [
      { "networks[4].path": "al[ike", [`${fixed}.mainNetwork`]: "al[ike" },
      `@.${fixed}.mainNetwork: found "al[ike": ${hasBracket("[")}`,
      // It is another network now, and the address is not of its subnet.
      `@.${fixed}.mainNetworkIPAddresses[0].address: found "10.200.1.50/24": the main network has the subnet ` +
        "10.200.0.0/24, in which the node would reach nobody: write an address of it, with /24",
      `@.${fixed}.mainNetworkIPAddresses[0].gateway: found nothing: the address has no gateway, and Deckhouse would ` +
        "refuse the document: add it here, or to the network in @.networks",
    ],
    "have no brackets, in an additional network of the masters": [
      { "networks[2].path": "public]", [`${masters}.additionalNetworks`]: ["public]"] },
      `@.${masters}.additionalNetworks[0]: found "public]": ${hasBracket("]")}`,
    ],
    "are at most one more for masters": [
      { [`${masters}.additionalNetworks`]: ["routers", "public"] },
      `@.${masters}.additionalNetworks: found a list of 2: a master gets the same address on each of its additional ` +
        "networks, which conflict: leave the masters one additional network, and put the others on node groups",
    ],
    "are not the same one twice": [
      { [`${frontend}.additionalNetworks`]: ["routers", "nodes"] },
      `@.${frontend}.additionalNetworks[1]: found "nodes": @.${frontend}.mainNetwork is the same network, and the node ` +
        "would have two adapters in it: remove one of the two",
    ],
    "are not the same one twice in another case": [
      { [`${frontend}.additionalNetworks`]: ["routers", "Routers"] },
      `@.${frontend}.additionalNetworks[1]: found "Routers": @.${frontend}.additionalNetworks[0] is the same network, ` +
        "and the node would have two adapters in it: remove one of the two",
    ],
    "have subnets of their own where a node is in both": [
      { [`${frontend}.additionalNetworks`]: ["routers", "alike"] },
      `@.${frontend}.additionalNetworks[1]: found "alike": its subnet 10.200.0.0/24 overlaps with that of nodes, in ` +
        "which the node has an adapter too, and packets would take the wrong one: name a network with another subnet, " +
        "or correct the subnets",
    ],
    "are two where the main one is public": [
      { [`${frontend}.mainNetwork`]: "public" },
      `@.${frontend}.additionalNetworks: found a list of 1: the main network public has public addresses, and the nodes ` +
        "have no internal network for the traffic among them: add a network whose nodeAddress is internal",
    ],
    "are two where ordered nodes take a public one from the masters": [
      { [`${masters}.mainNetwork`]: "public", [`${masters}.additionalNetworks`]: ["nodes"] },
      `@.${ordered}.additionalNetworks: found nothing: the main network public has public addresses, and the nodes ` +
        "have no internal network for the traffic among them: add a network whose nodeAddress is internal",
    ],
    "have DHCP or give addresses": [
      { [`${fixed}.mainNetworkIPAddresses`]: undefined },
      `@.${fixed}.mainNetworkIPAddresses: found nothing: the main network static has no DHCP, and the nodes would get no ` +
        "address: list one address for each node, or set dhcp of the network to true if it has a server",
    ],
    "have DHCP where nodes are ordered": [
      { [`${ordered}.mainNetwork`]: "static" },
      `@.${ordered}.mainNetwork: found "static": the main network static has no DHCP, and nodes that Deckhouse orders ` +
        "would get no address: name a network with DHCP",
    ],
    "have DHCP where ordered nodes take them from the masters": [
      { [`${masters}.mainNetwork`]: "static", [`${masters}.mainNetworkIPAddresses`]: three() },
      `@.${ordered}.mainNetwork: found nothing: the main network static has no DHCP, and nodes that Deckhouse orders ` +
        "would get no address: name a network with DHCP",
    ],
  });

  testRegionFaults(
    {
      "are known where the masters are elsewhere": [
        { [`${ordered}.mainNetwork`]: undefined },
        `@.${ordered}.mainNetwork: found nothing: the masters are elsewhere, so the nodes have no main network to take ` +
          "from them, and could not be made: name the network here",
      ],
      "are in the datacenter also where none is described": [
        { [`${ordered}.additionalNetworks`]: ["/X2/network/n"] },
        `@.${ordered}.additionalNetworks[0]: found "/X2/network/n": it is outside /X1, where the nodes are: write a ` +
          "path that begins with /X1/network/, or n alone",
      ],
    },
    elsewhere,
  );

  testAccepted({
    "may have brackets where the installer escapes them": {
      ...{ "networks[0].path": "nodes [x1]", [`${masters}.mainNetwork`]: "nodes [x1]" },
      [`${frontend}.mainNetwork`]: "alike",
    },
    "may be one public network with an internal one": {
      [`${frontend}.mainNetwork`]: "public",
      [`${frontend}.additionalNetworks`]: ["nodes", "routers"],
    },
    "may count a network that is both as internal": {
      ...{ "networks[0].nodeAddress": "both", [`${frontend}.mainNetwork`]: "public" },
      [`${frontend}.additionalNetworks`]: ["routers", "nodes"],
    },
    "may be of one subnet where no node is in both": { [`${frontend}.mainNetwork`]: "alike" },
    "may have static addresses beside DHCP": { "networks[3].dhcp": true },
    "may have neither DHCP nor addresses where they are additional": {
      [`${masters}.additionalNetworks`]: ["static"],
      [`${frontend}.additionalNetworks`]: ["routers", "static"],
    },
    "may differ by their folders": {
      "networks[5]": { path: "folder/nodes", nodeAddress: "internal" },
      [`${fixed}.additionalNetworks`]: ["folder/nodes"],
    },
  });
});

describe("the description of networks", () => {
  testClusterFaults({
    "is one for each network, in another case": [
      { "networks[5]": { path: "NODES" } },
      '@.networks[5].path: found "NODES": @.networks[0].path is the same network, and the two may say different ' +
        "things of it: describe each network once",
    ],
    "reports networks of one name alike": [
      { "networks[5]": { path: "folder/nodes" } },
      "@.networks[5].nodeAddress: found nothing: @.networks[0] has the same name, nodes, by which alone Deckhouse knows " +
        "networks, and another nodeAddress: give both the same nodeAddress, or rename one of the networks",
    ],
  });

  testRegionFaults({
    "is one for each network, as a name and as a path": [
      { "networks[5]": { path: "/X1/network//nodes/" } },
      '@.networks[5].path: found "/X1/network//nodes/": @.networks[0].path is the same network, and the two may say ' +
        "different things of it: describe each network once",
    ],
    "is of networks in the datacenter": [
      { "networks[5]": { path: "/X2/network/nodes" } },
      '@.networks[5].path: found "/X2/network/nodes": it is outside /X1, where the nodes are: write a path that begins ' +
        "with /X1/network/, or nodes alone",
    ],
  });
});

function three(): readonly object[] {
  return [60, 61, 62].map((last) => ({ address: `10.200.1.${last}/24` }));
}
