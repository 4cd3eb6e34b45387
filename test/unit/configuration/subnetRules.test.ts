import { subnetRules } from "../../../configuration/rules/cluster/subnets";
import type { Changes } from "../../support/changedConfiguration";
import { elsewhere, inRegion } from "./clusterSupport";
import { describeClusterRules } from "./ruleTable";

const masters = "masterNodeGroup.instanceClass";
const [nodes, routers, pub] = ["networks[0].subnet", "networks[1].subnet", "networks[2].subnet"];
/** The masters reach each other on their additional network. */
const onPublic = (subnet: string | undefined, replicas: number): Changes => ({
  [`${masters}.additionalNetworks`]: ["public"],
  "masterNodeGroup.replicas": replicas,
  [pub]: subnet,
});
const ofRouters = (subnet: string, router: string): Changes => ({
  [routers]: subnet,
  "ingress.metallbBGP.routers": [router],
});
const ephemeral = (minPerZone: number, zones?: readonly string[]): Changes => ({
  "ephemeralNodeGroups[0].minPerZone": minPerZone,
  "ephemeralNodeGroups[0].maxPerZone": minPerZone,
  "ephemeralNodeGroups[0].zones": zones,
});

const hostBits = (path: string, found: string, network: string, reaction = "refuse it"): string =>
  `@.${path}: found "${found}": it is an address within a network, and the installer would ${reaction}: write the ` +
  `network's own address, ${network}`;
const unknown = (path: string): string =>
  `@.${path}: found nothing: the masters reach each other on this network, and with an additional network or node ` +
  "groups the installer stops without its internalNetworkCIDR: add its subnet, for example 10.20.0.0/24";
const overlaps = (path: string, found: string, whose: "pod" | "service", other: string): string =>
  `@.${path}: found "${found}": the addresses of ${whose}s, ${other}, overlap with it, and packets would be routed the ` +
  `wrong way: write another subnet, here or as @.${whose}SubnetCIDR`;
const fewParts = (parts: string, count: string, found = "nothing", place = "@"): string =>
  `${place}.podSubnetCIDR: found ${found}: ${parts} for ${count} nodes, and pods would not start on the others: write a ` +
  "larger podSubnetCIDR, or a greater podSubnetNodeCIDRPrefix";

