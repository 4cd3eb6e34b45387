import type { ClusterConfigurationPlace } from "../../clusterConfigurations";
import { parseInterface, type Ipv4Network } from "../../ipv4";
import { networkNamed } from "../../networks";
import { valuesOf, type ValuePlace } from "../../places";

/** The BGP routers of a cluster. */
export function routersOf({ cluster, pathOf }: ClusterConfigurationPlace): ValuePlace<string>[] {
  return valuesOf(`${pathOf("ingress")}.metallbBGP.routers`, cluster.ingress?.metallbBGP?.routers);
}

/** The subnet of the VLAN between the BGP routers and the frontend nodes; undefined where it is not known. */
export function subnetOfRouters({
  region,
  cluster,
}: ClusterConfigurationPlace): Ipv4Network | undefined {
  const name = cluster.ingress?.metallbBGP?.network;
  const subnet = networkNamed(region.datacenter ?? "", cluster, name)?.subnet;
  return subnet === undefined ? undefined : parseInterface(subnet).network;
}
