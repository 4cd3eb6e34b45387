import { frontendRules } from "../../../configuration/rules/ingress/frontends";
import { elsewhere, installed } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const bgp = "ingress.metallbBGP";
const frontend = "nodeGroups[0]";
const ephemeral = "ephemeralNodeGroups[0]";
const label = "node-role.deckhouse.io/frontend";
const groups = "write one of frontend, static, worker, or add a group of this name to @.nodeGroups";

const balanced = (nodeGroup: string): object => ({ externalLoadBalancer: {}, nodeGroup });
const twoWays = (second: string, found: string): string =>
  `@.ingress.${second}: found ${found}: @.ingress.externalLoadBalancer is set too, and the two exclude each other: choose ` +
  `either externalLoadBalancer or ${second}`;
const noGroup = (found: string, remedy: string, changes: object): RuleCase => [
  { ingress: balanced(found), ...changes },
  `@.ingress.nodeGroup: found "${found}": there is no such node group, and traffic would have nowhere to go: ${remedy}`,
];
const noNodes = (path: string): string =>
  `@.${path}: found 0: incoming traffic goes to this group, which would have no nodes: write 1 or more; 2 survive the ` +
  "loss of one";
const noLabel = (found: string): string =>
  `@.${frontend}.nodeTemplate.labels: found ${found}: the ingress controller looks for nodes with the label ${label}, and ` +
  `would find none: add "${label}": ""`;
const noAdapter = (group: string, found: string): string =>
  `@.${group}.instanceClass.additionalNetworks: found ${found}: frontend nodes need a second adapter, in routers, to reach ` +
  "the routers of @.ingress.metallbBGP: add routers";

describeClusterRules("the way of traffic", frontendRules, {
  ingressHasOneWay: {
    none: [
      { ingress: { nodeGroup: "frontend" } },
      "@.ingress: found an object: it does not say how traffic gets into the cluster: add one of externalLoadBalancer, " +
        "metallbBGP, metallbL2, for example externalLoadBalancer: {}",
    ],
    "all three": [
      { "ingress.externalLoadBalancer": {}, "ingress.metallbL2": { addresses: ["10.200.0.9/32"] } },
      twoWays("metallbBGP", "an object"),
      twoWays("metallbL2", "an object"),
    ],
    "no ingress is accepted": [{ ingress: undefined }],
    "none, of a further controller": [
      { additionalIngresses: [{ name: "internal" }] },
      "@.additionalIngresses[0]: found an object: it does not say how traffic gets into the cluster: add one of " +
        "externalLoadBalancer, metallbBGP, metallbL2, for example externalLoadBalancer: {}",
    ],
  },
  frontendsExist: {
    "a name that is none, of a further controller": [
      { additionalIngresses: [{ name: "internal", ...balanced("edge") }] },
      `@.additionalIngresses[0].nodeGroup: found "edge": there is no such node group, and traffic would have nowhere to ` +
        `go: ${groups}`,
    ],
    "a name in another case": noGroup("Frontend", groups, {}),
    "the masters": noGroup("master", groups, {}),
    "a name in another case, in L2 mode": noGroup("Frontend", groups, {
      "regions[0].clusterConfiguration.ingress": {
        nodeGroup: "Frontend",
        metallbL2: { addresses: ["10.200.0.9/32"] },
      },
    }),
    "no groups at all": noGroup("frontend", "add a group of this name to @.nodeGroups", {
      nodeGroups: undefined,
      ephemeralNodeGroups: undefined,
    }),
    "a cluster whose masters are elsewhere": noGroup(
      "frontend",
      "write one of worker, or add a group of this name to @.ephemeralNodeGroups",
      { "@": elsewhere },
    ),
  },
  frontendsHaveNodes: {
    "no permanent nodes": [{ [`${frontend}.replicas`]: 0 }, noNodes(`${frontend}.replicas`)],
    "no ephemeral nodes": [
      {
        ingress: balanced("worker"),
        [`${ephemeral}.maxPerZone`]: 0,
        [`${ephemeral}.nodeTemplate`]: { labels: { [label]: "" } },
      },
      noNodes(`${ephemeral}.maxPerZone`),
    ],
    "no nodes of another group are accepted": [{ [`${ephemeral}.maxPerZone`]: 0 }],
  },
  frontendsHaveTheirLabel: {
    "no labels": [{ [`${frontend}.nodeTemplate`]: { taints: [] } }, noLabel("nothing")],
    "no nodeTemplate": [{ [`${frontend}.nodeTemplate`]: undefined }, noLabel("nothing")],
    "the group of a further controller": [
      { additionalIngresses: [{ name: "internal", ...balanced("worker") }] },
      noLabel("nothing").replace(frontend, ephemeral),
    ],
    "a value": [{ [`${frontend}.nodeTemplate.labels`]: { [label]: "true" } }, noLabel("an object")],
  },
  frontendsReachTheRouters: {
    "the routers' network as the main one": [
      {
        [`${frontend}.instanceClass.mainNetwork`]: "routers",
        [`${frontend}.instanceClass.additionalNetworks`]: ["nodes"],
      },
      noAdapter(frontend, "a list of 1"),
    ],
    "ephemeral nodes with one adapter": [
      {
        "ingress.nodeGroup": "worker",
        [`${ephemeral}.nodeTemplate`]: { labels: { [label]: "" } },
      },
      noAdapter(ephemeral, "nothing"),
    ],
    "the group of a further controller": [
      {
        ingress: { externalLoadBalancer: {} },
        additionalIngresses: [
          { name: "internal", nodeGroup: "worker", metallbBGP: installed.ingress!.metallbBGP },
        ],
        [`${ephemeral}.nodeTemplate`]: { labels: { [label]: "" } },
      },
      noAdapter(ephemeral, "nothing").replace("@.ingress", "@.additionalIngresses[0]"),
    ],
    "other spellings of the network are accepted": [
      {
        "regions[0].clusterConfiguration.ingress.metallbBGP.network": "Routers",
        [`${frontend}.instanceClass.additionalNetworks`]: ["/x1/network/ROUTERS"],
      },
    ],
  },
  routersNetworkHasDhcp: {
    "a network without DHCP": [
      { "networks[1].dhcp": false },
      `@.${bgp}.network: found "routers": it has no DHCP, and frontend nodes would get no address in it, because the ` +
        "platform assigns none there: run a DHCP server in this VLAN, and set dhcp of the network to true",
    ],
    "a network that is not described": [
      {
        [`${bgp}.network`]: "vlan7",
        [`${frontend}.instanceClass.additionalNetworks`]: ["vlan7"],
      },
      `@.${bgp}.network: found "vlan7": @.networks does not describe this network, so nobody knows which addresses nodes get ` +
        "there: describe it there, and say whether it has DHCP",
      `@.${frontend}.instanceClass.additionalNetworks[0]: found "vlan7": @.networks does not describe this network, so nobody ` +
        "knows which addresses nodes get there: write one of nodes, routers, public, static, alike, or describe it there",
    ],
  },
});
