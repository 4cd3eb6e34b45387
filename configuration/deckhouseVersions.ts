/** What one minor version of Deckhouse accepts. */
export interface DeckhouseVersion {
  /** `1.77`. */
  readonly version: string;
  /** Accepted by `kubernetesVersion` of `ClusterConfiguration`, besides `Automatic`, oldest first. */
  readonly kubernetes: readonly string[];
  /** Accepted by `controllerVersion` of `IngressNginxController`, oldest first. */
  readonly ingressControllers: readonly string[];
}

/**
 * The versions of Deckhouse whose schemas have been read, oldest first. 1.78 is not released: its row is what the main
 * branch had after 1.77.
 *
 * Source: deckhouse/deckhouse `candi/openapi/cluster_configuration.yaml` and
 * `modules/402-ingress-nginx/crds/ingress-nginx.yaml` at v1.74.17, v1.75.9, v1.76.2 and 38b23a3e (main, for 1.77).
 */
export const deckhouseVersions: readonly DeckhouseVersion[] = [
  {
    version: "1.74",
    kubernetes: ["1.30", "1.31", "1.32", "1.33", "1.34"],
    ingressControllers: ["1.9", "1.10", "1.12"],
  },
  {
    version: "1.75",
    kubernetes: ["1.31", "1.32", "1.33", "1.34", "1.35"],
    ingressControllers: ["1.10", "1.12", "1.14"],
  },
  {
    version: "1.76",
    kubernetes: ["1.31", "1.32", "1.33", "1.34", "1.35"],
    ingressControllers: ["1.10", "1.12", "1.14"],
  },
  {
    version: "1.77",
    kubernetes: ["1.32", "1.33", "1.34", "1.35", "1.36"],
    ingressControllers: ["1.12", "1.14", "1.15"],
  },
  {
    version: "1.78",
    kubernetes: ["1.32", "1.33", "1.34", "1.35", "1.36"],
    ingressControllers: ["1.12", "1.14", "1.15"],
  },
];

/** What changed from one version to the next: the first version that has it. */
const firstVersions = {
  /**
   * The registry is a setting of the module `deckhouse`, and the section of `InitConfiguration` is deprecated. Source:
   * deckhouse/deckhouse `candi/openapi/init_configuration.yaml` at v1.75.9.
   */
  registrySettings: "1.75",
  /**
   * `acceptClientIPHeadersFrom` of `IngressNginxController`. Source: `modules/402-ingress-nginx/crds/ingress-nginx.yaml`
   * at v1.74.17 and v1.75.9.
   */
  clientIPHeaderSources: "1.75",
  /** The release channel `LTS`. Source: `modules/002-deckhouse/openapi/config-values.yaml` at v1.76.2. */
  ltsChannel: "1.76",
  /** MetalLB is configured with custom resources. Source: deckhouse/deckhouse#18660. */
  metallbResources: "1.77",
  /** dhctl asks less of masters when the bundle is `Minimal`. Source: `dhctl/pkg/preflight/checks` on main. */
  smallMasters: "1.77",
  /** `caBundle` of `provider` and `nsxt`. Source: deckhouse/deckhouse#21245, which is in no release of 1.77. */
  certificateAuthorities: "1.78",
} as const;

/** Something that later versions of Deckhouse have and earlier ones have not. */
export type DeckhouseFeature = keyof typeof firstVersions;

/**
 * Tells whether a version of Deckhouse has a feature.
 *
 * @param version `1.77` or `1.77.3`; the caller has checked the form
 */
export function deckhouseHas(version: string, feature: DeckhouseFeature): boolean {
  return minorOf(version) >= minorOf(firstVersions[feature]);
}

/** The first version of Deckhouse that has a feature: `1.77`. */
export function firstVersionWith(feature: DeckhouseFeature): string {
  return firstVersions[feature];
}

/**
 * What a version of Deckhouse accepts.
 *
 * @param version `1.77` or `1.77.3`
 * @returns undefined for a version whose schemas nobody has read here
 */
export function deckhouseVersion(version: string): DeckhouseVersion | undefined {
  return deckhouseVersions.find((known) => minorOf(known.version) === minorOf(version));
}

/** The number behind `1.`; there is no other major version. */
function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
