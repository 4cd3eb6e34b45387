import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { hasMetallbResources } from "../../../configuration/deckhouseVersion";
import { changed, type Changes } from "../../support/changedConfiguration";
import { inRegion, installed, stackOf, testAccepted, testClusterFaults } from "./clusterSupport";
import { faultLines } from "./support";

const bgp = "ingress.metallbBGP";
const frontend = "nodeGroups[0]";
const ordered = "ephemeralNodeGroups[0]";
const label = "node-role.deckhouse.io/frontend";
const none = (found: string, rest: string): string =>
  `@.ingress.nodeGroup: found "${found}": there is no such node group, and traffic would arrive nowhere: ${rest}`;
const looksFor = `the ingress controller looks for nodes with the label ${label}, and would find none: add "${label}": ""`;

const balanced = (nodeGroup: string): object => ({ externalLoadBalancer: {}, nodeGroup });

describe("how traffic gets in", () => {
  testClusterFaults({
    "is said": [
      { ingress: { nodeGroup: "frontend" } },
      "@.ingress: found an object: it does not say how traffic gets into the cluster: add one of externalLoadBalancer, " +
        "metallbBGP, metallbL2, for example externalLoadBalancer: {}",
    ],
    "is one way": [
      { "ingress.externalLoadBalancer": {}, "ingress.metallbL2": { addresses: ["10.200.0.9/32"] } },
      "@.ingress.metallbBGP: found an object: @.ingress.externalLoadBalancer is there too, and the two exclude each " +
        "other: choose one, externalLoadBalancer or metallbBGP",
      "@.ingress.metallbL2: found an object: @.ingress.externalLoadBalancer is there too, and the two exclude each " +
        "other: choose one, externalLoadBalancer or metallbL2",
    ],
  });

  testAccepted({
    "may be not said": { ingress: undefined },
    "may be a load balancer, also to ordered nodes": {
      ingress: { externalLoadBalancer: {}, nodeGroup: "worker" },
      [`${ordered}.nodeTemplate`]: { labels: { [label]: "" } },
    },
  });
});

describe("the frontends", () => {
  testClusterFaults({
    "are a group that exists": [
      { ingress: balanced("Frontend") },
      none(
        "Frontend",
        "write one of frontend, static, worker, or add a group of this name to @.nodeGroups",
      ),
    ],
    "are not the masters": [
      { ingress: balanced("master") },
      none(
        "master",
        "write one of frontend, static, worker, or add a group of this name to @.nodeGroups",
      ),
    ],
    "are a group where there is none": [
      { ingress: balanced("frontend"), nodeGroups: undefined, ephemeralNodeGroups: undefined },
      none("frontend", "add a group of this name to @.nodeGroups"),
    ],
    "have nodes": [
      { [`${frontend}.replicas`]: 0 },
      `@.${frontend}.replicas: found 0: traffic arrives at this group, which would have no nodes: write 1 or more; 2 ` +
        "outlive the loss of one",
    ],
    "have nodes, also ordered ones, and reach the routers": [
      {
        "ingress.nodeGroup": "worker",
        [`${ordered}.maxPerZone`]: 0,
        [`${ordered}.nodeTemplate`]: { labels: { [label]: "" } },
      },
      `@.${ordered}.instanceClass.additionalNetworks: found nothing: frontend nodes need a second adapter, in routers, to ` +
        "reach the routers of @.ingress.metallbBGP: add routers",
      `@.${ordered}.maxPerZone: found 0: traffic arrives at this group, which would have no nodes: write 1 or more; 2 ` +
        "outlive the loss of one",
    ],
    "carry their label": [
      { [`${frontend}.nodeTemplate`]: { taints: [] } },
      `@.${frontend}.nodeTemplate.labels: found nothing: ${looksFor}`,
    ],
    "carry their label without a value": [
      { [`${frontend}.nodeTemplate.labels`]: { [label]: "true" } },
      `@.${frontend}.nodeTemplate.labels: found an object: ${looksFor}`,
    ],
    "reach the routers over a second adapter": [
      {
        [`${frontend}.instanceClass.mainNetwork`]: "routers",
        [`${frontend}.instanceClass.additionalNetworks`]: ["nodes"],
      },
      `@.${frontend}.instanceClass.additionalNetworks: found a list of 1: frontend nodes need a second adapter, in ` +
        "routers, to reach the routers of @.ingress.metallbBGP: add routers",
    ],
    "get an address in the network of the routers": [
      { "networks[1].dhcp": false },
      `@.${bgp}.network: found "routers": it has no DHCP, and frontend nodes would get no address in it: the platform ` +
        "gives none there: run a DHCP server in this VLAN, and set dhcp of the network to true",
    ],
  });

  it("are described with the network of the routers", () => {
    const unknown = changed(installed, {
      [`${bgp}.network`]: "vlan7",
      [`${frontend}.instanceClass.additionalNetworks`]: ["vlan7"],
    });
    const rest = `${inRegion}.networks does not describe this network, so nobody knows which addresses nodes get there: `;
    assert.deepEqual(faultLines(stackOf(unknown)), [
      `${inRegion}.${bgp}.network: found "vlan7": ${rest}describe it there, with its DHCP`,
      `${inRegion}.${frontend}.instanceClass.additionalNetworks[0]: found "vlan7": ${rest}write one of nodes, routers, ` +
        "public, static, alike, or describe it there",
    ]);
  });

  it("may name the network of the routers in another spelling", () => {
    for (const network of ["/X1/network/routers", "Routers", "/x1/network/ROUTERS"]) {
      parseConfiguration(stackOf(changed(installed, { [`${bgp}.network`]: network })));
    }
  });
});

describe("an older Deckhouse", () => {
  const stackOfVersion = (version: string, changes: Changes): unknown =>
    stackOf(changed(installed, changes), { "deckhouse.version": version });
  const port = (number: number): Changes => ({ [`${bgp}.routerPort`]: number });
  const prefix = (length: number): Changes => ({ [`${bgp}.aggregationLength`]: length });

  it("is told by its version", () => {
    const versions = ["1.9", "1.76", "1.76.99", "1.77", "1.77.0", "1.100", "1.200.1"];
    assert.deepEqual(versions.map(hasMetallbResources), [
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it("takes no greater ports than its settings do", () => {
    assert.deepEqual(faultLines(stackOfVersion("1.76", port(16_385))), [
      `${inRegion}.${bgp}.routerPort: found 16385: Deckhouse 1.76 takes ports up to 16384, and would refuse the ` +
        "document: write 16384 or less, or deckhouse.version of 1.77 or newer",
    ]);
    parseConfiguration(stackOfVersion("1.76", port(16_384)));
  });

  it("takes no prefix that is none", () => {
    assert.deepEqual(faultLines(stackOfVersion("1.76.3", prefix(0))), [
      `${inRegion}.${bgp}.aggregationLength: found 0: Deckhouse 1.76.3 takes prefixes from 1 on, and would refuse the ` +
        "document: write 1 or more, or deckhouse.version of 1.77 or newer",
    ]);
    parseConfiguration(stackOfVersion("1.76.3", prefix(1)));
  });

  it("is not one from 1.77 on", () => {
    for (const version of ["1.77", "1.100"]) {
      for (const changes of [port(65_535), prefix(0)]) {
        parseConfiguration(stackOfVersion(version, changes));
      }
    }
  });
});
