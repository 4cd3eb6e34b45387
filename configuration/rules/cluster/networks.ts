import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import { comparableObject, isInside, networkPath, objectName } from "../../inventoryPaths";
import { overlap, parseInterface } from "../../ipv4";
import { isSameNetwork, networkNamed } from "../../networks";
import { repetitionsOf, valuesOf, type ValuePlace } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import {
  mainNetworkOf,
  nodeGroupsOf,
  nodeGroupsOfCluster,
  type NodeGroupPlace,
} from "./nodeGroupPlaces";
import { outsideOfRegion } from "./outside";

/** A network that a node group names. */
interface NamedNetwork extends ValuePlace<string> {
  readonly group: NodeGroupPlace;
}

/**
 * Every network of a node group is described: the program has to know which addresses nodes get there.
 *
 * Source: issue 5.
 */
export const networksAreDescribed: Rule = (draft, faulty) =>
  namedNetworks(nodeGroupsOf(draft)).flatMap(({ path, value, group }) => {
    const { region, cluster, pathOf } = group.cluster;
    const list = pathOf("networks");
    if (
      region.datacenter === undefined ||
      cluster.networks === undefined ||
      faulty(list) ||
      networkNamed(region.datacenter, cluster, value) !== undefined
    ) {
      return [];
    }
    const known = valuesOf(list, cluster.networks).map(({ value: network }) => network.path);
    return [
      finding(
        path,
        value,
        `${list} does not describe this network, so nobody knows which addresses nodes get there`,
        `write one of ${known.join(", ")}, or describe it there`,
      ),
    ];
  });

/** A network is described once. */
export const networksAreDistinct: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) =>
    repetitionsOf(networkPaths(place), (path) =>
      comparableObject(place.region.datacenter ?? "", "network", path),
    ).map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same network, and the two may say different things of it`,
        "describe each network once",
      ),
    ),
  );

/**
 * Networks of one name are reported alike: Deckhouse compares names, whatever folders they are in.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (`internalNetworkNames`).
 */
export const networkNamesAreClear: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ region: { datacenter = "" }, cluster, pathOf }) => {
    // What is outside, or described twice, is said of by others.
    const networks = valuesOf(pathOf("networks"), cluster.networks).flatMap(({ path, value }) => {
      const { path: written = "", nodeAddress } = value;
      return isInside(datacenter, "network", networkPath(datacenter, written))
        ? [{ path, written, name: objectName(written), nodeAddress }]
        : [];
    });
    return networks.flatMap(({ path, written, name, nodeAddress }, index) => {
      const first = networks
        .slice(0, index)
        .find(
          (other) =>
            other.name === name &&
            other.nodeAddress !== nodeAddress &&
            !isSameNetwork(datacenter, other.written, written),
        );
      return first === undefined
        ? []
        : [
            finding(
              `${path}.nodeAddress`,
              nodeAddress,
              `${first.path} has the same name, ${name}, by which alone Deckhouse knows networks, and another nodeAddress`,
              "give both the same nodeAddress, or use another network",
            ),
          ];
    });
  });

/** A network lies in the datacenter of its region. Groups name others only where none are described. */
export const networksAreInside: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const { datacenter } = place.region;
    const paths =
      place.cluster.networks === undefined
        ? namedNetworks(nodeGroupsOfCluster(place))
        : networkPaths(place);
    return paths.flatMap(({ path, value }) =>
      outsideOfRegion({ path, written: value, datacenter }, "network"),
    );
  });

/**
 * Masters have one additional network at most: they get the same address on each of them.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
export const mastersHaveOneAdditionalNetwork: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, isMaster, instanceClass }) => {
    const networks = instanceClass.additionalNetworks ?? [];
    return !isMaster || networks.length < 2
      ? []
      : [
          finding(
            `${path}.instanceClass.additionalNetworks`,
            networks,
            "a master gets the same address on each of its additional networks, which conflict",
            "leave the masters one additional network, and put the others on node groups",
          ),
        ];
  });

/** The adapters of a node are in different networks. */
export const adaptersAreInDifferentNetworks: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap((group) => {
    const { datacenter = "" } = group.cluster.region;
    return namedNetworks([group]).flatMap(({ path, value }, index, all) => {
      const first = all.slice(0, index).find((one) => isSameNetwork(datacenter, one.value, value));
      return first === undefined
        ? []
        : [
            finding(
              path,
              value,
              `${first.path} is the same network, and the node would have two adapters in it`,
              "remove one of the two",
            ),
          ];
    });
  });

/**
 * The adapters of a node are in different subnets, where those are known: it would send packets out of the wrong one.
 * Node groups may well know one subnet by two networks, for example of different switches.
 *
 * Source: the routing of Linux knows one way to a subnet; RFC 1122, section 3.3.4.
 */
export const adaptersAreInDifferentSubnets: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap((group) => {
    const { datacenter = "" } = group.cluster.region;
    const adapters = namedNetworks([group]).flatMap(({ path, value }) => {
      const network = networkNamed(datacenter, group.cluster.cluster, value);
      return network?.subnet === undefined
        ? []
        : [{ path, value, network, range: parseInterface(network.subnet).network }];
    });
    return adapters.flatMap(({ path, value, network, range }, index) => {
      const first = adapters
        .slice(0, index)
        .find((other) => other.network !== network && overlap(other.range, range));
      return first === undefined
        ? []
        : [
            finding(
              path,
              value,
              `its subnet ${network.subnet ?? ""} overlaps with that of ${first.value}, in which the node has an adapter ` +
                "too, and packets would take the wrong one",
              "name a network with another subnet, or correct the subnets",
            ),
          ];
    });
  });

/**
 * Nodes that Deckhouse orders take the main network of the masters; where those are elsewhere, there is none to take.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/` (VsphereInstanceClass).
 */
