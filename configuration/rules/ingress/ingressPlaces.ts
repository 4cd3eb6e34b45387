import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  valuesOf,
  type ValuePlace,
} from "../../places";
import type { WrittenConfiguration } from "../../schema";
import type { WrittenClusterConfiguration } from "../../types";
import { nodeGroupsOfCluster, type NodeGroupPlace } from "../cluster/nodeGroupPlaces";

/** A way of traffic into a cluster, with its path. */
export interface IngressPlace {
  /** `clusterConfiguration.ingress` or `clusterConfiguration.additionalIngresses[0]`. */
  readonly path: string;
  readonly ingress: NonNullable<WrittenClusterConfiguration["ingress"]>;
  readonly place: ClusterConfigurationPlace;
}

/** Lists the ways of traffic into one cluster, the first one first. */
export function ingressesOfCluster(place: ClusterConfigurationPlace): IngressPlace[] {
  const { ingress, additionalIngresses } = place.cluster;
  const first = ingress === undefined ? [] : [{ path: place.pathOf("ingress"), value: ingress }];
  const others = valuesOf(place.pathOf("additionalIngresses"), additionalIngresses);
  return [...first, ...others].map(({ path, value }) => ({ path, ingress: value, place }));
}

/** Lists the ways of traffic into all clusters. What is written for every region is listed for each of them. */
export function ingressesOf(configuration: WrittenConfiguration): IngressPlace[] {
  return clusterConfigurationsOf(configuration).flatMap(ingressesOfCluster);
}

/** The groups that traffic arrives at: one, or none where there is none of the name. */
export function frontendsOf({ ingress: { nodeGroup }, place }: IngressPlace): NodeGroupPlace[] {
  return nodeGroupsOfCluster(place).filter((group) => group.name === nodeGroup && !group.isMaster);
}

/** The BGP routers of one ingress controller. */
export function routersOf({ path, ingress }: IngressPlace): ValuePlace<string>[] {
  return valuesOf(`${path}.metallbBGP.routers`, ingress.metallbBGP?.routers);
}
