import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import { networkText, overlap, parseInterface, type Ipv4Network, type Ipv4Range } from "../../ipv4";
import { podSubnetOf, serviceSubnetOf } from "../../kubernetesNetworks";
import { networkOfMasters, networkPlaceNamed } from "../../networks";
import { valuesOf } from "../../places";
import { finding, type Finding } from "../../../findings/finding";
import type { Rule } from "../rule";

/** The installer counts the masters' addresses from this one of the network. */
const firstMasterAddress = 10;

/** A subnet that the configuration names, or takes for granted. */
interface Subnet {
  readonly path: string;
  readonly written: string;
  readonly network: Ipv4Network;
}

/**
 * A subnet is the address of a network: all bits after the prefix are zero.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/variables.tf`.
 */
export const subnetsAreNetworks: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) =>
    [...nodeSubnets(place), ...writtenKubernetesSubnets(place)].flatMap(
      ({ path, written, network }) => {
        const isOfMasters = path === subnetOfMasters(place)?.path;
        return parseInterface(written).address === network.first
          ? []
          : [
              finding(
                path,
                written,
                "it is an address in a network, and the installer would " +
                  (isOfMasters
                    ? 'stop with "Invalid internalNetworkCIDR in VsphereClusterConfiguration."'
                    : "not take it for one"),
                `write the network's own address, ${networkText(network)}`,
              ),
            ];
      },
    ),
  );

/**
 * The subnet of the masters' network is known: Deckhouse's `internalNetworkCIDR`. Its documents disagree on when that
 * is needed; the installer fails without.
 *
 * Source: as above.
 */
export const subnetOfMastersIsKnown: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const found = networkOfMastersPlace(place);
    return found === undefined ||
      place.cluster.controlPlane === "elsewhere" ||
      found.value.subnet !== undefined ||
      faulty(`${found.path}.subnet`)
      ? []
      : [
          finding(
            `${found.path}.subnet`,
            undefined,
            "the masters reach each other on this network, and the installer would stop without its " +
              "internalNetworkCIDR",
            "add its subnet, for example 10.20.0.0/24",
          ),
        ];
  });

/**
 * Masters with a second network get their addresses there from `internalNetworkCIDR`, beginning with the
 * tenth; so it has to be large enough.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md` and
 * `candi/terraform-modules/master-node/main.tf` of the same module.
 */
export const subnetHasRoomForMasters: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const masters = addressesOfMasters(place);
    return masters === undefined || masters.range.last < masters.subnet.network.last
      ? []
      : [
          finding(
            masters.subnet.path,
            masters.subnet.written,
            `the masters get addresses in it from the tenth on, and it has none for ${masters.count} masters`,
            "write a larger network, or give the masters no additional network",
          ),
        ];
  });

/**
 * Nodes, pods and services have addresses of their own: packets would take the wrong way.
 *
 * Source: Kubernetes, "Cluster Networking".
 */
export const subnetsAreApart: Rule = (draft) =>
  clusterConfigurationsOf(draft)
    .filter(({ cluster }) => cluster.controlPlane !== "elsewhere")
    .flatMap((place) => {
      const { pods, services } = kubernetesSubnets(place);
      return [
        ...nodeSubnets(place).flatMap((subnet) => [
          ...conflict(subnet, pods, "pods"),
          ...conflict(subnet, services, "services"),
        ]),
        ...conflict(services, pods, "pods"),
      ];
    });

/** The subnets of a cluster's networks. */
export function nodeSubnets({ cluster, pathOf }: ClusterConfigurationPlace): Subnet[] {
  return valuesOf(pathOf("networks"), cluster.networks).flatMap(({ path, value }) =>
    value.subnet === undefined ? [] : [subnetAt(`${path}.subnet`, value.subnet)],
  );
}

/** The addresses of pods and services, also where the configuration does not name them. */
export function kubernetesSubnets({ cluster, pathOf }: ClusterConfigurationPlace): {
  readonly pods: Subnet;
  readonly services: Subnet;
} {
  return {
    pods: subnetAt(pathOf("podSubnetCIDR"), podSubnetOf(cluster)),
    services: subnetAt(pathOf("serviceSubnetCIDR"), serviceSubnetOf(cluster)),
  };
}

/** The subnet of the network that the masters reach each other on. */
function subnetOfMasters(place: ClusterConfigurationPlace): Subnet | undefined {
  const found = networkOfMastersPlace(place);
  return found?.value.subnet === undefined
    ? undefined
    : subnetAt(`${found.path}.subnet`, found.value.subnet);
}

/**
 * The addresses that the installer gives to the masters on their additional network: the tenth of its subnet and those
 * after it.
 *
 * @param place the cluster
 * @returns undefined where masters have no additional network, or too little is known
 */
export function addressesOfMasters(
  place: ClusterConfigurationPlace,
): { readonly subnet: Subnet; readonly range: Ipv4Range; readonly count: number } | undefined {
  const { replicas: count, instanceClass } = place.cluster.masterNodeGroup ?? {};
  const subnet = subnetOfMasters(place);
  if (
    subnet === undefined ||
    count === undefined ||
    (instanceClass?.additionalNetworks ?? []).length === 0
  ) {
    return undefined;
  }
  const first = subnet.network.first + firstMasterAddress;
  return { subnet, range: { first, last: first + count - 1 }, count };
}

function networkOfMastersPlace(
  place: ClusterConfigurationPlace,
): ReturnType<typeof networkPlaceNamed> {
  const { region, cluster, pathOf } = place;
  const found = networkPlaceNamed(region.datacenter ?? "", cluster, networkOfMasters(cluster));
  return found && { ...found, path: `${pathOf("networks")}${found.path}` };
}

function writtenKubernetesSubnets(place: ClusterConfigurationPlace): Subnet[] {
  const { pods, services } = kubernetesSubnets(place);
  return [
    ...(place.cluster.podSubnetCIDR === undefined ? [] : [pods]),
    ...(place.cluster.serviceSubnetCIDR === undefined ? [] : [services]),
  ];
}

function conflict(subnet: Subnet, other: Subnet, whose: string): Finding[] {
  return overlap(subnet.network, other.network)
    ? [
        finding(
          subnet.path,
          subnet.written,
          `the addresses of ${whose}, ${other.written}, overlap with it, and packets would take the wrong way`,
          `write another subnet, here or as ${other.path}`,
        ),
      ]
    : [];
}

function subnetAt(path: string, written: string): Subnet {
  return { path, written, network: parseInterface(written).network };
}