export const orderedNodesHaveMainNetworks: Rule = (draft, faulty) =>
  nodeGroupsOf(draft)
    .filter(
      (group) =>
        group.isEphemeral &&
        group.cluster.cluster.controlPlane === "elsewhere" &&
        mainNetworkOf(group) === undefined &&
        !faulty(`${group.path}.instanceClass`),
    )
    .map(({ path }) =>
      finding(
        `${path}.instanceClass.mainNetwork`,
        undefined,
        "the masters are elsewhere, so the nodes have no main network to take from them, and could not be made",
        "name the network here",
      ),
    );

/**
 * Nodes on a public network have a second one, the node network of the cluster.
 *
 * Source: the first setup guide of the provider (issue 5): the VLAN with DHCP and Internet is the node network unless
 * its addresses are public.
 */
export const publicNodesHaveAnInternalNetwork: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap((group) => {
    const { path, cluster: place, instanceClass } = group;
    const { region, cluster } = place;
    const { datacenter } = region;
    const main = mainNetworkOf(group);
    if (
      datacenter === undefined ||
      networkNamed(datacenter, cluster, main)?.nodeAddress !== "external"
    ) {
      return [];
    }
    const others = valuesOf("", instanceClass.additionalNetworks);
    const hasInternal = others.some(({ value }) =>
      ["internal", "both"].includes(networkNamed(datacenter, cluster, value)?.nodeAddress ?? ""),
    );
    return hasInternal
      ? []
      : [
          finding(
            `${path}.instanceClass.additionalNetworks`,
            instanceClass.additionalNetworks,
            `the main network ${main ?? ""} has public addresses, and the nodes have no internal network for the ` +
              "traffic among them",
            "add a network whose nodeAddress is internal",
          ),
        ];
  });

/** The networks that groups name: the main one first, then the additional ones. */
function namedNetworks(groups: readonly NodeGroupPlace[]): NamedNetwork[] {
  return groups.flatMap((group) => {
    const { path, instanceClass } = group;
    const main = instanceClass.mainNetwork;
    return [
      ...(main === undefined ? [] : [{ path: `${path}.instanceClass.mainNetwork`, value: main }]),
      ...valuesOf(`${path}.instanceClass.additionalNetworks`, instanceClass.additionalNetworks),
    ].map((place) => ({ ...place, group }));
  });
}

function networkPaths({ cluster, pathOf }: ClusterConfigurationPlace): ValuePlace<string>[] {
  return valuesOf(pathOf("networks"), cluster.networks).flatMap(({ path, value }) =>
    value.path === undefined ? [] : [{ path: `${path}.path`, value: value.path }],
  );
}
