/** A class of load balancers of NSX-T, beside the default one. */
export interface NsxtLoadBalancerClassDocument {
  readonly name: string;
  readonly ipPoolName: string;
  readonly tcpAppProfileName?: string;
  readonly udpAppProfileName?: string;
}

/**
 * Load balancers of NSX-T. `insecureFlag: true` and `caBundle` exclude each other. Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`; the settings of the
 * module have the same shape.
 */
export interface NsxtDocument {
  readonly host: string;
  readonly user: string;
  /** Secret. */
  readonly password: string;
  readonly insecureFlag?: boolean;
  /** Certificates of the authority, PEM. */
  readonly caBundle?: string;
  readonly defaultIpPoolName: string;
  readonly tier1GatewayPath: string;
  readonly size?: "SMALL" | "MEDIUM" | "LARGE" | "XLARGE";
  readonly defaultTcpAppProfileName?: string;
  readonly defaultUdpAppProfileName?: string;
  readonly loadBalancerClass?: readonly NsxtLoadBalancerClassDocument[];
}