describeClusterRules("the subnets of a cluster", subnetRules, {
  subnetsAreNetworks: {
    "that of the masters": [
      { [nodes]: "10.200.0.7/24" },
      hostBits(
        nodes,
        "10.200.0.7/24",
        "10.200.0.0/24",
        'stop with "Invalid internalNetworkCIDR in VsphereClusterConfiguration."',
      ),
    ],
    "those of other nodes, of pods and of services": [
      {
        [pub]: "198.51.200.129/25",
        podSubnetCIDR: "172.20.0.1/16",
        serviceSubnetCIDR: "172.21.255.255/16",
      },
      hostBits(pub, "198.51.200.129/25", "198.51.200.128/25"),
      hostBits("podSubnetCIDR", "172.20.0.1/16", "172.20.0.0/16"),
      hostBits("serviceSubnetCIDR", "172.21.255.255/16", "172.21.0.0/16"),
    ],
    "those of two addresses or one are accepted": [
      { [nodes]: "10.200.0.2/31", [pub]: "198.51.200.1/32" },
    ],
  },
  subnetOfMastersIsKnown: {
    "of their main network, without another": [{ [nodes]: undefined }, unknown(nodes)],
    "of their additional network": [onPublic(undefined, 1), unknown(pub)],
    "an unknown one is accepted without an additional network and without node groups": [
      { [nodes]: undefined, nodeGroups: [], ingress: undefined },
    ],
    "an unknown one where no master is is accepted": [{ [pub]: undefined }],
  },
  subnetHasRoomForMasters: {
    "not for the last of them": [
      onPublic("198.51.200.0/28", 6),
      `@.${pub}: found "198.51.200.0/28": the masters get its tenth address and those after it, and it is too ` +
        "small for 6 of them: write a larger network, or give the masters no additional network",
    ],
    "just for the last of them is accepted": [onPublic("198.51.200.0/28", 5)],
    "a small one without an additional network is accepted": [{ [nodes]: "10.200.0.0/30" }],
  },
  subnetsAreApart: {
    "nodes among the pods of the default": [
      ofRouters("10.111.255.0/24", "10.111.255.1"),
      overlaps(routers, "10.111.255.0/24", "pod", "10.111.0.0/16"),
    ],
    "nodes around the services of the default": [
      ofRouters("10.222.0.0/15", "10.222.0.1"),
      overlaps(routers, "10.222.0.0/15", "service", "10.222.0.0/16"),
    ],
    "services among pods": [
      { podSubnetCIDR: "172.16.0.0/16", serviceSubnetCIDR: "172.16.255.0/24" },
      overlaps("serviceSubnetCIDR", "172.16.255.0/24", "pod", "172.16.0.0/16"),
    ],
    "those next to pods and services are accepted": [
      { [nodes]: "10.110.255.0/24", [pub]: "10.112.0.0/16", "networks[4].subnet": "10.221.0.0/16" },
    ],
    "pods next to services are accepted": [
      { podSubnetCIDR: "172.16.0.0/16", serviceSubnetCIDR: "172.17.0.0/16" },
    ],
    "those of a cluster elsewhere are accepted": [
      { "@": elsewhere, networks: [{ path: "nodes", subnet: "10.111.0.0/24" }] },
    ],
  },
  podSubnetHasRoomForNodes: {
    // Three masters, two nodes of groups, and the least number of ephemeral ones in both zones.
    "fewer parts than nodes": [
      { podSubnetCIDR: "172.20.0.0/22", "masterNodeGroup.replicas": 3, ...ephemeral(2) },
      fewParts("172.20.0.0/22 has parts of /24", "4 of 9", '"172.20.0.0/22"'),
    ],
    "fewer parts than nodes, of which some are in one zone": [
      { podSubnetCIDR: "172.20.0.0/22", ...ephemeral(2, ["k8s-zone-x1-b"]) },
      fewParts("172.20.0.0/22 has parts of /24", "4 of 5", '"172.20.0.0/22"', inRegion),
    ],
    "a part that is the whole": [
      { podSubnetCIDR: "172.20.0.0/24" },
      fewParts("172.20.0.0/24 has parts of /24", "1 of 3", '"172.20.0.0/24"'),
    ],
    "a part that is more than the whole": [
      { podSubnetCIDR: "172.20.0.0/25" },
      fewParts("172.20.0.0/25 has parts of /24", "0 of 3", '"172.20.0.0/25"'),
    ],
    "a longer prefix, of the default": [
      { podSubnetNodeCIDRPrefix: 17 },
      fewParts("10.111.0.0/16 has parts of /17", "2 of 3"),
    ],
    "more parts than Kubernetes can count": [
      { podSubnetCIDR: "172.0.0.0/9", podSubnetNodeCIDRPrefix: 26 },
      "@.podSubnetNodeCIDRPrefix: found 26: 172.0.0.0/9 would be divided into more than 65536 parts, and Kubernetes would " +
        "not start: write 25 or less, or a smaller podSubnetCIDR",
    ],
    "as many parts as it can count are accepted": [
      { podSubnetCIDR: "172.0.0.0/9", podSubnetNodeCIDRPrefix: 25 },
    ],
    "those of a cluster elsewhere are not counted": [{ "@": elsewhere, ...ephemeral(200) }],
    "as many parts as nodes are accepted": [
      { podSubnetCIDR: "172.20.0.0/22", "masterNodeGroup.replicas": 2 },
    ],
  },
  serviceSubnetIsNotTooLarge: {
    "more addresses than Kubernetes takes": [
      { serviceSubnetCIDR: "172.0.0.0/11" },
      '@.serviceSubnetCIDR: found "172.0.0.0/11": it has too many addresses, and Kubernetes would not start: write a subnet ' +
        "with a prefix of /12 or longer",
    ],
    "as many as it takes are accepted": [{ serviceSubnetCIDR: "172.16.0.0/12" }],
  },
});
