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

/** The virtual machine of a node. */
export interface InstanceClassDocument {
  readonly numCPUs: number;
  /** MiB. */
  readonly memory: number;
  /** GiB. */
  readonly rootDiskSize?: number;
  /** Path relative to the datacenter. */
  readonly template: string;
  /** Path relative to the datacenter. */
  readonly mainNetwork: string;
  readonly additionalNetworks?: readonly string[];
  /** For masters a bare name (deckhouse/deckhouse#9584). */
  readonly datastore: string;
  /** Relative to the cluster. */
  readonly resourcePool?: string;
  readonly mainNetworkIPAddresses?: readonly MainNetworkAddressDocument[];
  readonly runtimeOptions?: RuntimeOptionsDocument;
}

/** A taint of nodes. */
export interface TaintDocument {
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  readonly key?: string;
  readonly value?: string;
}

/** What the nodes of a group carry in Kubernetes. */
export interface NodeTemplateDocument {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly taints?: readonly TaintDocument[];
}
