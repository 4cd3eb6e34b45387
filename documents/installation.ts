import { deckhouseHas } from "../configuration/deckhouseVersions";
import {
  secretPlaceholder,
  valuePlaceholder,
  type InstallationInputs,
  moduleConfig,
  type ModuleConfig,
  unlessEmpty,
} from "./inputs";
import { proxySettings, type ProxyDocument } from "./proxy";

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
  readonly defaultCRI?: "Containerd" | "ContainerdV2" | "NotManaged";
  readonly proxy?: ProxyDocument;
}

/**
 * Deckhouse's `InitConfiguration`: where the installer gets Deckhouse from, up to version 1.74. Source: deckhouse/deckhouse
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

/** How Deckhouse updates itself. */
interface UpdateSettings {
  readonly mode?: "AutoPatch" | "Auto" | "Manual";
  /** Times in UTC. */
  readonly windows?: readonly {
    readonly from: string;
    readonly to: string;
    readonly days?: readonly string[];
  }[];
}

/** Where Deckhouse gets its images from, from version 1.75 on. */
interface RegistryAccess {
  /** Address in a container registry, with the edition. */
  readonly imagesRepo: string;
  /** Secret, as it is part of one. Absent for a registry that asks for no login, with the password. */
  readonly username?: string;
  /** Secret. */
  readonly password?: string;
  readonly scheme?: "HTTP" | "HTTPS";
  /** Certificates of the authority that signed the registry's, PEM. */
  readonly ca?: string;
}

/** Settings of Deckhouse itself. Source: deckhouse/deckhouse `modules/002-deckhouse/openapi/config-values.yaml`. */
export type DeckhouseModuleConfig = ModuleConfig<
  "deckhouse",
  1,
  {
    readonly releaseChannel: "Alpha" | "Beta" | "EarlyAccess" | "Stable" | "RockSolid" | "LTS";
    readonly bundle: "Default" | "Minimal" | "Managed";
    readonly logLevel?: "Trace" | "Debug" | "Info" | "Error";
    readonly update?: UpdateSettings;
    readonly registry?:
      | { readonly mode: "Unmanaged"; readonly unmanaged: RegistryAccess }
      | { readonly mode: "Direct"; readonly direct: RegistryAccess };
  }
>;

/** Builds the document about the cluster's Kubernetes. */
export function clusterConfiguration(inputs: InstallationInputs): ClusterConfigurationDocument {
  const { cluster } = inputs.region;
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
    defaultCRI: cluster.defaultCRI,
    proxy: proxySettings(inputs),
  };
}

/**
 * Builds the document about where Deckhouse comes from, for versions that have no better place for it. What is unknown
 * becomes a placeholder: no edition has a default registry address or default credentials.
 *
 * @returns undefined when the settings of the module `deckhouse` say it
 */
export function initConfiguration({
  deckhouse,
  secrets,
}: InstallationInputs): InitConfigurationDocument | undefined {
  if (deckhouseHas(deckhouse.version, "registrySettings")) return undefined;
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
export function deckhouseModule(inputs: InstallationInputs): DeckhouseModuleConfig {
  const { version, releaseChannel, bundle, logLevel, update } = inputs.deckhouse;
  return moduleConfig("deckhouse", 1, {
    releaseChannel,
    bundle,
    logLevel,
    update: update && unlessEmpty({ mode: update.mode, windows: update.windows }),
    registry: deckhouseHas(version, "registrySettings") ? registrySettings(inputs) : undefined,
  });
}

type RegistrySettings = NonNullable<
  NonNullable<DeckhouseModuleConfig["spec"]["settings"]>["registry"]
>;

function registrySettings({ deckhouse, registryLogin }: InstallationInputs): RegistrySettings {
  const access: RegistryAccess = {
    imagesRepo: deckhouse.imagesRepo ?? valuePlaceholder("deckhouse.imagesRepo"),
    username: registryLogin?.username,
    password: registryLogin?.password,
    scheme: deckhouse.registryScheme,
    ca: deckhouse.registryCA || undefined,
  };
  return deckhouse.registryMode === "Direct"
    ? { mode: "Direct", direct: access }
    : { mode: "Unmanaged", unmanaged: access };
}
