import { controllerRules } from "../../../configuration/rules/ingress/controllers";
import type { Changes } from "../../support/changedConfiguration";
import { installed } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const list = "additionalIngresses";
const bgp = installed.ingress!.metallbBGP;
const further = (...ingresses: object[]): Changes => ({ [list]: ingresses });
const balanced = (name: string, settings: object = {}): object => ({
  name,
  externalLoadBalancer: settings,
});
const named = (name: string, line: string): RuleCase => [
  further(balanced(name)),
  `@.${list}[0].name: found "${name}": ${line}`,
];
const onePort = (path: string, found: number, first: string): string =>
  `@.${path}: found ${found}: @.${first} is the same port on the same nodes, and one of the two could not listen there: ` +
  "write another port, or another node group";
/** A second group that traffic arrives at. */
const edge: Changes = {
  "ephemeralNodeGroups[0].nodeTemplate": { labels: { "node-role.deckhouse.io/frontend": "" } },
};
const onEdge = { nodeGroup: "worker" };
const furtherBgp = (settings: object, others: object = {}): Changes =>
  further({ name: "internal", metallbBGP: { ...bgp, ...settings }, ...others });
const announcing = (nodeGroup: string): Changes => ({
  ...edge,
  "ephemeralNodeGroups[0].instanceClass.additionalNetworks": ["routers"],
  ...further({
    name: "internal",
    nodeGroup,
    metallbBGP: { ...bgp, routers: ["192.0.200.2"], addresses: ["203.0.201.0/24"] },
  }),
});

describeClusterRules("several ingress controllers", controllerRules, {
  controllerNamesAreFree: {
    "the name of the first": named(
      "main",
      "the controller of @.ingress has this name, and one of the two would replace the other: choose another name, for " +
        "example internal",
    ),
    "a name as Deckhouse makes them": named(
      "a-failover",
      "Deckhouse reserves names that end in -failover, and would refuse the controller: choose another name",
    ),
    "one name twice": [
      { ...edge, ...further(balanced("a"), { ...balanced("a"), ...onEdge }) },
      `@.${list}[1].name: found "a": @.${list}[0].name is the same, and one of the two controllers would replace the ` +
        "other: give each controller a name of its own",
    ],
    "names that begin alike are accepted": [
      { ...edge, ...further(balanced("main-1"), { ...balanced("main-2"), ...onEdge }) },
    ],
  },
  hostPortsAreApart: {
    "one port for HTTP and HTTPS": [
      { ingress: { externalLoadBalancer: { httpPort: 443 } } },
      onePort(
        "ingress.externalLoadBalancer.httpsPort",
        443,
        "ingress.externalLoadBalancer.httpPort",
      ),
    ],
    "one port of two controllers on the same nodes": [
      {
        ingress: { externalLoadBalancer: { proxyProtocol: true } },
        ...further(balanced("internal", { httpPort: 8080 })),
      },
      onePort(
        `${list}[0].externalLoadBalancer.httpsPort`,
        443,
        "ingress.externalLoadBalancer.httpsPort",
      ),
    ],
    "the same ports on other nodes are accepted": [
      {
        ...edge,
        ingress: { externalLoadBalancer: {} },
        ...further({ ...balanced("internal"), ...onEdge }),
      },
    ],
    "other ports on the same nodes are accepted, and the same class": [
      {
        ingress: { externalLoadBalancer: {} },
        ...further(balanced("internal", { httpPort: 8080, httpsPort: 8443 })),
      },
    ],
    "the ports of nodes are free where MetalLB is used": [further(balanced("internal"))],
  },
  routersAreDistinct: {
    "one of two controllers on the same nodes": [
      furtherBgp({ addresses: ["203.0.201.0/24"] }),
      `@.additionalIngresses[0].metallbBGP.routers[0]: found "192.0.200.1": @.ingress.metallbBGP.routers[0] is the same router, and it ` +
        "would refuse a second session: remove one of the two",
    ],
    "one of two controllers on different nodes is accepted": [
      {
        ...furtherBgp({ addresses: ["203.0.201.0/24"] }, { nodeGroup: "worker" }),
        "ephemeralNodeGroups[0].nodeTemplate": {
          labels: { "node-role.deckhouse.io/frontend": "" },
        },
        "ephemeralNodeGroups[0].instanceClass.additionalNetworks": ["routers"],
      },
    ],
    "one twice": [
      { [`ingress.metallbBGP.routers`]: ["192.0.200.1", "192.0.200.2", "192.0.200.1"] },
      `@.ingress.metallbBGP.routers[2]: found "192.0.200.1": @.ingress.metallbBGP.routers[0] is the same router, and it would refuse a second ` +
        "session: remove one of the two",
    ],
  },
  announcersAreOneGroup: {
    "two groups before 1.77": [
      { deckhouse: { version: "1.76" }, ...announcing("worker") },
      `@.${list}[0].nodeGroup: found "worker": @.ingress announces its addresses from frontend, and MetalLB of Deckhouse ` +
        "1.76 announces all addresses from the same nodes, which would not reach all routers: write frontend, or set " +
        "deckhouse.version to 1.77 or newer",
    ],
    "two groups from 1.77 on are accepted": [
      { deckhouse: { version: "1.77" }, ...announcing("worker") },
    ],
    "one group before 1.77 is accepted": [
      { deckhouse: { version: "1.76" }, ...announcing("frontend") },
    ],
    "another group without BGP is accepted before 1.77": [
      {
        deckhouse: { version: "1.76" },
        ...edge,
        ...further({ ...balanced("internal"), ...onEdge }),
      },
    ],
  },
});
