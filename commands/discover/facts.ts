import type { AboutVCenter, Host, HostMount, Role, TagCategory } from "../../vcenter";

/** A name as vCenter has it: its full inventory path, and the one below the datacenter's folder for its kind. */
export interface Place {
  /** Unique in the vCenter: `Datastore:datastore-12`. */
  readonly key: string;
  /** `/X1/datastore/x1_lun_1` */
  readonly path: string;
  /** `x1_lun_1`; the path below the vCenter's root of a datacenter: `X1` or `/Europe/X1`. */
  readonly name: string;
}

/** A cluster, as far as the account may read it. */
export interface ClusterFacts extends Place {
  /** Undefined when the account may not read the cluster's configuration. */
  readonly isDrsEnabled: boolean | undefined;
  readonly hosts: readonly Host[];
}

/** A datastore with who mounts it. */
export interface DatastoreFacts extends Place {
  /** By the key of the host; undefined when the account may not read it. */
  readonly mounts: ReadonlyMap<string, HostMount> | undefined;
  /** `VMFS`; undefined with the sizes when the account may not read them. */
  readonly type?: string;
  readonly capacityBytes?: number;
  readonly freeBytes?: number;
  readonly isInMaintenance?: boolean;
}

/** A network that machines can be connected to. */
export interface NetworkFacts extends Place {
  /** vCenter's type: `DistributedVirtualPortgroup`. */
  readonly type: string;
}

/** A template. */
export interface TemplateFacts extends Place {
  /** Why nodes cannot be cloned from it; empty when they can. */
  readonly faults: readonly string[];
}

/** A datacenter with what it holds, each list sorted by path. */
export interface DatacenterFacts extends Place {
  readonly clusters: readonly ClusterFacts[];
  /** The names of hosts outside of clusters. */
  readonly standaloneHosts: readonly string[];
  readonly datastores: readonly DatastoreFacts[];
  readonly networks: readonly NetworkFacts[];
  readonly templates: readonly TemplateFacts[];
  /** The folders for machines, below the top one: `k8s/x1`. */
  readonly vmFolders: readonly string[];
}

/** A tag, and the keys of what carries it. */
export interface TagFacts {
  readonly name: string;
  readonly categoryId: string;
  readonly carriers: readonly string[];
}

/** A permission on an object that the account sees. */
export interface PermissionFacts {
  /** Full inventory path; `/` is the root. */
  readonly path: string;
  /** vCenter's type of the object. */
  readonly type: string;
  /** `DOMAIN\user` */
  readonly principal: string;
  readonly group: boolean;
  readonly roleId: number;
  readonly propagate: boolean;
}

/** What a look at an unknown vCenter has read. */
export interface DiscoveryFacts {
  readonly about: AboutVCenter;
  readonly datacenters: readonly DatacenterFacts[];
  readonly categories: readonly TagCategory[];
  /** Those of the categories that were asked for. */
  readonly tags: readonly TagFacts[];
  readonly roles: readonly Role[];
  /** Undefined when the account may not list them. */
  readonly permissions: readonly PermissionFacts[] | undefined;
  /** Users that exist and whose name suggests that they are the cluster's: `deckhouse@vsphere.local`. */
  readonly accounts: readonly string[];
}
