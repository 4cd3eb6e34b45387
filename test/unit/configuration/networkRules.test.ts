import { networkRules } from "../../../configuration/rules/cluster/networks";
import { elsewhere, inRegion } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
const fixed = "nodeGroups[1].instanceClass";
const ephemeral = "ephemeralNodeGroups[0].instanceClass";

const undescribed = (path: string, named: unknown, at = ""): RuleCase => [
  { [path]: named },
  `@.${path}${at}: found ${JSON.stringify([named].flat()[0])}: @.networks does not describe this network, so nobody knows ` +
    "which addresses nodes get there: write one of nodes, routers, public, static, alike, or describe it there",
];
const again = (path: string, found: string): string =>
  `${path}.networks[5].path: found "${found}": ${path}.networks[0].path is the same network, and the two descriptions may ` +
  "contradict each other: describe each network once";
const twoAdapters = (further: string, first: string): RuleCase => [
  { [`${frontend}.additionalNetworks`]: ["routers", further] },
  `@.${frontend}.additionalNetworks[1]: found "${further}": @.${frontend}.${first} is the same network, and the node would ` +
    "have two adapters in it: remove one of the two",
];
const isPublic = (path: string, found: string): string =>
  `@.${path}.additionalNetworks: found ${found}: the main network public has public addresses, and the nodes have no ` +
  "internal network for the traffic between them: add a network whose nodeAddress is internal";

describeClusterRules("the networks of a cluster", networkRules, {
  networksAreDescribed: {
    "a main network": undescribed(`${frontend}.mainNetwork`, "k8s"),
    "an additional network": undescribed(`${fixed}.additionalNetworks`, ["folder/nodes"], "[0]"),
    "one of ephemeral nodes": undescribed(`${ephemeral}.mainNetwork`, "nodes2"),
    "a network in a folder is accepted": [
      {
        "networks[5]": { path: "folder/nodes", nodeAddress: "internal" },
        [`${fixed}.additionalNetworks`]: ["folder/nodes"],
      },
    ],
    "none is accepted where the masters are elsewhere": [{ "@": elsewhere }],
  },
  networksAreDistinct: {
    "in another case": [{ "networks[5]": { path: "NODES" } }, again("@", "NODES")],
    "as a name and as a path": [
      { "networks[5]": { path: "/X1/network//nodes/" } },
      again(inRegion, "/X1/network//nodes/"),
    ],
  },
  networkNamesAreClear: {
    "one name in two folders": [
      { "networks[5]": { path: "folder/nodes" } },
      "@.networks[5].nodeAddress: found nothing: @.networks[0] has another nodeAddress and the same name, nodes, which " +
        "is all that Deckhouse knows a network by: give both the same nodeAddress, or use another network",
    ],
  },
  mastersHaveOneAdditionalNetwork: {
    "two of them": [
      { [`${masters}.additionalNetworks`]: ["routers", "public"] },
      `@.${masters}.additionalNetworks: found a list of 2: a master gets the same address on each of its additional ` +
        "networks, and these would conflict: leave the masters one additional network, and put the others on node groups",
    ],
  },
  adaptersAreInDifferentNetworks: {
    "the main network again": twoAdapters("nodes", "mainNetwork"),
    "an additional network again, in another case": twoAdapters("Routers", "additionalNetworks[0]"),
  },
  adaptersAreInDifferentSubnets: {
    "two networks with one subnet": [
      { [`${frontend}.additionalNetworks`]: ["routers", "alike"] },
      `@.${frontend}.additionalNetworks[1]: found "alike": its subnet 10.200.0.0/24 overlaps with that of nodes, where ` +
        "the node has an adapter too, and packets could leave by the wrong one: name a network with another subnet, " +
        "or correct the subnets",
    ],
    "those in different groups are accepted": [{ [`${frontend}.mainNetwork`]: "alike" }],
  },
  ephemeralNodesHaveMainNetworks: {
    "masters that are elsewhere have none for them": [
      { "@": elsewhere, [`${ephemeral}.mainNetwork`]: undefined },
      `@.${ephemeral}.mainNetwork: found nothing: the masters are elsewhere, so the nodes cannot take their main ` +
        "network from them, and could not be created: name the network here",
    ],
  },
  publicNodesHaveAnInternalNetwork: {
    "one network, beside one whose addresses are not reported": [
      { [`${frontend}.mainNetwork`]: "public" },
      isPublic(frontend, "a list of 1"),
    ],
    "one that ephemeral nodes take from the masters": [
      { [`${masters}.mainNetwork`]: "public", [`${masters}.additionalNetworks`]: ["nodes"] },
      isPublic(ephemeral, "nothing"),
    ],
    "an internal one is accepted": [
      {
        [`${frontend}.mainNetwork`]: "public",
        [`${frontend}.additionalNetworks`]: ["nodes", "routers"],
      },
    ],
    "one that is both is accepted": [
      {
        "networks[0].nodeAddress": "both",
        [`${frontend}.mainNetwork`]: "public",
        [`${frontend}.additionalNetworks`]: ["routers", "nodes"],
      },
    ],
  },
});
