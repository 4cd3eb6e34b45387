import type { PresetName } from "../../configuration/privileges";

/**
 * Something to tell about a place of the proposal.
 *
 * - `choose`: it could not be decided. The file says so where the value belongs, and the terminal at the end.
 * - `note`: why it is as it is, or what was left out. The file alone says so.
 */
export interface Note {
  readonly kind: "choose" | "note";
  /** The place in the configuration: `regions[0].zones[1].datastores`. */
  readonly at: string;
  readonly text: string;
}

/** A tag category: one that is there, or one that the stack is to make. */
export interface CategoryProposal {
  readonly name: string;
  readonly existing: boolean;
  readonly cardinality: "SINGLE" | "MULTIPLE";
}

/** A zone. */
export interface ZoneProposal {
  readonly name: string;
  readonly existing: boolean;
  /** Full path of the cluster. */
  readonly clusterPath: string;
  /** The cluster as it is written. */
  readonly cluster: string;
  /** As they are written; empty when none could be found. */
  readonly datastores: readonly string[];
}

/** What is known of the cluster that a region is to get. The rest of it, as its masters, is not vCenter's to say. */
export interface ClusterProposal {
  readonly vmFolderPath: string;
  readonly vmFolderExists: boolean;
  /** Of the networks that all hosts have, the one for nodes; undefined when it is not clear. */
  readonly network: string | undefined;
  readonly rootDiskDatastore: string | undefined;
}

/** A region. */
export interface RegionProposal {
  readonly name: string;
  readonly existing: boolean;
  /** Full path of the datacenter. */
  readonly datacenterPath: string;
  /** The datacenter as it is written. */
  readonly datacenter: string;
  readonly zones: readonly ZoneProposal[];
  readonly cluster: ClusterProposal;
}

/** An object of an own list of grants. */
export interface GrantProposal {
  readonly path: string;
  readonly kind?: string;
  readonly propagate: boolean;
}

/** Somebody who has the role, or is to get it. */
export interface PrincipalProposal {
  readonly name: string;
  readonly group: boolean;
}

/** The role of the cluster's account. */
export interface RoleProposal {
  readonly name: string;
  readonly existing: boolean;
  readonly preset: PresetName;
  readonly extraPrivileges: readonly string[];
  readonly principals: readonly PrincipalProposal[];
  /** Undefined for the default of the preset. */
  readonly grant: "root" | "datacenters" | readonly GrantProposal[] | undefined;
}

/** A stack for what was found. */
export interface Proposal {
  readonly categories: Readonly<Record<"region" | "zone", CategoryProposal>>;
  readonly regions: readonly RegionProposal[];
  /** Undefined when there is no account to grant one to. */
  readonly role: RoleProposal | undefined;
  /** Path below each datacenter's vm folder; undefined when it is not clear. */
  readonly template: string | undefined;
  readonly notes: readonly Note[];
}

/** What a person, or an option, has decided. Objects are meant by their full paths. */
export interface Choices {
  readonly regionCategory?: string | undefined;
  readonly zoneCategory?: string | undefined;
  readonly datacenters?: readonly string[];
  readonly clusters?: readonly string[];
  /** By the path of the cluster. */
  readonly datastores?: Readonly<Record<string, readonly string[]>>;
  /** By the path of the datacenter. */
  readonly networks?: Readonly<Record<string, string>>;
  /** By the path of the datacenter. */
  readonly rootDisks?: Readonly<Record<string, string>>;
  readonly template?: string;
  readonly principal?: string;
}
