/** The inputs of a ClusterLookup resource: what the documents of one cluster name. All paths are full inventory paths. */
export interface ClusterLookupInputs {
  /** The region's name, for messages: `the cluster of k8s-region-x1`. */
  readonly region: string;
  /** `/X1` */
  readonly datacenter: string;
  /** `/X1/network/k8s-nodes` */
  readonly networks: readonly string[];
  readonly datastores: readonly RootDiskDatastore[];
  /** `/X1/host/x1_cluster_prod/Resources/kubernetes` */
  readonly resourcePools: readonly string[];
  readonly vmFolder: VmFolder;
  /** Those that instance classes name; the one of `templateImage` has a look of its own. */
  readonly templates: readonly NamedTemplate[];
  /** Absent when the documents name none. */
  readonly storagePolicy?: StoragePolicyChoice;
}

/** A datastore for root disks. */
export interface RootDiskDatastore {
  /** `/X1/datastore/x1_root` */
  readonly path: string;
  /** Whether the masters' disks are there: their document names it without its folder. */
  readonly isOfMasters: boolean;
  /** The clusters in which nodes have their root disks there: `/X1/host/x1_cluster_prod`. */
  readonly clusters: readonly string[];
}

/** The folder for the cluster's virtual machines. */
export interface VmFolder {
  /** `/X1/vm/k8s/x1` */
  readonly path: string;
  /** Whether the documents say that it is there; otherwise the installer makes it. */
  readonly exists: boolean;
}

/** A template that an instance class names. */
export interface NamedTemplate {
  /** `/X1/vm/Templates/ubuntu-24.04` */
  readonly path: string;
  /** GiB: the smallest root disk of the nodes that are cloned from it; 0 when there are none. */
  readonly smallestRootDisk: number;
}

/** A storage policy, by one of the two that it has. */
export type StoragePolicyChoice = { readonly name: string } | { readonly id: string };

/**
 * What the state holds, and what `check` makes of the inputs: only what is among the inputs is known at the preview of
 * a resource that has to be made or updated.
 */
export interface ClusterLookupOutputs extends ClusterLookupInputs {
  /** The id of the storage policy; empty when the documents name none. */
  readonly storagePolicyId: string;
}
