import { finding } from "../../../findings/finding";
import type { Rule } from "../../places";
import { frontendLabel } from "../../clusterTypes";
import { isSameNetwork, networkNamed } from "../../networks";
import { nodeGroupsOfCluster } from "../cluster/nodeGroupPlaces";
import { frontendsOf, ingressesOf } from "./ingressPlaces";

const ways = ["externalLoadBalancer", "metallbBGP", "metallbL2"] as const;

/** Traffic comes in one way; a second one would be left out. */
const ingressHasOneWay: Rule = function* (configuration) {
  for (const { path, ingress } of ingressesOf(configuration)) {
    const [first, ...others] = ways.filter((way) => ingress[way] !== undefined);
    if (first === undefined) {
      yield finding(
        path,
        ingress,
        "it does not say how traffic gets into the cluster",
        `add one of ${ways.join(", ")}, for example externalLoadBalancer: {}`,
      );
    }
    for (const other of others) {
      yield finding(
        `${path}.${other}`,
        ingress[other],
        `${path}.${first ?? ""} is set too, and the two exclude each other`,
        `choose either ${first ?? ""} or ${other}`,
      );
    }
  }
};

/** The group that traffic arrives at exists. */
const frontendsExist: Rule = function* (configuration) {
  for (const one of ingressesOf(configuration)) {
    const { path, ingress, place } = one;
    const { cluster, pathOf } = place;
    if (frontendsOf(one).length > 0) continue;
    const names = nodeGroupsOfCluster(place)
      .filter(({ isMaster }) => !isMaster)
      .map((group) => group.name);
    const isElsewhere = cluster.controlPlane === "elsewhere";
    const add = `add a group of this name to ${pathOf(isElsewhere ? "ephemeralNodeGroups" : "nodeGroups")}`;
    yield finding(
      `${path}.nodeGroup`,
      ingress.nodeGroup,
      "there is no such node group, and traffic would have nowhere to go",
      names.length === 0 ? add : `write one of ${names.join(", ")}, or ${add}`,
    );
  }
};

/** The group that traffic arrives at has nodes. */
const frontendsHaveNodes: Rule = function* (configuration) {
  for (const group of ingressesOf(configuration).flatMap(frontendsOf)) {
    const key = group.isEphemeral ? "maxPerZone" : "replicas";
    if (group[key] !== 0) continue;
    yield finding(
      `${group.path}.${key}`,
      group[key],
      "incoming traffic goes to this group, which would have no nodes",
      "write 1 or more; 2 survive the loss of one",
    );
  }
};

/**
 * The nodes that traffic arrives at carry the label that they are found by.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/docs/EXAMPLES.md`.
 */
const frontendsHaveTheirLabel: Rule = function* (configuration) {
  for (const group of ingressesOf(configuration).flatMap(frontendsOf)) {
    const labels = group.nodeTemplate?.labels;
    if (labels?.[frontendLabel] === "") continue;
    yield finding(
      `${group.path}.nodeTemplate.labels`,
      labels,
      `the ingress controller looks for nodes with the label ${frontendLabel}, and would find none`,
      `add "${frontendLabel}": ""`,
    );
  }
};

/**
 * With MetalLB in BGP mode, frontend nodes have two adapters: that of the cluster, and one in the VLAN of the routers,
 * which has DHCP, because the platform gives nodes no address on additional networks.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`.
 */
const frontendsReachTheRouters: Rule = function* (configuration) {
  for (const one of ingressesOf(configuration)) {
    const { region } = one.place;
    const network = one.ingress.metallbBGP?.network;
    if (network === undefined) continue;
    for (const { path, instanceClass } of frontendsOf(one)) {
      const { additionalNetworks = [] } = instanceClass;
      if (additionalNetworks.some((one) => isSameNetwork(region.datacenter, one, network))) {
        continue;
      }
      yield finding(
        `${path}.instanceClass.additionalNetworks`,
        instanceClass.additionalNetworks,
        `frontend nodes need a second adapter, in ${network}, to reach the routers of ${one.path}.metallbBGP`,
        `add ${network}`,
      );
    }
  }
};

/** The VLAN of the routers is described, and has DHCP. */
const routersNetworkHasDhcp: Rule = function* (configuration) {
  for (const { path: base, ingress, place } of ingressesOf(configuration)) {
    const { region, cluster, pathOf } = place;
    const written = ingress.metallbBGP?.network;
    if (written === undefined) continue;
    const path = `${base}.metallbBGP.network`;
    const network = networkNamed(region.datacenter, cluster, written);
    if (network === undefined) {
      yield finding(
        path,
        written,
        `${pathOf("networks")} does not describe this network, so nobody knows which addresses nodes get there`,
        "describe it there, and say whether it has DHCP",
      );
    } else if (!network.dhcp) {
      yield finding(
        path,
        written,
        "it has no DHCP, and frontend nodes would get no address in it, because the platform assigns none there",
        "run a DHCP server in this VLAN, and set dhcp of the network to true",
      );
    }
  }
};

/** What has to hold for the way that traffic comes in, and for the nodes that it arrives at. */
export const frontendRules: readonly Rule[] = [
  ingressHasOneWay,
  frontendsExist,
  frontendsHaveNodes,
  frontendsHaveTheirLabel,
  frontendsReachTheRouters,
  routersNetworkHasDhcp,
];
