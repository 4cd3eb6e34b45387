import type { Cluster, Deckhouse, VsphereCluster } from "../configuration/clusterTypes";
import type { RegistryLogin } from "../configuration/registry";
import type { DocumentSecrets } from "../configuration/secrets";

/** A region and its cluster, after every rule of the configuration has passed. */
export interface DocumentRegion {
  /** Name of the region's tag. */
  readonly name: string;
  /** Full inventory path of the datacenter: `/X1`. */
  readonly datacenter: string;
  /** Names of the zones' tags, in the order of the configuration. */
  readonly zones: readonly string[];
  readonly cluster: Cluster;
}

/** How Deckhouse reaches vCenter; the password is one of the secrets. */
export interface DocumentProvider {
  /** Host name or address. */
  readonly server: string;
  /** `user@domain`. */
  readonly username: string;
  /** Whether any certificate is accepted; without effect when there is a `caBundle`. */
  readonly insecure?: boolean;
  /** Certificates of the authority that signed vCenter's, PEM. */
  readonly caBundle?: string;
}

/** The secrets in a region's documents, or placeholders for them. Every document set has the account's password. */
export type GivenSecrets = Partial<DocumentSecrets> & { readonly clusterAccountPassword: string };

/** Everything that a region's documents are made of. */
export interface DocumentInputs {
  readonly region: DocumentRegion;
  /** Names of the two tag categories. */
  readonly categories: { readonly region: string; readonly zone: string };
  readonly provider: DocumentProvider;
  readonly deckhouse: Deckhouse;
  /** The template for instance classes that name none: a path below the datacenter's vm folder. */
  readonly template?: string;
  /** Id of the storage policy, which vCenter knows when the configuration gives only the name. */
  readonly storagePolicyId?: string;
  readonly secrets: GivenSecrets;
  /** How nodes log in to the registry; absent for a registry that asks for no login. */
  readonly registryLogin?: RegistryLogin;
}

/** {@link DocumentInputs} of a cluster that is installed in vSphere. */
export type InstallationInputs = DocumentInputs & {
  readonly region: { readonly cluster: VsphereCluster };
};

const placeholder = /<(?:SECRET|PLACEHOLDER): [A-Za-z][A-Za-z.]*>/g;

/** What a document has in place of a secret: `<SECRET: bgpPassword>`. */
export function secretPlaceholder(
  name: keyof DocumentSecrets | `registryDockerCfg.${keyof RegistryLogin}`,
): string {
  return `<SECRET: ${name}>`;
}

/**
 * What a document has in place of a value that the configuration leaves out: `<PLACEHOLDER: deckhouse.imagesRepo>`.
 *
 * @param path the configuration key that would give the value
 */
export function valuePlaceholder(path: string): string {
  return `<PLACEHOLDER: ${path}>`;
}

/** A placeholder for each secret that is given, for documents that may go into a repository. */
export function placeholderSecrets(secrets: Partial<DocumentSecrets>): GivenSecrets {
  const names = Object.keys(secrets) as (keyof DocumentSecrets)[];
  const given = names.filter((name) => secrets[name] !== undefined);
  return {
    ...Object.fromEntries(given.map((name) => [name, secretPlaceholder(name)])),
    clusterAccountPassword: secretPlaceholder("clusterAccountPassword"),
  };
}

/** Placeholders for the login to the registry. */
export const placeholderLogin: RegistryLogin = {
  username: secretPlaceholder("registryDockerCfg.username"),
  password: secretPlaceholder("registryDockerCfg.password"),
};

/**
 * Finds what a person still has to fill in.
 *
 * @param text rendered documents
 * @returns the placeholders in the order of the text, each once
 */
export function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(placeholder))];
}

/** Labels, annotations and selectors. */
export type StringMap = Readonly<Record<string, string>>;

/** A cluster-scoped resource of the Kubernetes API, as all of Deckhouse's custom resources are. */
export interface Resource<ApiVersion extends string, Kind extends string, Spec extends object> {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
  readonly metadata: { readonly name: string };
  readonly spec: Spec;
}

/**
 * Deckhouse's `ModuleConfig`: turns a module on and holds its settings. Source: deckhouse/deckhouse
 * `deckhouse-controller/crds/module-config.yaml`.
 */
export interface ModuleConfig<
  Name extends string,
  Version extends number,
  Settings extends object,
> extends Resource<
  "deckhouse.io/v1alpha1",
  "ModuleConfig",
  {
    /** Version of the settings' schema, which differs between versions of Deckhouse. */
    readonly version: Version;
    readonly enabled: true;
    readonly settings?: Settings;
  }
> {
  readonly metadata: { readonly name: Name };
}

/** Builds the document that turns a module on. */
export function moduleConfig<Name extends string, Version extends number, Settings extends object>(
  name: Name,
  version: Version,
  settings: Settings | undefined,
): ModuleConfig<Name, Version, Settings> {
  return {
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "ModuleConfig",
    metadata: { name },
    spec: { version, enabled: true, settings },
  };
}

/** The object, or undefined when none of its keys has a value: an empty section would say nothing. */
export function unlessEmpty<Section extends object>(section: Section): Section | undefined {
  return Object.values(section).every((value) => value === undefined) ? undefined : section;
}
