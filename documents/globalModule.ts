import { unlessEmpty, type DocumentInputs } from "./inputs";

/**
 * What all modules of Deckhouse have in common. It is no module that could be turned off, so it is not turned on either.
 * Source: deckhouse/deckhouse `global-hooks/openapi/config-values.yaml`, version 2 of the settings.
 */
export interface GlobalModuleConfig {
  readonly apiVersion: "deckhouse.io/v1alpha1";
  readonly kind: "ModuleConfig";
  readonly metadata: { readonly name: "global" };
  readonly spec: { readonly version: 2; readonly settings: GlobalSettings };
}

interface GlobalSettings {
  readonly defaultClusterStorageClass?: string;
  readonly highAvailability?: boolean;
  readonly modules?: {
    /** With `%s` in place of a service's name. */
    readonly publicDomainTemplate?: string;
    readonly https?: {
      readonly mode?: "CertManager" | "CustomCertificate" | "OnlyInURI" | "Disabled";
      readonly certManager?: { readonly clusterIssuerName: string };
      /** A Secret in `d8-system`. */
      readonly customCertificate?: { readonly secretName: string };
    };
    readonly placement?: { readonly customTolerationKeys: readonly string[] };
  };
}

/**
 * Builds the settings of all modules.
 *
 * @returns undefined when there is nothing to set
 */
export function globalModule({
  region: { cluster },
}: DocumentInputs): GlobalModuleConfig | undefined {
  const { https, customTolerationKeys, storageClasses } = cluster;
  const settings = unlessEmpty({
    defaultClusterStorageClass: storageClasses?.default,
    highAvailability: cluster.highAvailability,
    modules: unlessEmpty({
      publicDomainTemplate: cluster.publicDomainTemplate,
      https:
        https &&
        unlessEmpty({
          mode: https.mode,
          certManager: https.clusterIssuerName
            ? { clusterIssuerName: https.clusterIssuerName }
            : undefined,
          customCertificate: https.customCertificate
            ? { secretName: https.customCertificate }
            : undefined,
        }),
      placement: customTolerationKeys && { customTolerationKeys },
    }),
  });
  return (
    settings && {
      apiVersion: "deckhouse.io/v1alpha1",
      kind: "ModuleConfig",
      metadata: { name: "global" },
      spec: { version: 2, settings },
    }
  );
}
