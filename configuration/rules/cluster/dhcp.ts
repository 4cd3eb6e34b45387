import { networkNamed } from "../../networks";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { mainNetworkOf, nodeGroupsOf, type NodeGroupPlace } from "./nodeGroupPlaces";

/**
 * On a main network without DHCP, nodes have static addresses; others would come up without any.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md` (networks).
 */
export const nodesWithoutDhcpHaveAddresses: Rule = (draft, faulty) =>
  nodeGroupsOf(draft)
    .filter((group) => !group.isEphemeral && lacksDhcp(group))
    .flatMap(({ path, instanceClass }) => {
      const key = `${path}.instanceClass.mainNetworkIPAddresses`;
      return instanceClass.mainNetworkIPAddresses !== undefined || faulty(key)
        ? []
        : [
            finding(
              key,
              undefined,
              `the main network ${instanceClass.mainNetwork ?? ""} has no DHCP, and the nodes would get no address`,
              "list one address for each node, or set dhcp of the network to true if it has a server",
            ),
          ];
    });

/**
 * Nodes that Deckhouse orders know DHCP only.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/` (VsphereInstanceClass).
 */
export const ephemeralNodesHaveDhcp: Rule = (draft) =>
  nodeGroupsOf(draft)
    .filter((group) => group.isEphemeral && lacksDhcp(group))
    .map((group) =>
      finding(
        `${group.path}.instanceClass.mainNetwork`,
        group.instanceClass.mainNetwork,
        `the main network ${mainNetworkOf(group) ?? ""} has no DHCP, and nodes that Deckhouse ` +
          "orders would get no address",
        "name a network with DHCP",
      ),
    );

function lacksDhcp(group: NodeGroupPlace): boolean {
  const { region, cluster } = group.cluster;
  return networkNamed(region.datacenter ?? "", cluster, mainNetworkOf(group))?.dhcp === false;
}
