import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import type { ConfigurationDraft } from "../../draft";
import {
  addressText,
  networkText,
  overlap,
  parseInterface,
  parseRange,
  type Ipv4Range,
} from "../../ipv4";
import { valuesOf } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { routersOf } from "../ingress/routers";
import { fixedAddresses, singleAddress } from "./fixedAddresses";
import { addressesOfMasters } from "./subnets";

/** What a DHCP server gives out in a network. */
interface DhcpRange {
  readonly path: string;
  readonly written: string;
  readonly range: Ipv4Range;
  readonly dhcp: boolean | undefined;
  readonly subnet: string | undefined;
  readonly place: ClusterConfigurationPlace;
}

/** Addresses that somebody has for good. */
interface Fixed {
  readonly what: string;
  readonly range: Ipv4Range;
}

/** A range of DHCP is one, of a network with DHCP, and inside its subnet. */
export const dhcpRangesAreOfTheirNetwork: Rule = (draft) =>
  rangesIn(draft).flatMap(({ path, written, range, dhcp, subnet }) => {
    const fault = (wrong: string, remedy: string) => [finding(path, written, wrong, remedy)];
    if (dhcp === false) {
      return fault(
        "dhcp of the network is false, so nobody gives out these addresses",
        "remove it, or set dhcp to true",
      );
    }
    if (range.last < range.first) {
      return fault(
        "the range ends before it begins",
        `write the smaller address first, ${addressText(range.last)}-${addressText(range.first)}`,
      );
    }
    const network = subnet === undefined ? undefined : parseInterface(subnet).network;
    return network === undefined || (range.first >= network.first && range.last <= network.last)
      ? []
      : fault(
          `the network has the subnet ${networkText(network)}, in which these addresses are not`,
          "correct the one or the other",
        );
  });

/**
 * What a DHCP server gives out, nobody has for good: neither nodes with static addresses, nor masters on their
 * additional network, gateways, BGP routers, or the services of MetalLB in L2 mode. Two machines would have one address.
 *
 * Source: RFC 2131, section 3.1; for the masters, deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
export const dhcpRangesAreFree: Rule = (draft) =>
  rangesIn(draft)
    .filter(({ range }) => range.first <= range.last)
    .flatMap(({ path, written, range, place }) => {
      const fixed = fixedIn(place).find((one) => overlap(one.range, range));
      return fixed === undefined
        ? []
        : [
            finding(
              path,
              written,
              `${fixed.what} has some of these addresses for good, and two machines would have one address`,
              "take those out of what the DHCP server gives out, and write the rest here",
            ),
          ];
    });

function rangesIn(draft: ConfigurationDraft): DhcpRange[] {
  return clusterConfigurationsOf(draft).flatMap((place) =>
    valuesOf(place.pathOf("networks"), place.cluster.networks).flatMap(
      ({ path, value: { dhcpRange: written, dhcp, subnet } }) =>
        written === undefined
          ? []
          : [
              {
                ...{ path: `${path}.dhcpRange`, written, range: parseRange(written) },
                ...{ dhcp, subnet, place },
              },
            ],
    ),
  );
}

function fixedIn(place: ClusterConfigurationPlace): Fixed[] {
  const { cluster, pathOf } = place;
  const masters = addressesOfMasters(place);
  return [
    ...(masters === undefined
      ? []
      : [{ what: "a master (the tenth address and those after it)", range: masters.range }]),
    ...fixedAddresses(place).map(({ path, range }) => ({ what: path, range })),
    ...routersOf(place).map(({ path, value }) => ({ what: path, range: singleAddress(value) })),
    ...valuesOf(
      `${pathOf("ingress")}.metallbL2.addresses`,
      cluster.ingress?.metallbL2?.addresses,
    ).map(({ path, value }) => ({ what: path, range: parseRange(value) })),
  ];
}
