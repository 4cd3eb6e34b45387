import type { VsphereCluster } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import type { InputsOf } from "../inputs";
import type { ClusterConfigurationDocument } from "../types";

/**
 * Builds the document about Kubernetes itself.
 *
 * @param inputs the region and its cluster
 */
export function clusterConfiguration({
  region: { cluster },
}: InputsOf<VsphereCluster>): ClusterConfigurationDocument {
  return compact({
    apiVersion: "deckhouse.io/v1",
    kind: "ClusterConfiguration",
    clusterType: "Cloud",
    cloud: { provider: "vSphere", prefix: cluster.cloudPrefix },
    podSubnetCIDR: cluster.podSubnetCIDR,
    podSubnetNodeCIDRPrefix: cluster.podSubnetNodeCIDRPrefix?.toString(),
    serviceSubnetCIDR: cluster.serviceSubnetCIDR,
    kubernetesVersion: cluster.kubernetesVersion,
    clusterDomain: cluster.clusterDomain,
  } as const);
}
