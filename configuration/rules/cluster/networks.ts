import { finding } from "../../../findings/finding";
import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  repetitionsOf,
  valuesOf,
  type ValuePlace,
  type Rule,
} from "../../places";
import { comparableObject, isInside, networkPath, objectName } from "../../inventoryPaths";
import { overlap, parseInterface, isSameNetwork, networkNamed } from "../../networks";
import { mainNetworkOf, nodeGroupsOf, type NodeGroupPlace } from "./nodeGroupPlaces";

/** Every network of a node group is described: the program has to know which addresses nodes get there. */
const networksAreDescribed: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    const { region, cluster, pathOf } = group.cluster;
    // A cluster whose masters are elsewhere need not describe any.
    if (cluster.networks === undefined) continue;
    for (const { path, value } of networksOfGroup(group)) {
      if (networkNamed(region.datacenter, cluster, value) !== undefined) continue;
      yield finding(
        path,
        value,
        `${pathOf("networks")} does not describe this network, so nobody knows which addresses nodes get there`,
        `write one of ${cluster.networks.map((network) => network.path).join(", ")}, or describe it there`,
      );
    }
  }
};

/** A network is described once. */
const networksAreDistinct: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const { datacenter } = place.region;
    const comparable = (path: string): string => comparableObject(datacenter, "network", path);
    for (const { first, repeated } of repetitionsOf(describedNetworks(place), comparable)) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same network, and the two descriptions may contradict each other`,
        "describe each network once",
      );
    }
  }
};

/**
 * Networks of one name are reported alike: Deckhouse compares names, whatever folders they are in.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (`internalNetworkNames`).
 */
const networkNamesAreClear: Rule = function* (configuration) {
  for (const { region, cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const { datacenter } = region;
    // Networks that are outside, or described twice, are faults of other rules.
    const networks = valuesOf(pathOf("networks"), cluster.networks).filter(({ value }) =>
      isInside(datacenter, "network", networkPath(datacenter, value.path)),
    );
    for (const [index, { path, value }] of networks.entries()) {
      const name = objectName(value.path);
      const first = networks
        .slice(0, index)
        .find(
          ({ value: other }) =>
            objectName(other.path) === name &&
            other.nodeAddress !== value.nodeAddress &&
            !isSameNetwork(datacenter, other.path, value.path),
        );
      if (first === undefined) continue;
      yield finding(
        `${path}.nodeAddress`,
        value.nodeAddress,
        `${first.path} has another nodeAddress and the same name, ${name}, which is all that Deckhouse knows a network by`,
        "give both the same nodeAddress, or use another network",
      );
    }
  }
};

/**
 * Masters have one additional network at most: they get the same address on each of them.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
const mastersHaveOneAdditionalNetwork: Rule = function* (configuration) {
  for (const { path, isMaster, instanceClass } of nodeGroupsOf(configuration)) {
    const networks = instanceClass.additionalNetworks ?? [];
    if (!isMaster || networks.length < 2) continue;
    yield finding(
      `${path}.instanceClass.additionalNetworks`,
      networks,
      "a master gets the same address on each of its additional networks, and these would conflict",
      "leave the masters one additional network, and put the others on node groups",
    );
  }
};

/** The adapters of a node are in different networks. */
const adaptersAreInDifferentNetworks: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    const { datacenter } = group.cluster.region;
    const adapters = networksOfGroup(group);
    for (const [index, { path, value }] of adapters.entries()) {
      const first = adapters
        .slice(0, index)
        .find((other) => isSameNetwork(datacenter, other.value, value));
      if (first === undefined) continue;
      yield finding(
        path,
        value,
        `${first.path} is the same network, and the node would have two adapters in it`,
        "remove one of the two",
      );
    }
  }
};

/**
 * The adapters of a node are in different subnets, where those are known: it would send packets out of the wrong one.
 * Node groups may well know one subnet by two networks, for example of different switches.
 *
 * Source: the routing of Linux knows one way to a subnet; RFC 1122, section 3.3.4.
 */
const adaptersAreInDifferentSubnets: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    const { region, cluster } = group.cluster;
    const adapters = networksOfGroup(group).flatMap(({ path, value }) => {
      const network = networkNamed(region.datacenter, cluster, value);
      return network?.subnet === undefined
        ? []
        : [{ path, value, network, subnet: network.subnet }];
    });
    for (const [index, { path, value, network, subnet }] of adapters.entries()) {
      const range = parseInterface(subnet).network;
      const first = adapters
        .slice(0, index)
        .find(
          (other) =>
            other.network !== network && overlap(parseInterface(other.subnet).network, range),
        );
      if (first === undefined) continue;
      yield finding(
        path,
        value,
        `its subnet ${subnet} overlaps with that of ${first.value}, where the node has an adapter too, and packets could ` +
          "leave by the wrong one",
        "name a network with another subnet, or correct the subnets",
      );
    }
  }
};

/**
 * Ephemeral nodes take the main network of the masters; where those are elsewhere, there is none to take.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/` (VsphereInstanceClass).
 */
