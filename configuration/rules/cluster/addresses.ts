import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { isHostAddress, networkText, parseAddress, parseInterface } from "../../ipv4";
import { repetitionsOf, valuesOf } from "../../places";
import { problem } from "../../problems";
import type { Rule } from "../rule";
import { nodeGroupsOf, nodeGroupsOfCluster, type NodeGroupPlace } from "./nodeGroupPlaces";

/**
 * With static addresses there is one for each node: with fewer, the list begins again and nodes share an
 * address. Spare ones at the end do no harm.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
export const everyNodeHasAnAddress: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, replicas, instanceClass }) => {
    const addresses = instanceClass.mainNetworkIPAddresses;
    return addresses === undefined || replicas === undefined || addresses.length >= replicas
      ? []
      : [
          problem(
            `${path}.instanceClass.mainNetworkIPAddresses`,
            addresses,
            `there are ${replicas} nodes, and the list would begin again, so that nodes share an address`,
            "list one address for each node, or leave the key out for DHCP",
          ),
        ];
  });

/**
 * A static address is one a machine can have, not that of a network or for broadcasts.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/variables.tf`
 * ("Invalid address in mainNetworkIPAddresses.").
 */
export const addressesAreHosts: Rule = (draft) =>
  nodeGroupsOf(draft)
    .flatMap(addressPlaces)
    .filter(({ value }) => {
      const { address, network } = parseInterface(value);
      return !isHostAddress(network, address);
    })
    .map(({ path, value }) =>
      problem(
        path,
        value,
        'it names a network or all its hosts, and the installer would stop with "Invalid address in ' +
          'mainNetworkIPAddresses."',
        "write the address of the node",
      ),
    );

/** The gateway of a static address is another address of the same network; no other can be reached. */
export const gatewaysAreReachable: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, instanceClass }) =>
    valuesOf(
      `${path}.instanceClass.mainNetworkIPAddresses`,
      instanceClass.mainNetworkIPAddresses,
    ).flatMap((place) => {
      const { address, gateway } = place.value;
      if (address === undefined || gateway === undefined) {
        return [];
      }
      const node = parseInterface(address);
      const router = parseAddress(gateway);
      return router !== node.address && isHostAddress(node.network, router)
        ? []
        : [
            problem(
              `${place.path}.gateway`,
              gateway,
              `the node ${address} could not reach it`,
              `write the router's address in ${networkText(node.network)}`,
            ),
          ];
    }),
  );

/** No two nodes of a region have the same static address. */
export const addressesAreDistinct: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((cluster) =>
    repetitionsOf(nodeGroupsOfCluster(cluster).flatMap(addressPlaces), (address) =>
      String(parseInterface(address).address),
    ).map(({ first, repeated }) =>
      problem(
        repeated.path,
        repeated.value,
        `${first.path} is the same address, and two nodes would get in each other's way`,
        "give each node an address of its own",
      ),
    ),
  );

function addressPlaces({ path, instanceClass }: NodeGroupPlace): { path: string; value: string }[] {
  return valuesOf(
    `${path}.instanceClass.mainNetworkIPAddresses`,
    instanceClass.mainNetworkIPAddresses,
  ).flatMap((place) =>
    place.value.address === undefined
      ? []
      : [{ path: `${place.path}.address`, value: place.value.address }],
  );
}
