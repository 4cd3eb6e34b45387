import type { InstanceClassDraft } from "../../clusterConfigurations";
import { clusterConfigurationsOf } from "../../clusterConfigurations";
import type { Network } from "../../clusterTypes";
import type { Draft } from "../../draft";
import { isHostAddress, networkText, parseAddress, parseInterface } from "../../ipv4";
import { networkPlaceNamed } from "../../networks";
import { repetitionsOf, valuesOf, type ValuePlace } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { nodeGroupsOf, nodeGroupsOfCluster, type NodeGroupPlace } from "./nodeGroupPlaces";

type AddressDraft = NonNullable<NonNullable<InstanceClassDraft["mainNetworkIPAddresses"]>[number]>;

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
          finding(
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
      finding(
        path,
        value,
        'it names a network or all its hosts, and the installer would stop with "Invalid address in ' +
          'mainNetworkIPAddresses."',
        "write the address of the node",
      ),
    );

/** A static address is one of its network, where the network's subnet is known. */
export const addressesAreOfTheirNetwork: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap((group) => {
    const subnet = mainNetworkPlace(group)?.value.subnet;
    return subnet === undefined
      ? []
      : addressPlaces(group).flatMap(({ path, value }) => {
          const { network } = parseInterface(subnet);
          const node = parseInterface(value);
          return node.network.first === network.first && node.network.last === network.last
            ? []
            : [
                finding(
                  path,
                  value,
                  `the main network has the subnet ${networkText(network)}, in which the node would reach nobody`,
                  `write an address of it, with /${network.prefixLength}`,
                ),
              ];
        });
  });

/** A static address has a gateway: its own or that of the network. Deckhouse refuses one without. */
export const staticAddressesHaveGateways: Rule = (draft, faulty) =>
  nodeGroupsOf(draft).flatMap((group) => {
    const { cluster, pathOf } = group.cluster;
    return (cluster.networks !== undefined &&
      mainNetworkPlace(group)?.value.gateway !== undefined) ||
      faulty(pathOf("networks"))
      ? []
      : staticPlaces(group)
          .filter(({ path, value }) => value.gateway === undefined && !faulty(path))
          .map(({ path }) =>
            finding(
              `${path}.gateway`,
              undefined,
              "the address has no gateway, and Deckhouse would refuse the document",
              `add it here, or to the network in ${pathOf("networks")}`,
            ),
          );
  });

/** The gateway of a static address is another address of the same network; no other can be reached. */
export const gatewaysAreReachable: Rule = (draft) =>
  nodeGroupsOf(draft)
    .flatMap(staticAddresses)
    .flatMap(({ node, gateway }) => {
      if (gateway === undefined) {
        return [];
      }
      const { address, network } = parseInterface(node.value);
      const router = parseAddress(gateway.value);
      return router !== address && isHostAddress(network, router)
        ? []
        : [
            finding(
              gateway.path,
              gateway.value,
              `the node ${node.value} could not reach it`,
              `write the router's address in ${networkText(network)}`,
            ),
          ];
    });

/** No two nodes of a region have the same static address. */
export const addressesAreDistinct: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((cluster) =>
    repetitionsOf(nodeGroupsOfCluster(cluster).flatMap(addressPlaces), (address) =>
      String(parseInterface(address).address),
    ).map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same address, and two nodes would get in each other's way`,
        "give each node an address of its own",
      ),
    ),
  );

/**
 * The static addresses of a group with their paths.
 *
 * @param group the group
 */
export function addressPlaces(group: NodeGroupPlace): ValuePlace<string>[] {
  return staticAddresses(group).map(({ node }) => node);
}

/** The address of a node, and its gateway: its own, or that of the network. */
interface StaticAddress {
  readonly node: ValuePlace<string>;
  readonly gateway: ValuePlace<string> | undefined;
}

/**
 * The static addresses of a group with their gateways.
 *
 * @param group the group
 */
export function staticAddresses(group: NodeGroupPlace): StaticAddress[] {
  return staticPlaces(group).flatMap((place) => {
    const { address } = place.value;
    return address === undefined
      ? []
      : [
          {
            node: { path: `${place.path}.address`, value: address },
            gateway: gatewayPlace(group, place),
          },
        ];
  });
}

function gatewayPlace(
  group: NodeGroupPlace,
  { path, value }: ValuePlace<AddressDraft>,
): ValuePlace<string> | undefined {
  if (value.gateway !== undefined) {
    return { path: `${path}.gateway`, value: value.gateway };
  }
  const network = mainNetworkPlace(group);
  return network?.value.gateway === undefined
    ? undefined
    : { path: `${network.path}.gateway`, value: network.value.gateway };
}

function staticPlaces({ path, instanceClass }: NodeGroupPlace): ValuePlace<AddressDraft>[] {
  return valuesOf(
    `${path}.instanceClass.mainNetworkIPAddresses`,
    instanceClass.mainNetworkIPAddresses,
  );
}

function mainNetworkPlace({
  cluster: { region, cluster, pathOf },
  instanceClass,
}: NodeGroupPlace): ValuePlace<Draft<Network>> | undefined {
  const found = networkPlaceNamed(region.datacenter ?? "", cluster, instanceClass.mainNetwork);
  return found && { ...found, path: `${pathOf("networks")}${found.path}` };
}
