/**
 * Deckhouse's `InitConfiguration`: where the installer gets Deckhouse from. Source: deckhouse/deckhouse
 * `candi/openapi/init_configuration.yaml`.
 */
export interface InitConfigurationDocument {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "InitConfiguration";
  readonly deckhouse: {
    /** Address in a container registry, with the edition. */
    readonly imagesRepo: string;
    /** Secret. Credentials of the registry: Docker's configuration file in base64. */
    readonly registryDockerCfg: string;
    readonly registryScheme?: "HTTP" | "HTTPS";
    /** Certificates of the authority that signed the registry's, PEM. */
    readonly registryCA?: string;
  };
}
