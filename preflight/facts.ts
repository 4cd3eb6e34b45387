import type {
  AboutVCenter,
  ClusterHosts,
  HostMount,
  Inventory,
  ManagedObjectReference,
  Permission,
  Role,
  StoragePolicy,
  Tag,
  TagCategory,
  VirtualMachine,
} from "../vcenter";

/**
 * What a look at vCenter has read, for checks that ask nothing themselves. Keys of maps are those of `objectKey`
 * (`Datastore:datastore-12`). What could not be read is absent, which is not the same as there being none.
 */
export interface VCenterFacts {
  readonly about: AboutVCenter;
  /** Folders, datacenters, clusters, datastores and networks. */
  readonly inventory: Inventory;
  /** The clusters of the zones. */
  readonly clusters: ReadonlyMap<string, ClusterHosts>;
  /** The mounts of the datastores for volumes and for root disks, by the datastore and by the host. */
  readonly datastores: ReadonlyMap<string, ReadonlyMap<string, HostMount>>;
  /** All tag categories. */
  readonly categories: readonly TagCategory[];
  /** The tags of the two categories of the configuration, as far as these exist. */
  readonly tags: readonly Tag[];
  /** What carries each of these tags, in the whole vCenter, by the tag's id. */
  readonly attached: ReadonlyMap<string, readonly ManagedObjectReference[]>;
  readonly roles: readonly Role[];
  /** Those that the configuration names, where it does. */
  readonly resourcePools: readonly PlaceFound[];
  /** Those that instance classes name. */
  readonly templates: readonly TemplateFound[];
  /** That of `templateImage` in each region; undefined where nobody knows its name, because a Packer folder cannot be read. */
  readonly templateImages: readonly TemplateImageFound[] | undefined;
  /** Undefined when none is named, or this account may not list them. */
  readonly storagePolicies: readonly StoragePolicy[] | undefined;
  /** The ids of all privileges; empty when vCenter did not say. */
  readonly privileges: readonly string[];
  /** Those on all objects; undefined when this account may not read them. */
  readonly permissions: readonly Permission[] | undefined;
  /** Whether each principal of the role exists, by its name in the configuration; absent where vCenter did not say. */
  readonly principals: ReadonlyMap<string, boolean>;
  /**
   * What the account that looks may not do, for each privilege that `pulumi up` needs; undefined where it may not ask, or
   * nothing is left to do.
   */
  readonly accountLacks: readonly LackingRight[] | undefined;
  /**
   * What each principal of the role may not do although the role says so, by the principal's name in the configuration and
   * by the object's key; undefined before the role is granted.
   */
  readonly missingPrivileges:
    ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> | undefined;
}

/** A resource pool or a host, which no list of the inventory has. */
export interface PlaceFound {
  readonly at: string;
  readonly path: string;
  readonly exists: boolean;
  /** vCenter's type of what is there instead. */
  readonly instead?: string | undefined;
}

/** The template of `templateImage` in one region. */
export interface TemplateImageFound {
  readonly region: string;
  readonly path: string;
  /** Undefined when there is none. */
  readonly machine: VirtualMachine | undefined;
  /** vCenter's type of what is there instead. */
  readonly instead?: string | undefined;
  /** The resource pool and the host that making it needs, where they are named; none where it is there. */
  readonly places: readonly PlaceFound[];
}

/** A template that an instance class names. */
export interface TemplateFound {
  readonly at: string;
  readonly path: string;
  /** Undefined when there is none. */
  readonly machine: VirtualMachine | undefined;
  /** vCenter's type of what is there instead. */
  readonly instead?: string | undefined;
  /** GiB: the root disk of the nodes that are cloned from it. */
  readonly rootDiskSize: number;
}

/** A privilege that an account needs on some objects. */
export interface LackingRight {
  /** `user@domain` */
  readonly user: string;
  readonly privilege: string;
  /** On how many objects it was asked for. */
  readonly asked: number;
  /** Those on which the account lacks it. */
  readonly objects: readonly ManagedObjectReference[];
}
