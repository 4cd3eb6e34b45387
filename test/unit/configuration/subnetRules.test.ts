import { staticAddress, testAccepted, testClusterFaults } from "./clusterSupport";

const masters = "masterNodeGroup.instanceClass";
const onPublic = { [`${masters}.additionalNetworks`]: ["public"] };
const hostBits = (place: string, found: string, what: string, network: string): string =>
  `@.${place}: found "${found}": it is an address in a network, and the installer would ${what}: write the network's ` +
  `own address, ${network}`;
const overlaps = (
  place: string,
  found: string,
  whose: string,
  other: string,
  key: string,
): string =>
  `@.${place}: found "${found}": the addresses of ${whose}, ${other}, overlap with it, and packets would take the wrong ` +
  `way: write another subnet, here or as @.${key}`;

describe("subnets", () => {
  testClusterFaults({
    "are networks, that of the masters": [
      { "networks[0].subnet": "10.200.0.7/24" },
      hostBits(
        "networks[0].subnet",
        "10.200.0.7/24",
        'stop with "Invalid internalNetworkCIDR in VsphereClusterConfiguration."',
        "10.200.0.0/24",
      ),
    ],
    "are networks, also the others": [
      {
        ...{ "networks[2].subnet": "198.51.200.129/25", podSubnetCIDR: "172.20.0.1/16" },
        serviceSubnetCIDR: "172.21.255.255/16",
      },
      hostBits(
        "networks[2].subnet",
        "198.51.200.129/25",
        "not take it for one",
        "198.51.200.128/25",
      ),
      hostBits("podSubnetCIDR", "172.20.0.1/16", "not take it for one", "172.20.0.0/16"),
      hostBits("serviceSubnetCIDR", "172.21.255.255/16", "not take it for one", "172.21.0.0/16"),
    ],
    "are known for the main network of masters that have no other": [
      { "networks[0].subnet": undefined },
      "@.networks[0].subnet: found nothing: the masters reach each other on this network, and the installer would stop " +
        "without its internalNetworkCIDR: add its subnet, for example 10.20.0.0/24",
    ],
    "are known for the additional network of masters": [
      { ...onPublic, "networks[2].subnet": undefined },
      "@.networks[2].subnet: found nothing: the masters reach each other on this network, and the installer would stop " +
        "without its internalNetworkCIDR: add its subnet, for example 10.20.0.0/24",
    ],
    "have room for the last of the masters": [
      { ...onPublic, "networks[2].subnet": "198.51.200.0/28", "masterNodeGroup.replicas": 6 },
      '@.networks[2].subnet: found "198.51.200.0/28": the masters get addresses in it from the tenth on, and it has ' +
        "none for 6 masters: write a larger network, or give the masters no additional network",
    ],
    "are apart from the addresses of pods, also of those by default": [
      { "networks[1].subnet": "10.111.255.0/24", "ingress.metallbBGP.routers": ["10.111.255.1"] },
      overlaps("networks[1].subnet", "10.111.255.0/24", "pods", "10.111.0.0/16", "podSubnetCIDR"),
    ],
    "are apart from the addresses of services, also of those by default": [
      { "networks[1].subnet": "10.222.0.0/15", "ingress.metallbBGP.routers": ["10.222.0.1"] },
      overlaps(
        "networks[1].subnet",
        "10.222.0.0/15",
        "services",
        "10.222.0.0/16",
        "serviceSubnetCIDR",
      ),
    ],
    "of pods and services are apart": [
      { podSubnetCIDR: "172.16.0.0/16", serviceSubnetCIDR: "172.16.255.0/24" },
      overlaps("serviceSubnetCIDR", "172.16.255.0/24", "pods", "172.16.0.0/16", "podSubnetCIDR"),
    ],
  });

  testAccepted({
    "may be unknown where no master is": { "networks[2].subnet": undefined },
    "may have room for just the last of the masters": {
      ...{ ...onPublic, "networks[2].subnet": "198.51.200.0/28", "masterNodeGroup.replicas": 5 },
    },
    "may be small where the masters have no additional network": {
      "networks[0].subnet": "10.200.0.0/30",
    },
    "may be of two addresses or one": {
      "networks[0].subnet": "10.200.0.2/31",
      "networks[2].subnet": "198.51.200.1/32",
    },
    "may be next to those of pods and services": {
      ...{ "networks[0].subnet": "10.110.255.0/24", "networks[2].subnet": "10.112.0.0/16" },
      "networks[4].subnet": "10.221.0.0/16",
    },
    "may be of pods and services next to each other": {
      podSubnetCIDR: "172.16.0.0/16",
      serviceSubnetCIDR: "172.17.0.0/16",
    },
  });
});

describe("the addresses of services", () => {
  testClusterFaults({
    "are not more than Kubernetes takes": [
      { serviceSubnetCIDR: "172.0.0.0/11" },
      '@.serviceSubnetCIDR: found "172.0.0.0/11": it has too many addresses, and Kubernetes would not start: write a ' +
        "subnet with a prefix of /12 or longer",
    ],
  });

  testAccepted({ "may be as many as Kubernetes takes": { serviceSubnetCIDR: "172.16.0.0/12" } });
});

