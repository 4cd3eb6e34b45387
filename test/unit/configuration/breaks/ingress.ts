import { clusterBreak, type Break } from "./break";

const bgp = "ingress.metallbBGP";
const frontend = "nodeGroups[0]";
const sources = `${bgp}.sourceAddresses`;
const source = (number: number, address: string): object => ({ nodeName: `n-${number}`, address });

const tooLarge = clusterBreak("metallbFitsTheVersion", [
  { [`${bgp}.routerPort`]: 16385 },
  `${bgp}.routerPort`,
  "Deckhouse 1.76 takes ports up to 16384",
]);

/** Faults of how traffic gets in. */
export const ingressBreaks: Readonly<Record<string, Break>> = {
  "two ways": clusterBreak("ingressHasOneWay", [
    { "ingress.externalLoadBalancer": {} },
    bgp,
    "the two exclude each other",
  ]),
  "what an old version does not take": {
    ...tooLarge,
    // What others say of their ingress may be as large.
    changes: (raw) => ({
      ...tooLarge.changes(raw),
      "deckhouse.version": "1.76",
      ...Object.fromEntries(
        raw.regions.flatMap(({ clusterConfiguration }, index) =>
          clusterConfiguration === undefined && raw.clusterConfiguration === undefined
            ? []
            : [[`regions[${index}].clusterConfiguration.ingress`, undefined]],
        ),
      ),
    }),
  },
  "no frontends": clusterBreak("frontendsExist", [
    { "ingress.nodeGroup": "other" },
    "ingress.nodeGroup",
    "there is no such node group",
  ]),
  "masters as frontends": clusterBreak("frontendsExist", [
    { "ingress.nodeGroup": "master" },
    "ingress.nodeGroup",
    "there is no such node group",
  ]),
  "frontends without nodes": clusterBreak("frontendsHaveNodes", [
    { [`${frontend}.replicas`]: 0 },
    `${frontend}.replicas`,
    "which would have no nodes",
  ]),
  "frontends without label": clusterBreak("frontendsHaveTheirLabel", [
    { [`${frontend}.nodeTemplate`]: undefined },
    `${frontend}.nodeTemplate.labels`,
    "the ingress controller looks for nodes with the label",
  ]),
  "frontends far from the routers": clusterBreak("frontendsReachTheRouters", [
    { [`${frontend}.instanceClass.additionalNetworks`]: undefined },
    `${frontend}.instanceClass.additionalNetworks`,
    "frontend nodes need a second adapter",
  ]),
  "routers without DHCP": clusterBreak("routersNetworkHasDhcp", [
    { "networks[1].dhcp": false },
    `${bgp}.network`,
    "it has no DHCP",
  ]),
  "reserved number": clusterBreak("autonomousSystemsAreUsable", [
    { [`${bgp}.routerASN`]: 65535 },
    `${bgp}.routerASN`,
    "this number is reserved",
  ]),
  "router twice": clusterBreak("routersAreDistinct", [
    { [`${bgp}.routers`]: ["192.0.200.1", "192.0.200.1"] },
    `${bgp}.routers[1]`,
    "is the same router",
  ]),
  "router outside": clusterBreak("routersAreInTheirNetwork", [
    { [`${bgp}.routers`]: ["192.0.201.1"] },
    `${bgp}.routers[0]`,
    "it is not an address of routers",
  ]),
  "short hold time": clusterBreak("holdTimesAreAllowed", [
    { [`${bgp}.holdTime`]: "2s" },
    `${bgp}.holdTime`,
    "MetalLB would refuse the peer",
  ]),
  "large community": clusterBreak("communitiesFit", [
    { [`${bgp}.communities`]: ["65536:1"] },
    `${bgp}.communities[0]`,
    "two numbers up to 65535",
  ]),
  "source outside": clusterBreak("sourceAddressesAreInTheRoutersNetwork", [
    { [sources]: [source(1, "10.200.0.10")] },
    `${sources}[0].address`,
    "it is not an address of routers",
  ]),
  "source twice": clusterBreak("sourceAddressesAreDistinct", [
    { [sources]: [source(1, "192.0.200.10"), source(2, "192.0.200.10")] },
    `${sources}[1].address`,
    "one of the two could not speak to the routers",
  ]),
  "range backwards": clusterBreak("announcedRangesAreRanges", [
    { [`${bgp}.addresses`]: ["203.0.200.20-203.0.200.10"] },
    `${bgp}.addresses[0]`,
    "the range ends before it begins",
  ]),
  "ranges that overlap": clusterBreak("announcedRangesAreApart", [
    { [`${bgp}.addresses`]: ["203.0.200.0/24", "203.0.200.255/32"] },
    `${bgp}.addresses[1]`,
    "has some of these addresses too",
  ]),
  "announced nodes": clusterBreak("announcedAddressesAreFree", [
    { [`${bgp}.addresses`]: ["10.200.0.5/32"] },
    `${bgp}.addresses[0]`,
    "some of these addresses belong to the network of",
  ]),
  "addresses of nobody's network": clusterBreak("addressesOfL2AreInTheNodesNetwork", [
    { ingress: { metallbL2: { addresses: ["203.0.200.0/24"] } } },
    "ingress.metallbL2.addresses[0]",
    "it is in no network of the frontend nodes",
  ]),
};
