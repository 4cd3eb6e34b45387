import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import { isHostAddress, networkText, parseAddress } from "../../ipv4";
import { repetitionsOf, valuesOf, type ValuePlace } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { routersOf, subnetOfRouters } from "./routers";

/** Nodes speak BGP from addresses in the VLAN of the routers, where its subnet is known. */
export const sourceAddressesAreInTheRoutersNetwork: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const network = subnetOfRouters(place);
    if (network === undefined) {
      return [];
    }
    const { cluster, pathOf } = place;
    const bgp = cluster.ingress?.metallbBGP;
    return sourcesOf(`${pathOf("ingress")}.metallbBGP.sourceAddresses`, bgp?.sourceAddresses)
      .addresses.filter(({ value }) => !isHostAddress(network, parseAddress(value)))
      .map(({ path, value }) =>
        finding(
          path,
          value,
          `it is not an address of ${bgp?.network ?? ""}, and the routers would not be reached from it`,
          `write the node's address in ${networkText(network)}`,
        ),
      );
  });

/** A node speaks BGP from one address, which no other node and no router has. */
export const sourceAddressesAreDistinct: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const { cluster, pathOf } = place;
    const { nodes, addresses } = sourcesOf(
      `${pathOf("ingress")}.metallbBGP.sourceAddresses`,
      cluster.ingress?.metallbBGP?.sourceAddresses,
    );
    const routers = routersOf(place);
    const isOfNodes = ({ repeated }: { repeated: ValuePlace<string> }): boolean =>
      !routers.some((router) => router.path === repeated.path);
    return [
      ...repetitionsOf(nodes, (name) => name),
      ...repetitionsOf([...routers, ...addresses], (address) => address).filter(isOfNodes),
    ].map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same, and one of the two could not speak to the routers`,
        "name each node once, with an address of its own",
      ),
    );
  });

type BGPDraft = NonNullable<ClusterConfigurationPlace["cluster"]["ingress"]>["metallbBGP"];

function sourcesOf(
  path: string,
  list: NonNullable<BGPDraft>["sourceAddresses"],
): { readonly nodes: ValuePlace<string>[]; readonly addresses: ValuePlace<string>[] } {
  const sources = valuesOf(path, list);
  return {
    nodes: sources.flatMap(({ path: source, value: { nodeName } }) =>
      nodeName === undefined ? [] : [{ path: `${source}.nodeName`, value: nodeName }],
    ),
    addresses: sources.flatMap(({ path: source, value: { address } }) =>
      address === undefined ? [] : [{ path: `${source}.address`, value: address }],
    ),
  };
}