const ephemeralNodesHaveMainNetworks: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    const isElsewhere = group.cluster.cluster.controlPlane === "elsewhere";
    if (!isElsewhere || mainNetworkOf(group) !== undefined) continue;
    yield finding(
      `${group.path}.instanceClass.mainNetwork`,
      undefined,
      "the masters are elsewhere, so the nodes cannot take their main network from them, and could not be created",
      "name the network here",
    );
  }
};

/**
 * Nodes on a public network have a second one, the node network of the cluster.
 *
 * Source: the provider's `ENVIRONMENT.md` of deckhouse/deckhouse
 * (`ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/`): the VLAN with DHCP and Internet access is the node
 * network unless its addresses are public.
 */
const publicNodesHaveAnInternalNetwork: Rule = function* (configuration) {
  for (const group of nodeGroupsOf(configuration)) {
    const { path, cluster: place, instanceClass } = group;
    const nodeAddressOf = (network: string | undefined): string =>
      networkNamed(place.region.datacenter, place.cluster, network)?.nodeAddress ?? "";
    const main = mainNetworkOf(group);
    const additional = instanceClass.additionalNetworks;
    const hasInternal = additional?.some((network) =>
      ["internal", "both"].includes(nodeAddressOf(network)),
    );
    if (nodeAddressOf(main) !== "external" || hasInternal) continue;
    yield finding(
      `${path}.instanceClass.additionalNetworks`,
      additional,
      `the main network ${main ?? ""} has public addresses, and the nodes have no internal network for the traffic ` +
        "between them",
      "add a network whose nodeAddress is internal",
    );
  }
};

/** The networks that a group names: the main one first, then the additional ones. */
export function networksOfGroup({ path, instanceClass }: NodeGroupPlace): ValuePlace<string>[] {
  const { mainNetwork: value, additionalNetworks } = instanceClass;
  const main = value === undefined ? [] : [{ path: `${path}.instanceClass.mainNetwork`, value }];
  return [...main, ...valuesOf(`${path}.instanceClass.additionalNetworks`, additionalNetworks)];
}

/** The names of the networks that a cluster configuration describes. */
export function describedNetworks(place: ClusterConfigurationPlace): ValuePlace<string>[] {
  const networks = valuesOf(place.pathOf("networks"), place.cluster.networks);
  return networks.map(({ path, value }) => ({ path: `${path}.path`, value: value.path }));
}

/** What has to hold for the networks of a cluster, and for the adapters of its nodes in them. */
export const networkRules: readonly Rule[] = [
  networksAreDescribed,
  networksAreDistinct,
  networkNamesAreClear,
  mastersHaveOneAdditionalNetwork,
  adaptersAreInDifferentNetworks,
  adaptersAreInDifferentSubnets,
  ephemeralNodesHaveMainNetworks,
  publicNodesHaveAnInternalNetwork,
];
