/** A change behind the product's back. */
export type Change =
  | ({ readonly operation: "attachTag" | "detachTag" } & TagName & { readonly path: string })
  | ({
      readonly operation: "createCategory" | "updateCategory";
      readonly category: string;
      readonly newName?: string;
    } & CategoryDetails)
  | { readonly operation: "deleteCategory"; readonly category: string }
  | ({
      readonly operation: "createTag" | "updateTag";
      readonly newName?: string;
      readonly description?: string;
    } & TagName)
  | ({ readonly operation: "deleteTag" } & TagName)
  | {
      readonly operation: "setPermission";
      readonly path: string;
      readonly principal: string;
      readonly role: string;
      readonly group?: boolean;
      readonly propagate?: boolean;
    }
  | {
      readonly operation: "removePermission";
      readonly path: string;
      readonly principal: string;
      readonly group?: boolean;
    }
  | {
      readonly operation: "createRole" | "updateRole";
      readonly role: string;
      readonly newName?: string;
      readonly privileges?: readonly string[];
    }
  | { readonly operation: "removeRole"; readonly role: string }
  | { readonly operation: "renameObject"; readonly path: string; readonly name: string }
  | { readonly operation: "removeObject"; readonly path: string }
  | {
      readonly operation: "addDatastore";
      readonly path: string;
      readonly name: string;
      readonly clusters?: readonly string[];
      readonly hosts?: readonly string[];
      readonly folder?: string;
      /** Of datastores; it is made when there is none. */
      readonly datastoreCluster?: string;
    }
  | ({
      readonly operation: "addNetwork";
      /** The datacenter. */
      readonly path: string;
      readonly name: string;
      readonly folder?: string;
    } & SomeHosts)
  | ({
      readonly operation: "addSwitch";
      /** The datacenter. */
      readonly path: string;
      readonly name: string;
      readonly portGroups: readonly string[];
      readonly folder?: string;
    } & SomeHosts)
  | ({
      readonly operation: "takeNetwork";
      /** A standard network, or a distributed switch, which goes with its port groups. */
      readonly path: string;
    } & SomeHosts)
  | {
      /** The path is that of the folder or cluster that gets it; the name may be a path below that. */
      readonly operation: "addFolder" | "addResourcePool";
      readonly path: string;
      readonly name: string;
    }
  | {
      readonly operation: "setHost";
      readonly path: string;
      readonly maintenance?: boolean;
      readonly connected?: boolean;
    }
  | ({
      readonly operation: "setMount";
      /** The datastore. */
      readonly path: string;
      readonly mounted?: boolean;
      readonly accessible?: boolean;
      readonly writable?: boolean;
    } & SomeHosts)
  | { readonly operation: "setDrs"; readonly path: string; readonly enabled: boolean }
  | {
      readonly operation: "createVirtualMachine";
      /** The folder. */
      readonly path: string;
      readonly name: string;
      readonly cluster: string;
      readonly datastore: string;
      /** No adapter without. */
      readonly network?: string;
      readonly diskGigabytes?: readonly number[];
      readonly hardwareVersion?: number;
      readonly template?: boolean;
      readonly poweredOn?: boolean;
      /** `guestToolsUnmanaged` */
      readonly tools?: string;
    }
  | {
      readonly operation: "createStoragePolicy";
      readonly storagePolicy: string;
      /** A UUID; random when absent. */
      readonly id?: string;
      readonly description?: string;
    }
  | { readonly operation: "removeStoragePolicy"; readonly storagePolicy: string }
  | {
      readonly operation: "addPrincipal" | "removePrincipal";
      readonly principal: string;
      readonly group?: boolean;
      readonly password?: string;
    }
  | {
      readonly operation: "addMember" | "removeMember";
      /** The group that it becomes a member of. */
      readonly principal: string;
      readonly member: string;
      /** Whether the member is a group. */
      readonly group?: boolean;
    }
  | {
      readonly operation: "setGlobalPermission";
      readonly principal: string;
      readonly role: string;
      readonly group?: boolean;
    }
  | {
      readonly operation: "addPrivileges" | "removePrivileges";
      readonly privileges: readonly string[];
    }
  | { readonly operation: "setVersion"; readonly version: string; readonly build?: string }
  | { readonly operation: "setPassword"; readonly user: string; readonly password: string }
  | { readonly operation: "setInstanceUuid"; readonly id: string };

/** All hosts when neither is given. */
interface SomeHosts {
  readonly clusters?: readonly string[];
  readonly hosts?: readonly string[];
}

interface TagName {
  readonly category: string;
  readonly tag: string;
}

interface CategoryDetails {
  readonly description?: string;
  readonly cardinality?: "SINGLE" | "MULTIPLE";
  readonly associableTypes?: readonly string[];
}

/** The whole state by names, sorted: equal states compare deeply equal. */
export interface Snapshot {
  readonly categories: readonly ({ readonly name: string } & Required<CategoryDetails>)[];
  readonly tags: readonly {
    readonly category: string;
    readonly name: string;
    readonly description: string;
  }[];
  readonly attachments: readonly (TagName & { readonly path: string })[];
  readonly roles: readonly { readonly name: string; readonly privileges: readonly string[] }[];
  readonly permissions: readonly {
    readonly path: string;
    readonly principal: string;
    readonly group: boolean;
    readonly role: string;
    readonly propagate: boolean;
  }[];
}

/** A simulated guest, and what was done with it. */
export interface Guest {
  /** The last path that the machine had. */
  readonly path: string;
  readonly state: "poweredOn" | "poweredOff" | "template" | "destroyed";
  /** What was typed on the console; keys without a character as `<enter>`. */
  readonly typed: string;
  readonly fetches: readonly {
    readonly url: string;
    readonly status: number;
    readonly error: string;
  }[];
  /** Why the installer stopped; empty when it did not. */
  readonly problem: string;
  readonly sshUsers: readonly string[];
  readonly commands: readonly { readonly command: string; readonly exitCode: number | null }[];
  /** Of each file the first 64 KiB. */
  readonly uploads: readonly { readonly path: string; readonly content: string }[];
}

/** How simulated guests behave from now on. What is left out is as ever. */
export interface GuestBehaviour {
  readonly installMilliseconds?: number;
  readonly ip?: "normal" | "never";
  readonly ssh?: "normal" | "refused" | "hang";
  /** For commands that contain `match`, or run a file that does: the first that fits. */
  readonly commands?: readonly {
    readonly match: string;
    readonly exitCode?: number;
    readonly stdout?: string;
    readonly stderr?: string;
    readonly outputBytes?: number;
    readonly lineBytes?: number;
    readonly milliseconds?: number;
  }[];
}

/** A virtual machine or template. */
export interface Machine {
  readonly path: string;
  readonly template: boolean;
  readonly powerState: string;
  /** `vmx-15` */
  readonly hardwareVersion: string;
  readonly cluster: string;
  readonly host: string;
  readonly datastore: string;
  readonly disks: readonly { readonly bytes: number }[];
  readonly networkAdapters: readonly { readonly type: string; readonly network: string }[];
  readonly cdroms: readonly string[];
}
