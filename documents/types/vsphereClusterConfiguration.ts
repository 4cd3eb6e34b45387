import type { InstanceClassDocument } from "./instanceClass";
import type { NodeTemplateDocument } from "./kubernetes";
import type { NsxtDocument } from "./nsxt";

/**
 * How Deckhouse reaches vCenter. `insecure: true` and `caBundle` exclude each other; Deckhouse refuses a
 * document with both.
 */
export interface ProviderDocument {
  /** Host name or address. */
  readonly server: string;
  /** `user@domain`. */
  readonly username: string;
  /** Secret. */
  readonly password: string;
  readonly insecure?: true;
  /** Certificates of the authority, PEM. */
  readonly caBundle?: string;
}

/** The masters. */
export interface MasterNodeGroupDocument {
  readonly replicas: number;
  readonly zones?: readonly string[];
  readonly instanceClass: InstanceClassDocument;
}

/** Permanent nodes beside the masters. */
export interface PermanentNodeGroupDocument {
  readonly name: string;
  readonly replicas: number;
  readonly zones?: readonly string[];
  readonly nodeTemplate?: NodeTemplateDocument;
  readonly instanceClass: InstanceClassDocument;
}

/**
 * Deckhouse's `VsphereClusterConfiguration`, one for each region. Keys that are not there have Deckhouse's
 * own defaults. Written after the fields of deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
export interface VsphereClusterConfiguration {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "VsphereClusterConfiguration";
  readonly layout: "Standard";
  readonly provider: ProviderDocument;
  /** Name of the region's tag. */
  readonly region: string;
  /** Names of the zones' tags; their order decides which node lands in which zone. */
  readonly zones: readonly string[];
  readonly regionTagCategory: string;
  readonly zoneTagCategory: string;
  /** Relative to the datacenter's vm folder. */
  readonly vmFolderPath: string;
  readonly vmFolderExists?: boolean;
  readonly sshPublicKey: string;
  /** A network's address with its prefix length. */
  readonly internalNetworkCIDR: string;
  /** Names of port groups. */
  readonly internalNetworkNames?: readonly string[];
  readonly externalNetworkNames?: readonly string[];
  /** Relative to the cluster. */
  readonly baseResourcePool?: string;
  readonly useNestedResourcePool?: boolean;
  /** Id of a storage policy. */
  readonly storagePolicyID?: string;
  readonly disableTimesync?: boolean;
  readonly masterNodeGroup: MasterNodeGroupDocument;
  readonly nodeGroups?: readonly PermanentNodeGroupDocument[];
  readonly nsxt?: NsxtDocument;
}
