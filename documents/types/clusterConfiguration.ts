/**
 * Deckhouse's `ClusterConfiguration`: Kubernetes itself. Source: deckhouse/deckhouse
 * `candi/openapi/cluster_configuration.yaml`.
 */
export interface ClusterConfigurationDocument {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "ClusterConfiguration";
  readonly clusterType: "Cloud";
  readonly cloud: {
    readonly provider: "vSphere";
    /** Name of the resource pools and start of the names of nodes. */
    readonly prefix: string;
  };
  readonly podSubnetCIDR: string;
  /** A number, as text. */
  readonly podSubnetNodeCIDRPrefix?: string;
  readonly serviceSubnetCIDR: string;
  /** `1.31` or `Automatic`. */
  readonly kubernetesVersion: string;
  readonly clusterDomain: string;
}
