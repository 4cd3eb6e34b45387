/** A setting that is read apart from the schema of the stack configuration. */
export interface Setting {
  /** The key with its namespace, `vsphere:user`. */
  readonly key: string;
  readonly type: "text" | "boolean";
  /** Whether it is to be set with `--secret`. */
  readonly secret: boolean;
  /** The environment variable that counts when the key is not set. */
  readonly variable?: string;
  /** What holds when neither is set, in words; absent for a required one. */
  readonly fallback?: string;
  readonly description: string;
  readonly example: string;
}

/**
 * Where vCenter is and who logs in, and the secrets: everything that a stack may set beside the schema. Of the namespace
 * `vsphere`, keys and variables are those that the vSphere provider reads, in the same order, so that both always mean the
 * same vCenter.
 *
 * Source: vmware/terraform-provider-vsphere `vsphere/provider.go`.
 */
export const settings = {
  server: {
    key: "vsphere:vsphereServer",
    type: "text",
    secret: false,
    variable: "VSPHERE_SERVER",
    description: "Host name or address of the vCenter, with a port if it is not 443.",
    example: "vcenter.example.com",
  },
  user: {
    key: "vsphere:user",
    type: "text",
    secret: false,
    variable: "VSPHERE_USER",
    description:
      "The user who prepares the vCenter, with domain. It is not the account that Deckhouse works with; " +
      "it has to be allowed to manage tags, roles and permissions.",
    example: "administrator@vsphere.local",
  },
  password: {
    key: "vsphere:password",
    type: "text",
    secret: true,
    variable: "VSPHERE_PASSWORD",
    description: "The password of `vsphere:user`.",
    example: "pulumi config set --secret vsphere:password",
  },
  allowUnverifiedSsl: {
    key: "vsphere:allowUnverifiedSsl",
    type: "boolean",
    secret: false,
    variable: "VSPHERE_ALLOW_UNVERIFIED_SSL",
    fallback: "`false`",
    description:
      "`true` accepts any certificate of the vCenter, so that nobody can tell who answers. Leave it out " +
      "where you can.",
    example: "true",
  },
  caBundle: {
    key: "deckhouse-vsphere:caBundle",
    type: "text",
    secret: false,
    fallback: "the certificate authorities that the machine trusts",
    description:
      "Certificates of the authority that signed the vCenter's, as PEM text. Excludes " +
      "`vsphere:allowUnverifiedSsl`.",
    example: 'pulumi config set deckhouse-vsphere:caBundle -- "$(cat ca.pem)"',
  },
  clusterAccountPassword: {
    key: "deckhouse-vsphere:clusterAccountPassword",
    type: "text",
    secret: true,
    variable: "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD",
    fallback: "none; needed as soon as a cluster configuration is made",
    description:
      "The password of `clusterAccount.username`; it goes into the cluster configuration.",
    example: "pulumi config set --secret deckhouse-vsphere:clusterAccountPassword",
  },
  templateImagePassword: {
    key: "deckhouse-vsphere:templateImagePassword",
    type: "text",
    secret: true,
    variable: "DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD",
    fallback: "none; needed when `templateImage.account` is set",
    description: "The password of `templateImage.account.username`, who builds the template.",
    example: "pulumi config set --secret deckhouse-vsphere:templateImagePassword",
  },
  registryDockerCfg: {
    key: "deckhouse-vsphere:registryDockerCfg",
    type: "text",
    secret: true,
    variable: "DECKHOUSE_VSPHERE_REGISTRY_DOCKER_CFG",
    fallback: "a placeholder in the documents",
    description:
      "The credentials of the container registry of `deckhouse.imagesRepo`, as Deckhouse takes them: the base64 " +
      "text of a Docker configuration.",
    example: "pulumi config set --secret deckhouse-vsphere:registryDockerCfg",
  },
  bgpPassword: {
    key: "deckhouse-vsphere:bgpPassword",
    type: "text",
    secret: true,
    variable: "DECKHOUSE_VSPHERE_BGP_PASSWORD",
    fallback: "none: the routers ask for no password",
    description: "The password of the BGP sessions with the routers of `metallbBGP`.",
    example: "pulumi config set --secret deckhouse-vsphere:bgpPassword",
  },
  nsxtPassword: {
    key: "deckhouse-vsphere:nsxtPassword",
    type: "text",
    secret: true,
    variable: "DECKHOUSE_VSPHERE_NSXT_PASSWORD",
    fallback: "none; needed when `nsxt` is set",
    description: "The password of `nsxt.user`.",
    example: "pulumi config set --secret deckhouse-vsphere:nsxtPassword",
  },
  proxyPassword: {
    key: "deckhouse-vsphere:proxyPassword",
    type: "text",
    secret: true,
    variable: "DECKHOUSE_VSPHERE_PROXY_PASSWORD",
    fallback: "none; needed when `proxy.username` is set",
    description:
      "The password of `proxy.username`, as it is: the documents get it percent-encoded.",
    example: "pulumi config set --secret deckhouse-vsphere:proxyPassword",
  },
  firstUserPasswordHash: {
    key: "deckhouse-vsphere:firstUserPasswordHash",
    type: "text",
    secret: true,
    variable: "DECKHOUSE_VSPHERE_FIRST_USER_PASSWORD_HASH",
    fallback: "none; needed when `firstUser` is set",
    description:
      'The bcrypt hash of the password of `firstUser`, which `htpasswd -BinC 10 "" | cut -d: -f2` makes of what is typed ' +
      "until Ctrl-D. It counts when the user is created: Deckhouse refuses to change it later.",
    example: "pulumi config set --secret deckhouse-vsphere:firstUserPasswordHash",
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** Every setting, in the order of the documentation. */
export const allSettings: readonly Setting[] = Object.values(settings);

/** The name of a setting in {@link settings}. */
export type SettingName = keyof typeof settings;

/** Looks up a key of the stack's configuration, `vsphere:user`; undefined when it is not set. */
export type ConfigurationLookup = (key: string) => string | undefined;

/** Where settings are looked for. */
export interface SettingSources {
  readonly lookup: ConfigurationLookup;
  /** Usually process.env. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A setting that was looked for. */
export interface FoundSetting {
  /** Undefined when it is set nowhere. */
  readonly value: string | undefined;
  /** The key or the variable that has the value, where a wrong one is to be corrected; the key when neither has. */
  readonly source: string;
}

/** Looks for a setting in the configuration, then in the environment; empty text is none. */
export function findSetting(
  { lookup, environment }: SettingSources,
  name: SettingName,
): FoundSetting {
  const { key, variable }: Setting = settings[name];
  const configured = lookup(key);
  if (configured) {
    return { value: configured, source: key };
  }
  const inEnvironment = variable === undefined ? undefined : environment[variable];
  return inEnvironment && variable !== undefined
    ? { value: inEnvironment, source: variable }
    : { value: undefined, source: key };
}
