import type { ClusterConfigurationPlace } from "../../clusterConfigurations";
import { parseInterface, type Ipv4Range } from "../../ipv4";
import { valuesOf, type ValuePlace } from "../../places";
import { staticAddresses } from "./addresses";
import { nodeGroupsOfCluster } from "./nodeGroupPlaces";

/** An address that a machine has for good, as the configuration writes it. */
export interface FixedAddress extends ValuePlace<string> {
  readonly kind: "node" | "gateway";
  readonly range: Ipv4Range;
}

/**
 * The addresses that the configuration gives to nodes and to their gateways, and the gateways of networks. What the
 * installer gives to masters is not among them.
 *
 * @param place the cluster
 */
export function fixedAddresses(place: ClusterConfigurationPlace): FixedAddress[] {
  const { cluster, pathOf } = place;
  return [
    ...nodeGroupsOfCluster(place)
      .flatMap(staticAddresses)
      .flatMap(({ node, gateway }) => [
        fixed("node", node),
        ...(gateway === undefined ? [] : [fixed("gateway", gateway)]),
      ]),
    ...valuesOf(pathOf("networks"), cluster.networks).flatMap(({ path, value: { gateway } }) =>
      gateway === undefined ? [] : [fixed("gateway", { path: `${path}.gateway`, value: gateway })],
    ),
  ];
}

/**
 * The range of one address.
 *
 * @param written an address, with or without the length of its prefix
 */
export function singleAddress(written: string): Ipv4Range {
  const { address } = parseInterface(written);
  return { first: address, last: address };
}

function fixed(kind: FixedAddress["kind"], place: ValuePlace<string>): FixedAddress {
  return { kind, ...place, range: singleAddress(place.value) };
}
