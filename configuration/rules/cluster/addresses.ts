import { finding } from "../../../findings/finding";
import { clusterConfigurationsOf, repetitionsOf, type ValuePlace, type Rule } from "../../places";
import { isHostAddress, networkText, overlap, parseAddress, parseInterface } from "../../networks";
import {
  addressPlaces,
  fixedAddresses,
  mainNetworkPlace,
  nodeGroupsOf,
  nodeGroupsOfCluster,
  staticAddresses,
} from "./nodeGroupPlaces";
import { addressesOfMasters } from "./subnets";

/**
 * With static addresses there is one for each node: with fewer, the list begins again and nodes share an address. Spare
 * ones at the end do no harm.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
const everyNodeHasAnAddress: Rule = function* (configuration) {
  for (const { path, replicas = 0, instanceClass } of nodeGroupsOf(configuration)) {
    const addresses = instanceClass.mainNetworkIPAddresses;
    if (addresses === undefined || addresses.length >= replicas) continue;
    yield finding(
      `${path}.instanceClass.mainNetworkIPAddresses`,
      addresses,
      `replicas is ${replicas}, and the installer would start over at the top of the list, so that nodes share an address`,
      "list one address for each node, or remove the key to use DHCP",
    );
  }
};

/**
 * A static address is one that a machine can have, not that of a network or for broadcasts.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/variables.tf`
 * ("Invalid address in mainNetworkIPAddresses.").
 */
const addressesAreHosts: Rule = function* (configuration) {
  for (const { path, value } of nodeGroupsOf(configuration).flatMap(addressPlaces)) {
    const { address, network } = parseInterface(value);
    if (isHostAddress(network, address)) continue;
    yield finding(
      path,
      value,
      "it is the address of a network or its broadcast address, and the installer would stop with " +
        '"Invalid address in mainNetworkIPAddresses."',
      "write the address of the node",
    );
  }
};

/** A static address is one of its network, where the network's subnet is known. */
const addressesAreOfTheirNetwork: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    const subnet = mainNetworkPlace(group)?.value.subnet;
    if (subnet === undefined) continue;
    const { network } = parseInterface(subnet);
    for (const { path, value } of addressPlaces(group)) {
      const node = parseInterface(value).network;
      if (node.first === network.first && node.last === network.last) continue;
      yield finding(
        path,
        value,
        `the main network has the subnet ${networkText(network)}, in which the node could reach nothing`,
        `write an address of that subnet, with /${network.prefixLength}`,
      );
    }
  }
};

/** A static address has a gateway: its own or that of the network. Deckhouse refuses one without. */
const staticAddressesHaveGateways: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    for (const { path, gateway } of staticAddresses(group)) {
      if (gateway !== undefined) continue;
      yield finding(
        `${path}.gateway`,
        undefined,
        "the address has no gateway, and Deckhouse would refuse the document",
        `add it here, or to the network in ${group.cluster.pathOf("networks")}`,
      );
    }
  }
};

/** The gateway of a static address is another address of the same network; no other can be reached. */
const gatewaysAreReachable: Rule = function* (configuration) {
  for (const { node, gateway } of nodeGroupsOf(configuration).flatMap(staticAddresses)) {
    if (gateway === undefined) continue;
    const { address, network } = parseInterface(node.value);
    const router = parseAddress(gateway.value);
    if (router !== address && isHostAddress(network, router)) continue;
    yield finding(
      gateway.path,
      gateway.value,
      `the node ${node.value} could not reach it`,
      `write the router's address in ${networkText(network)}`,
    );
  }
};

/** No two nodes of a region have the same static address. */
const addressesAreDistinct: Rule = function* (configuration) {
  for (const cluster of clusterConfigurationsOf(configuration)) {
    const places = nodeGroupsOfCluster(cluster).flatMap(addressPlaces);
    for (const { first, repeated } of repetitionsOf(places, addressOf)) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same address, and the two nodes would get in each other's way`,
        "give each node an address of its own",
      );
    }
  }
};

/**
 * The addresses that the installer gives to the masters on their additional network are neither of other nodes nor of
 * a gateway.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
const addressesOfMastersAreFree: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const masters = addressesOfMasters(place);
    if (masters === undefined) continue;
    for (const { path, value, range } of fixedAddresses(place)) {
      if (!overlap(masters.range, range)) continue;
      yield finding(
        path,
        value,
        `the masters get the tenth address of ${masters.subnet.written} and those after it, and two machines would have ` +
          "the same address",
        "write another address",
      );
    }
  }
};

/** No node has the address of a gateway: packets would not leave the network. */
const addressesAreNoGateways: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const nodes = nodeGroupsOfCluster(place).flatMap(staticAddresses);
    for (const { node, gateway: own } of nodes) {
      const taken = nodes.find(({ gateway }) => isSameAddress(node, gateway))?.gateway;
      // gatewaysAreReachable says it of a node that is its own gateway.
      if (taken === undefined || isSameAddress(node, own)) continue;
      yield finding(
        node.path,
        node.value,
        `${taken.path} is the same address, and nodes could not leave their network`,
        "give the node an address of its own",
      );
    }
  }
};

function isSameAddress(one: ValuePlace<string>, other: ValuePlace<string> | undefined): boolean {
  return other !== undefined && addressOf(one.value) === addressOf(other.value);
}

/** The address without the length of its prefix, in its one form. */
function addressOf(written: string): string {
  return String(parseInterface(written).address);
}

/** What has to hold for the static addresses of nodes. */
export const addressRules: readonly Rule[] = [
  everyNodeHasAnAddress,
  addressesAreHosts,
  addressesAreOfTheirNetwork,
  staticAddressesHaveGateways,
  gatewaysAreReachable,
  addressesAreDistinct,
  addressesOfMastersAreFree,
  addressesAreNoGateways,
];
