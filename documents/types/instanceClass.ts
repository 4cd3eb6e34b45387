/** A static address of a node on its main network. */
export interface MainNetworkAddressDocument {
  /** With the prefix length: `10.20.0.11/24`. */
  readonly address: string;
  readonly gateway: string;
  readonly nameservers: {
    readonly addresses?: readonly string[];
    readonly search?: readonly string[];
  };
}

/** How ESXi shares processors and memory. Limits and reservations in MHz and MiB, shares of memory 0-100. */
export interface RuntimeOptionsDocument {
  readonly nestedHardwareVirtualization?: boolean;
  readonly cpuShares?: number;
  readonly cpuLimit?: number;
  readonly cpuReservation?: number;
  readonly memoryShares?: number;
  readonly memoryLimit?: number;
  /** Percent, 0-100. */
  readonly memoryReservation?: number;
}

/** What every virtual machine of a node is described by. */
interface MachineDocument {
  readonly numCPUs: number;
  /** MiB. */
  readonly memory: number;
  /** GiB. */
  readonly rootDiskSize?: number;
  /** Paths below the datacenter's network folder. */
  readonly additionalNetworks?: readonly string[];
  /** Relative to the cluster. */
  readonly resourcePool?: string;
  readonly runtimeOptions?: RuntimeOptionsDocument;
}

/**
 * The virtual machine of a permanent node. Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
export interface InstanceClassDocument extends MachineDocument {
  /** Path below the datacenter's vm folder. */
  readonly template: string;
  /** Path below the datacenter's network folder. */
  readonly mainNetwork: string;
  /** Path below the datacenter's datastore folder; for masters a bare name (deckhouse/deckhouse#9584). */
  readonly datastore: string;
  readonly mainNetworkIPAddresses?: readonly MainNetworkAddressDocument[];
}

/**
 * The virtual machine of a node that Deckhouse orders from inside the cluster; a template, main network or datastore
 * that is absent is taken from the masters. Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/crds/`.
 */
export interface VsphereInstanceClassSpec extends MachineDocument {
  /** Path below the datacenter's vm folder. */
  readonly template?: string;
  /** Path below the datacenter's network folder. */
  readonly mainNetwork?: string;
  /** Path below the datacenter's datastore folder. */
  readonly datastore?: string;
  readonly disableTimesync?: boolean;
}
