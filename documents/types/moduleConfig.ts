import type { MetallbSettings } from "./metallbSettings";
import type { NsxtDocument } from "./nsxt";

/** Deckhouse's `ModuleConfig`: whether a module is on, and how it is set. `version` is that of the settings. */
interface ModuleConfig<Name extends string, Version extends number, Settings extends object> {
  readonly apiVersion: "deckhouse.io/v1alpha1";
  readonly kind: "ModuleConfig";
  readonly metadata: { readonly name: Name };
  readonly spec: {
    readonly version: Version;
    readonly enabled: true;
    readonly settings?: Settings;
  };
}

/** Of Deckhouse itself. Source: deckhouse/deckhouse `modules/002-deckhouse/openapi/config-values.yaml`. */
export type DeckhouseModuleConfig = ModuleConfig<
  "deckhouse",
  1,
  {
    readonly releaseChannel: "Alpha" | "Beta" | "EarlyAccess" | "Stable" | "RockSolid";
    readonly bundle: "Default" | "Minimal" | "Managed";
  }
>;

/** The StorageClasses that Deckhouse makes of the zones' datastores. */
export interface StorageClassSettings {
  /** Names or patterns of those that are not to be made. */
  readonly exclude?: readonly string[];
  readonly default?: string;
  readonly compatibilityFlag?: string;
}

/**
 * Settings of the vSphere provider. What `VsphereClusterConfiguration` says is needed only where that does not exist.
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/openapi/config-values.yaml`.
 */
export interface VsphereProviderSettings {
  /** Host name or address of vCenter. */
  readonly host?: string;
  /** `user@domain`. */
  readonly username?: string;
  /** Secret. */
  readonly password?: string;
  readonly insecure?: true;
  /** Certificates of the authority, PEM. */
  readonly caBundle?: string;
  /** Below the datacenter's vm folder. */
  readonly vmFolderPath?: string;
  readonly regionTagCategory?: string;
  readonly zoneTagCategory?: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly sshKeys?: readonly string[];
  /** Names of port groups. */
  readonly internalNetworkNames?: readonly string[];
  readonly externalNetworkNames?: readonly string[];
  readonly disableTimesync?: boolean;
  readonly storageClass?: StorageClassSettings;
  readonly nsxt?: NsxtDocument;
}

/** Of the vSphere provider. */
export type VsphereProviderModuleConfig = ModuleConfig<
  "cloud-provider-vsphere",
  2,
  VsphereProviderSettings
>;

/** Of MetalLB: version 3 from Deckhouse 1.77 on, 2 before. */
export type MetallbModuleConfig = ModuleConfig<"metallb", 2 | 3, MetallbSettings>;

/** Any of them. */
export type ModuleConfigDocument =
  DeckhouseModuleConfig | VsphereProviderModuleConfig | MetallbModuleConfig;
