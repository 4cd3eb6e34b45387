import type { z } from "zod";
import type { PrivilegeChoice } from "./privileges";
import type { TemplatePlace, TemplateTimeouts } from "../template/request";
import type { ObjectKind } from "../vcenter";
import type { Distribution } from "../template/plan";
import type { ImageRecipe } from "../template/recipe";
import type { Cluster, Deckhouse } from "./clusterTypes";
import type { WrittenConfiguration } from "./schema";
import type { PreflightLevels } from "./schema/preflight";
import type { categoriesSchema } from "./schema/regions";
import type { clusterConfigurationSchema } from "./schema/clusterConfiguration";
import type { grantTargetSchema, principalSchema } from "./schema/role";

/** The two tag categories, with every default filled in. */
export type Categories = z.output<typeof categoriesSchema>;

/** A user or group with its domain, and whether it is a group. */
export type Principal = z.output<typeof principalSchema>;

/** An object of an own list of grants. */
export type GrantTarget = z.output<typeof grantTargetSchema>;

/** What one place says of the cluster configuration; nothing is required yet. */
export type WrittenClusterConfiguration = z.output<typeof clusterConfigurationSchema>;

/** The keys without which no cluster configuration can be made. */
export type RequiredClusterKey = "vmFolderPath" | "sshPublicKey" | "networks" | "masterNodeGroup";

/** A zone: its tag, its cluster and its datastores. */
export interface Zone {
  /** The tag's name. */
  readonly name: string;
  /** The name that the tag had before, and under which the state may have it. */
  readonly formerName?: string;
  /** The tag's description. */
  readonly description: string;
  /** Whether the tag was there before the stack, which then only uses it. */
  readonly existing: boolean;
  /** Full inventory path of the cluster: `/X1/host/x1_cluster_prod`. */
  readonly cluster: string;
  /** Full inventory paths of the datastores, in the order written, each once. */
  readonly datastores: readonly string[];
}

/** A region: its tag, its datacenter and its zones in the order written. */
export interface Region {
  /** The tag's name. */
  readonly name: string;
  /** The name that the tag had before, and under which the state may have it. */
  readonly formerName?: string;
  /** The tag's description. */
  readonly description: string;
  /** Whether the tag was there before the stack, which then only uses it. */
  readonly existing: boolean;
  /** Full inventory path of the datacenter: `/X1`. */
  readonly datacenter: string;
  readonly zones: readonly Zone[];
  /** What the region's cluster is like; absent when no documents are to be made for the region. */
  readonly cluster?: Cluster;
}

/** One permission to set for every principal: an object, and which of the two roles. */
export interface RoleGrant {
  /** Full inventory path of the object; `/` is the root. */
  readonly path: string;
  /** What the object can be: of the first kind that is there. Absent when the configuration does not say. */
  readonly kinds?: readonly ObjectKind[];
  /** Which role: the role itself, or the read-only one of a granular grant. */
  readonly role: "full" | "readOnly";
  /** Whether the permission holds for everything below the object. */
  readonly propagate: boolean;
}

/** A role as it is to be in vCenter. */
export interface RoleDefinition {
  readonly name: string;
  /** Privilege ids, sorted, each once, without the implied `System.*`. */
  readonly privileges: readonly string[];
}

/** The role, who gets it and where. */
export interface Role extends RoleDefinition {
  /** Whether the role was there before the stack, which then only uses it; the read-only one is always made. */
  readonly existing: boolean;
  /** The model that the grants follow. */
  readonly grantModel: GrantModel;
  readonly principals: readonly Principal[];
  /** Every object once; each principal gets each of them. */
  readonly grants: readonly RoleGrant[];
  /** What becomes of a privilege that vCenter does not know. */
  readonly unknownPrivileges: NonNullable<WrittenConfiguration["role"]>["unknownPrivileges"];
  /** The second role of a granular grant; absent otherwise. */
  readonly readOnlyRole?: RoleDefinition;
}

/** Where a role is granted: a model by name, or an own list. */
export type GrantModel = "datacenters" | "root" | "granular" | "list";

/** The vCenter account for the cluster configuration; its password is read apart. */
export interface ClusterAccount {
  /** `user@domain`. */
  readonly username: string;
}

/** A template that others made, in each region. */
export interface ExistingTemplate {
  readonly kind: "existing";
  /** Path below each datacenter's vm folder. */
  readonly template: string;
  readonly regions: Readonly<Record<string, NodeDisks>>;
}

/** A template that the program builds. */
export interface BuiltTemplate {
  readonly kind: "built";
  readonly recipe: ImageRecipe;
  /** Where it is needed, by region, in the order of the regions. The first is where it is built, if it is built once. */
  readonly regions: Readonly<Record<string, NodeDisks & { readonly place: TemplatePlace }>>;
  readonly distribution: Distribution;
  readonly oldTemplates: "keep" | "remove";
  readonly httpAddress?: string;
  /** The account that builds; absent for the one that prepares everything. */
  readonly username?: string;
  readonly timeouts: TemplateTimeouts;
}

/** What nodes ask of a template's disk. */
export interface NodeDisks {
  /** GiB: the smallest root disk of the nodes that are cloned from it; absent when there are none. */
  readonly smallestRootDisk?: number;
}

/** Where the template of nodes comes from. */
export type TemplateImage = ExistingTemplate | BuiltTemplate;

/** The whole configuration, checked, with every default filled in and every path in full. */
export interface Configuration {
  readonly regions: readonly Region[];
  readonly categories: Categories;
  /** Absent when the stack makes no role and sets no permissions. */
  readonly role?: Role;
  /** Which vCenter the stack belongs to: the instance UUID that it has since it was restored. */
  readonly vCenter: { readonly restoredAs?: string };
  /** Checks of vCenter that the stack takes less seriously, and why. */
  readonly preflight: PreflightLevels;
  /** Whether the stack does without all of them: a preview then takes no vCenter at hand. */
  readonly isPreflightOff: boolean;
  /** Whether every resource is protected from deletion. */
  readonly protect: boolean;
  /** Absent when each instance class names its template. */
  readonly templateImage?: TemplateImage;
  /** The Deckhouse that is to be installed. */
  readonly deckhouse: Deckhouse;
  /** Present whenever a region has a cluster. */
  readonly clusterAccount?: ClusterAccount;
}

/** The role as written; what {@link PrivilegeChoice} needs is a part of it. */
export type WrittenRole = NonNullable<WrittenConfiguration["role"]> & PrivilegeChoice;
