import {
  secretPlaceholder,
  valuePlaceholder,
  type InstallationInputs,
  moduleConfig,
  type ModuleConfig,
} from "./inputs";

/**
 * Deckhouse's `ClusterConfiguration`: the Kubernetes of the cluster. Source: deckhouse/deckhouse
 * `candi/openapi/cluster_configuration.yaml`.
 */
export interface ClusterConfigurationDocument {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "ClusterConfiguration";
  readonly clusterType: "Cloud";
  readonly cloud: {
    readonly provider: "vSphere";
    /** Name of the cluster's resource pools, and the start of its nodes' names. */
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

/**
 * Deckhouse's `InitConfiguration`: where the installer gets Deckhouse from. Source: deckhouse/deckhouse
 * `candi/openapi/init_configuration.yaml`.
 */
export interface InitConfigurationDocument {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "InitConfiguration";
  readonly deckhouse: {
    /** Address in a container registry, with the edition. */
    readonly imagesRepo: string;
    /** Secret. Credentials for the registry: Docker's configuration file in base64. */
    readonly registryDockerCfg: string;
    readonly registryScheme?: "HTTP" | "HTTPS";
    /** Certificates of the authority that signed the registry's, PEM. */
    readonly registryCA?: string;
  };
}

/** Settings of Deckhouse itself. Source: deckhouse/deckhouse `modules/002-deckhouse/openapi/config-values.yaml`. */
export type DeckhouseModuleConfig = ModuleConfig<
  "deckhouse",
  1,
  {
    readonly releaseChannel: "Alpha" | "Beta" | "EarlyAccess" | "Stable" | "RockSolid";
    readonly bundle: "Default" | "Minimal" | "Managed";
  }
>;

/** Builds the document about the cluster's Kubernetes. */
export function clusterConfiguration({
  region: { cluster },
}: InstallationInputs): ClusterConfigurationDocument {
  return {
    apiVersion: "deckhouse.io/v1",
    kind: "ClusterConfiguration",
    clusterType: "Cloud",
    cloud: { provider: "vSphere", prefix: cluster.cloudPrefix },
    podSubnetCIDR: cluster.podSubnetCIDR,
    podSubnetNodeCIDRPrefix: cluster.podSubnetNodeCIDRPrefix?.toString(),
    serviceSubnetCIDR: cluster.serviceSubnetCIDR,
    kubernetesVersion: cluster.kubernetesVersion,
    clusterDomain: cluster.clusterDomain,
  };
}

/**
 * Builds the document about where Deckhouse comes from. What is unknown becomes a placeholder: no edition has a default
 * registry address or default credentials.
 */
export function initConfiguration({
  deckhouse,
  secrets,
}: InstallationInputs): InitConfigurationDocument {
  return {
    apiVersion: "deckhouse.io/v1",
    kind: "InitConfiguration",
    deckhouse: {
      imagesRepo: deckhouse.imagesRepo ?? valuePlaceholder("deckhouse.imagesRepo"),
      registryDockerCfg: secrets.registryDockerCfg ?? secretPlaceholder("registryDockerCfg"),
      registryScheme: deckhouse.registryScheme,
      registryCA: deckhouse.registryCA,
    },
  };
}

/** Builds the settings of Deckhouse itself. */
export function deckhouseModule({
  deckhouse: { releaseChannel, bundle },
}: InstallationInputs): DeckhouseModuleConfig {
  return moduleConfig("deckhouse", 1, { releaseChannel, bundle });
}
