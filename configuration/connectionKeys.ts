/** A key that is not part of the schema: the connection to vCenter, and secrets. */
export interface ConnectionKey {
  /** The key with its namespace. */
  readonly key: string;
  readonly type: "text" | "boolean";
  /** Whether it is to be set with `--secret`. */
  readonly secret: boolean;
  /** The environment variable that counts when the key is not set. */
  readonly environmentVariable?: string;
  /** What holds when neither is set, in words; absent for a required one. */
  readonly fallback?: string;
  readonly description: string;
  readonly example: string;
}

/** Where vCenter is and who logs in, and the secrets: everything a stack may set beside the schema. */
export const connectionKeys: readonly ConnectionKey[] = [
  {
    key: "vsphere:vsphereServer",
    type: "text",
    secret: false,
    environmentVariable: "VSPHERE_SERVER",
    description: "Host name or address of the vCenter, with a port if it is not 443.",
    example: "vcenter.example.com",
  },
  {
    key: "vsphere:user",
    type: "text",
    secret: false,
    environmentVariable: "VSPHERE_USER",
    description:
      "The user who prepares the vCenter, with domain. It is not the account that Deckhouse works with; " +
      "it has to be allowed to manage tags, roles and permissions.",
    example: "administrator@vsphere.local",
  },
  {
    key: "vsphere:password",
    type: "text",
    secret: true,
    environmentVariable: "VSPHERE_PASSWORD",
    description: "The password of `vsphere:user`.",
    example: "pulumi config set --secret vsphere:password",
  },
  {
    key: "vsphere:allowUnverifiedSsl",
    type: "boolean",
    secret: false,
    environmentVariable: "VSPHERE_ALLOW_UNVERIFIED_SSL",
    fallback: "`false`",
    description:
      "`true` accepts any certificate of the vCenter, so that nobody can tell who answers. Leave it out " +
      "where you can.",
    example: "true",
  },
  {
    key: "deckhouse-vsphere:caBundle",
    type: "text",
    secret: false,
    fallback: "the certificate authorities that the machine trusts",
    description:
      "Certificates of the authority that signed the vCenter's, as PEM text. Excludes " +
      "`vsphere:allowUnverifiedSsl`.",
    example: 'pulumi config set deckhouse-vsphere:caBundle -- "$(cat ca.pem)"',
  },
  {
    key: "deckhouse-vsphere:clusterAccountPassword",
    type: "text",
    secret: true,
    environmentVariable: "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD",
    fallback: "none; needed as soon as a cluster configuration is made",
    description:
      "The password of `clusterAccount.username`; it goes into the cluster configuration.",
    example: "pulumi config set --secret deckhouse-vsphere:clusterAccountPassword",
  },
  {
    key: "deckhouse-vsphere:templateImagePassword",
    type: "text",
    secret: true,
    environmentVariable: "DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD",
    fallback: "none; needed when `templateImage.account` is set",
    description: "The password of `templateImage.account.username`, who builds the template.",
    example: "pulumi config set --secret deckhouse-vsphere:templateImagePassword",
  },
  {
    key: "deckhouse-vsphere:registryDockerCfg",
    type: "text",
    secret: true,
    environmentVariable: "DECKHOUSE_VSPHERE_REGISTRY_DOCKER_CFG",
    fallback: "a placeholder in the documents",
    description:
      "The credentials of the container registry of `deckhouse.imagesRepo`, as Deckhouse takes them: the base64 " +
      "text of a Docker configuration.",
    example: "pulumi config set --secret deckhouse-vsphere:registryDockerCfg",
  },
  {
    key: "deckhouse-vsphere:bgpPassword",
    type: "text",
    secret: true,
    environmentVariable: "DECKHOUSE_VSPHERE_BGP_PASSWORD",
    fallback: "none: the routers ask for no password",
    description: "The password of the BGP sessions with the routers of `ingress.metallbBGP`.",
    example: "pulumi config set --secret deckhouse-vsphere:bgpPassword",
  },
  {
    key: "deckhouse-vsphere:nsxtPassword",
    type: "text",
    secret: true,
    environmentVariable: "DECKHOUSE_VSPHERE_NSXT_PASSWORD",
    fallback: "none; needed when `nsxt` is set",
    description: "The password of `nsxt.user`.",
    example: "pulumi config set --secret deckhouse-vsphere:nsxtPassword",
  },
];
