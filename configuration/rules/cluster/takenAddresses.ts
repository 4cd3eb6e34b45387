import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { overlap, parseInterface } from "../../ipv4";
import type { ValuePlace } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { staticAddresses } from "./addresses";
import { fixedAddresses } from "./fixedAddresses";
import { nodeGroupsOfCluster } from "./nodeGroupPlaces";
import { addressesOfMasters } from "./subnets";

/**
 * The addresses that the installer gives to the masters on their additional network are neither of other nodes nor of
 * a gateway.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
export const addressesOfMastersAreFree: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const masters = addressesOfMasters(place);
    if (masters === undefined) {
      return [];
    }
    return fixedAddresses(place)
      .filter(({ range }) => overlap(masters.range, range))
      .map(({ path, value }) =>
        finding(
          path,
          value,
          `the masters get the tenth address of ${masters.subnet.written} and those after it, and two machines would get ` +
            "in each other's way",
          "write another address",
        ),
      );
  });

/** No node has the address of a gateway: packets would not leave the network. */
export const addressesAreNoGateways: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const nodes = nodeGroupsOfCluster(place).flatMap(staticAddresses);
    return nodes.flatMap(({ node, gateway: own }) => {
      const taken = nodes.find(({ gateway }) => isSameAddress(node, gateway))?.gateway;
      // gatewaysAreReachable says it of a node that is its own gateway.
      return taken === undefined || isSameAddress(node, own)
        ? []
        : [
            finding(
              node.path,
              node.value,
              `${taken.path} is the same address, and nodes could not leave their network`,
              "give the node an address of its own",
            ),
          ];
    });
  });

function isSameAddress(one: ValuePlace<string>, other: ValuePlace<string> | undefined): boolean {
  return (
    other !== undefined && parseInterface(one.value).address === parseInterface(other.value).address
  );
}