describe("the parts of the addresses of pods", () => {
  const few = (found: string, parts: string, nodes: string): string =>
    `@.podSubnetCIDR: found ${found}: ${parts} for ${nodes} nodes, and pods would not start on the others: write a larger ` +
    "podSubnetCIDR, or a greater podSubnetNodeCIDRPrefix";
  testClusterFaults({
    "are enough for the nodes": [
      // Three masters, two nodes of groups, and the least number of ordered ones in both zones.
      {
        ...{ podSubnetCIDR: "172.20.0.0/22", "ephemeralNodeGroups[0].minPerZone": 2 },
        ...{ "ephemeralNodeGroups[0].maxPerZone": 2, "masterNodeGroup.replicas": 3 },
      },
      few('"172.20.0.0/22"', "172.20.0.0/22 has parts of /24", "4 of 9"),
    ],
    "are one where a node's part is the whole": [
      { podSubnetCIDR: "172.20.0.0/24" },
      few('"172.20.0.0/24"', "172.20.0.0/24 has parts of /24", "1 of 3"),
    ],
    "are none where a node's part is larger than the whole": [
      { podSubnetCIDR: "172.20.0.0/25" },
      few('"172.20.0.0/25"', "172.20.0.0/25 has parts of /24", "0 of 3"),
    ],
    "are enough also where the addresses are those by default": [
      { podSubnetNodeCIDRPrefix: 17 },
      few("nothing", "10.111.0.0/16 has parts of /17", "2 of 3"),
    ],
    "are not more than Kubernetes takes": [
      { podSubnetCIDR: "172.0.0.0/9", podSubnetNodeCIDRPrefix: 26 },
      "@.podSubnetNodeCIDRPrefix: found 26: 172.0.0.0/9 would be divided into more than 65536 parts, and Kubernetes " +
        "would not start: write 25 or less, or a smaller podSubnetCIDR",
    ],
  });

  testAccepted({
    "may be just enough": {
      ...{ podSubnetCIDR: "172.20.0.0/23", podSubnetNodeCIDRPrefix: 25 },
      "masterNodeGroup.replicas": 2,
    },
    "may be as many as Kubernetes takes": {
      podSubnetCIDR: "172.0.0.0/9",
      podSubnetNodeCIDRPrefix: 25,
    },
  });
});

describe("what DHCP gives out", () => {
  const range = (place: string, found: string, wrong: string): string =>
    `@.${place}.dhcpRange: found "${found}": ${wrong}`;
  const fixed = (what: string): string =>
    `${what} has some of these addresses for good, and two machines would have one address: take those out of what the ` +
    "DHCP server gives out, and write the rest here";
  testClusterFaults({
    "is of a network with DHCP": [
      { "networks[3].dhcpRange": "10.200.1.100-10.200.1.150" },
      range(
        "networks[3]",
        "10.200.1.100-10.200.1.150",
        "dhcp of the network is false, so nobody gives out these addresses: remove it, or set dhcp to true",
      ),
    ],
    "begins before it ends": [
      { "networks[0].dhcpRange": "10.200.0.9-10.200.0.8" },
      range(
        "networks[0]",
        "10.200.0.9-10.200.0.8",
        "the range ends before it begins: write the smaller address first, 10.200.0.8-10.200.0.9",
      ),
    ],
    "is inside the subnet": [
      { "networks[0].dhcpRange": "10.200.0.250-10.200.1.0" },
      range(
        "networks[0]",
        "10.200.0.250-10.200.1.0",
        "the network has the subnet 10.200.0.0/24, in which these addresses are not: correct the one or the other",
      ),
    ],
    "has no address of a master": [
      { ...onPublic, "networks[2].dhcpRange": "198.51.200.10-198.51.200.99" },
      range(
        "networks[2]",
        "198.51.200.10-198.51.200.99",
        fixed("a master (the tenth address and those after it)"),
      ),
    ],
    "has no static address": [
      { "networks[3].dhcp": true, "networks[3].dhcpRange": "10.200.1.50-10.200.1.99" },
      range(
        "networks[3]",
        "10.200.1.50-10.200.1.99",
        fixed("@.nodeGroups[1].instanceClass.mainNetworkIPAddresses[0].address"),
      ),
    ],
    "has no gateway": [
      { "networks[0].gateway": "10.200.0.254", "networks[0].dhcpRange": "10.200.0.128/25" },
      range("networks[0]", "10.200.0.128/25", fixed("@.networks[0].gateway")),
    ],
    "has no gateway, also as its only address": [
      {
        "networks[0].gateway": "10.200.0.254",
        "networks[0].dhcpRange": "10.200.0.254-10.200.0.254",
      },
      range("networks[0]", "10.200.0.254-10.200.0.254", fixed("@.networks[0].gateway")),
    ],
    "has no gateway that only an address names": [
      {
        ...{ "networks[3].dhcp": true, "networks[3].dhcpRange": "10.200.1.250-10.200.1.254" },
        "nodeGroups[1].instanceClass.mainNetworkIPAddresses": [
          { ...staticAddress(50), gateway: "10.200.1.254" },
        ],
      },
      range(
        "networks[3]",
        "10.200.1.250-10.200.1.254",
        fixed("@.nodeGroups[1].instanceClass.mainNetworkIPAddresses[0].gateway"),
      ),
    ],
  });

  testAccepted({
    "may be next to what is fixed": {
      ...{ ...onPublic, "networks[2].dhcpRange": "198.51.200.11-198.51.200.99" },
      ...{ "networks[3].dhcp": true, "networks[3].dhcpRange": "10.200.1.51-10.200.1.255" },
    },
    "may be a single address": { "networks[0].dhcpRange": "10.200.0.77-10.200.0.77" },
    "may be known where the subnet is not": {
      "networks[2].subnet": undefined,
      "networks[2].dhcpRange": "198.51.200.11-198.51.200.99",
    },
  });
});
