import type { Network } from "../configuration/clusterTypes";
import { objectName } from "../configuration/inventoryPaths";
import {
  secretPlaceholder,
  type DocumentInputs,
  moduleConfig,
  unlessEmpty,
  type ModuleConfig,
} from "./inputs";

/** How vCenter's certificate is verified: against these certificates, not at all, or, with neither, as usual. */
export interface CertificateCheck {
  readonly insecure?: true;
  /** Certificates of the authority, PEM. */
  readonly caBundle?: string;
}

/** The networks whose addresses count as the internal and external addresses of nodes: names of port groups. */
export interface NetworkNames {
  readonly internalNetworkNames?: readonly string[];
  readonly externalNetworkNames?: readonly string[];
}

/**
 * Load balancers of NSX-T. `insecureFlag: true` and `caBundle` exclude each other. Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`; the module's settings have
 * the same shape.
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
  /** Classes of load balancers beside the default one. */
  readonly loadBalancerClass?: readonly {
    readonly name: string;
    readonly ipPoolName: string;
    readonly tcpAppProfileName?: string;
    readonly udpAppProfileName?: string;
  }[];
}

/**
 * Settings of the vSphere provider. A cluster with a `VsphereClusterConfiguration` has most of them there. Source:
 * deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/openapi/config-values.yaml`.
 */
export interface VsphereProviderSettings extends CertificateCheck, NetworkNames {
  /** Host name or address of vCenter. */
  readonly host?: string;
  /** `user@domain`. */
  readonly username?: string;
  /** Secret. */
  readonly password?: string;
  /** Below the datacenter's vm folder. */
  readonly vmFolderPath?: string;
  readonly regionTagCategory?: string;
  readonly zoneTagCategory?: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly sshKeys?: readonly string[];
  readonly disableTimesync?: boolean;
  /** The StorageClasses that Deckhouse creates for the zones' datastores. */
  readonly storageClass?: {
    /** Names or patterns of those that Deckhouse is not to create. */
    readonly exclude?: readonly string[];
    readonly compatibilityFlag?: string;
  };
  readonly nsxt?: NsxtDocument;
}

/** The `ModuleConfig` of the vSphere provider. */
export type VsphereProviderModuleConfig = ModuleConfig<
  "cloud-provider-vsphere",
  2,
  VsphereProviderSettings
>;

/**
 * Builds the settings of the vSphere provider. The default StorageClass is a setting of all modules. Where the masters are in vSphere, `VsphereClusterConfiguration` has all
 * of them except the StorageClasses, and nothing is written twice.
 *
 * @returns undefined when there is nothing to set
 */
export function vsphereProviderModule(
  inputs: DocumentInputs,
): VsphereProviderModuleConfig | undefined {
  const { controlPlane, storageClasses } = inputs.region.cluster;
  const storageClass = unlessEmpty({
    exclude: storageClasses?.exclude,
    compatibilityFlag: storageClasses?.compatibilityFlag,
  });
  const settings =
    controlPlane === "elsewhere"
      ? providerSettings(inputs, storageClass)
      : unlessEmpty({ storageClass });
  return settings && moduleConfig("cloud-provider-vsphere", 2, settings);
}

function providerSettings(
  inputs: DocumentInputs,
  storageClass: VsphereProviderSettings["storageClass"],
): VsphereProviderSettings {
  const { region, categories, provider, secrets } = inputs;
  const { cluster } = region;
  return {
    host: provider.server,
    username: provider.username,
    password: secrets.clusterAccountPassword,
    ...certificateCheck(inputs),
    vmFolderPath: cluster.vmFolderPath,
    regionTagCategory: categories.region,
    zoneTagCategory: categories.zone,
    region: region.name,
    zones: region.zones,
    sshKeys: [cluster.sshPublicKey],
    ...networkNames(cluster.networks),
    disableTimesync: cluster.disableTimesync,
    storageClass,
    nsxt: nsxtDocument(inputs),
  };
}

/** Deckhouse refuses `insecure: true` beside certificates; the certificates take precedence. */
export function certificateCheck({ provider }: DocumentInputs): CertificateCheck {
  const { insecure, caBundle } = provider;
  return caBundle ? { caBundle } : { insecure: insecure || undefined };
}

/** Bare names, because that is what vCenter reports for a machine's adapters. */
export function networkNames(networks: readonly Network[]): NetworkNames {
  const namesOf = (kind: "internal" | "external"): string[] | undefined => {
    const names = networks
      .filter(({ nodeAddress }) => nodeAddress === kind || nodeAddress === "both")
      .map(({ path }) => objectName(path));
    return names.length === 0 ? undefined : names;
  };
  return {
    internalNetworkNames: namesOf("internal"),
    externalNetworkNames: namesOf("external"),
  };
}

/** Builds the section about NSX-T, which `VsphereClusterConfiguration` and the module have in the same shape. */
export function nsxtDocument({ region, secrets }: DocumentInputs): NsxtDocument | undefined {
  const { nsxt } = region.cluster;
  return (
    nsxt && {
      host: nsxt.host,
      user: nsxt.user,
      password: secrets.nsxtPassword ?? secretPlaceholder("nsxtPassword"),
      // As for vCenter, Deckhouse refuses the flag beside certificates.
      ...(nsxt.caBundle ? { caBundle: nsxt.caBundle } : { insecureFlag: nsxt.insecureFlag }),
      defaultIpPoolName: nsxt.defaultIpPoolName,
      tier1GatewayPath: nsxt.tier1GatewayPath,
      size: nsxt.size,
      defaultTcpAppProfileName: nsxt.defaultTcpAppProfileName,
      defaultUdpAppProfileName: nsxt.defaultUdpAppProfileName,
      loadBalancerClass: nsxt.loadBalancerClass?.map((one) => ({
        name: one.name,
        ipPoolName: one.ipPoolName,
        tcpAppProfileName: one.tcpAppProfileName,
        udpAppProfileName: one.udpAppProfileName,
      })),
    }
  );
}
