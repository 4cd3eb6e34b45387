import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { frontendLabel } from "../../frontendLabel";
import { isSameNetwork, networkNamed } from "../../networks";
import { valuesOf } from "../../places";
import { finding } from "../../../findings/finding";
import { nodeGroupsOfCluster, type NodeGroupPlace } from "../cluster/nodeGroupPlaces";
import type { Rule } from "../rule";

/** The group that traffic arrives at exists. */
export const frontendsExist: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const { cluster, pathOf } = place;
    const name = cluster.ingress?.nodeGroup;
    const groups = nodeGroupsOfCluster(place);
    if (
      name === undefined ||
      groups.some((group) => !group.isMaster && [name, undefined].includes(group.name)) ||
      faulty(pathOf("nodeGroups")) ||
      faulty(pathOf("ephemeralNodeGroups"))
    ) {
      return [];
    }
    const others = groups.filter(({ isMaster }) => !isMaster).map((group) => group.name);
    const list = pathOf(
      cluster.controlPlane === "elsewhere" ? "ephemeralNodeGroups" : "nodeGroups",
    );
    return [
      finding(
        `${pathOf("ingress")}.nodeGroup`,
        name,
        "there is no such node group, and traffic would arrive nowhere",
        others.length === 0
          ? `add a group of this name to ${list}`
          : `write one of ${others.join(", ")}, or add a group of this name to ${list}`,
      ),
    ];
  });

/** The group that traffic arrives at has nodes. */
export const frontendsHaveNodes: Rule = (draft) =>
  clusterConfigurationsOf(draft)
    .flatMap(frontendsOf)
    .flatMap(({ path, isEphemeral, replicas, maxPerZone }) => {
      const [key, count] = isEphemeral ? ["maxPerZone", maxPerZone] : ["replicas", replicas];
      return count !== 0
        ? []
        : [
            finding(
              `${path}.${key}`,
              count,
              "traffic arrives at this group, which would have no nodes",
              "write 1 or more; 2 outlive the loss of one",
            ),
          ];
    });

/**
 * The nodes that traffic arrives at carry the label that they are found by.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/docs/EXAMPLES.md`.
 */
export const frontendsHaveTheirLabel: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap((place) =>
    frontendsOf(place)
      .filter(
        ({ path, nodeTemplate }) =>
          nodeTemplate?.labels?.[frontendLabel] !== "" && !faulty(`${path}.nodeTemplate`),
      )
      .map(({ path, nodeTemplate }) =>
        finding(
          `${path}.nodeTemplate.labels`,
          nodeTemplate?.labels,
          `the ingress controller looks for nodes with the label ${frontendLabel}, and would find none`,
          `add "${frontendLabel}": ""`,
        ),
      ),
  );

/**
 * With MetalLB in BGP mode, frontend nodes have two adapters: that of the cluster, and one in the VLAN of the routers,
 * which has DHCP, because the platform gives nodes no address on additional networks.
 *
 * Source: the first setup guide of the provider (issue 5); deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`.
 */
export const frontendsReachTheRouters: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const { region, cluster, pathOf } = place;
    const { datacenter } = region;
    const network = cluster.ingress?.metallbBGP?.network;
    if (network === undefined || datacenter === undefined) {
      return [];
    }
    return frontendsOf(place)
      .filter(
        ({ instanceClass }) =>
          !valuesOf("", instanceClass.additionalNetworks).some(({ value }) =>
            isSameNetwork(datacenter, value, network),
          ),
      )
      .map(({ path, instanceClass }) =>
        finding(
          `${path}.instanceClass.additionalNetworks`,
          instanceClass.additionalNetworks,
          `frontend nodes need a second adapter, in ${network}, to reach the routers of ${pathOf("ingress")}.metallbBGP`,
          `add ${network}`,
        ),
      );
  });

/** The VLAN of the routers is described, and has DHCP. */
export const routersNetworkHasDhcp: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap(({ region, cluster, pathOf }) => {
    const written = cluster.ingress?.metallbBGP?.network;
    const path = `${pathOf("ingress")}.metallbBGP.network`;
    if (written === undefined || region.datacenter === undefined || faulty(pathOf("networks"))) {
      return [];
    }
    const network = networkNamed(region.datacenter, cluster, written);
    if (network === undefined) {
      return [
        finding(
          path,
          written,
          `${pathOf("networks")} does not describe this network, so nobody knows which addresses nodes get there`,
          "describe it there, with its DHCP",
        ),
      ];
    }
    return network.dhcp !== false
      ? []
      : [
          finding(
            path,
            written,
            "it has no DHCP, and frontend nodes would get no address in it: the platform gives none there",
            "run a DHCP server in this VLAN, and set dhcp of the network to true",
          ),
        ];
  });

/** The groups that traffic arrives at: one, or none that could be read. */
export function frontendsOf(place: Parameters<typeof nodeGroupsOfCluster>[0]): NodeGroupPlace[] {
  const name = place.cluster.ingress?.nodeGroup;
  return name === undefined
    ? []
    : nodeGroupsOfCluster(place).filter((group) => group.name === name && !group.isMaster);
}
