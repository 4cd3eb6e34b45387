import type { Cluster, Deckhouse } from "../configuration/clusterTypes";

/** A region with its cluster, checked. */
export interface DocumentRegion {
  /** Name of the region's tag. */
  readonly name: string;
  /** Full inventory path of the datacenter: `/X1`. */
  readonly datacenter: string;
  /** Names of the zones' tags, in the order written. */
  readonly zones: readonly string[];
  readonly cluster: Cluster;
}

/** How Deckhouse is to reach vCenter; the password is among the secrets. */
export interface DocumentProvider {
  /** Host name or address. */
  readonly server: string;
  /** `user@domain`. */
  readonly username: string;
  /** Whether any certificate is accepted; without effect when there is a `caBundle`. */
  readonly insecure?: boolean | undefined;
  /** Certificates of the authority, PEM. */
  readonly caBundle?: string | undefined;
}

/** What the documents hold that nobody else may read; or placeholders in place of it. */
export interface DocumentSecrets {
  /** Of the vCenter account of the cluster. */
  readonly clusterAccountPassword: string;
  /** Credentials of the container registry: Docker's configuration file in base64, as Deckhouse takes it. */
  readonly registryDockerCfg?: string | undefined;
  /** Of the sessions with the BGP routers, if they have one. */
  readonly bgpPassword?: string | undefined;
  /** Of the user of NSX-T. */
  readonly nsxtPassword?: string | undefined;
}

/** Everything a region's documents are made of. */
export interface DocumentInputs {
  readonly region: DocumentRegion;
  /** Names of the two tag categories. */
  readonly categories: { readonly region: string; readonly zone: string };
  readonly provider: DocumentProvider;
  readonly deckhouse: Deckhouse;
  /** Of the instance classes that name none: path below the datacenter's vm folder, as Deckhouse takes it. */
  readonly template?: string | undefined;
  /** Id of the storage policy; also when the configuration names it by name. */
  readonly storagePolicyId?: string | undefined;
  readonly secrets: DocumentSecrets;
}

/** {@link DocumentInputs} of a cluster of one kind. */
export type InputsOf<Kind extends Cluster> = DocumentInputs & {
  readonly region: { readonly cluster: Kind };
};
