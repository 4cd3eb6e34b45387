import { deckhouseHas } from "./deckhouseVersions";
import { settings as connectionSettings } from "./settings";

/** A module of Deckhouse that this program writes settings for. */
export interface OwnModule {
  /**
   * The version of the settings that the program writes.
   *
   * @param deckhouse the version of Deckhouse
   */
  readonly version: (deckhouse: string) => number;
  /** Paths of settings, each with what says the same here. What is below such a path is meant too. */
  readonly settings: Readonly<Record<string, string>>;
}

const cluster = (key: string): string => `clusterConfiguration.${key}`;
const registryKeys =
  "deckhouse.imagesRepo, registryMode, registryScheme and registryCA, and the secret " +
  connectionSettings.registryDockerCfg.key;

/**
 * The settings of modules that are not to be written a second time, by the name of the module.
 *
 * Source: deckhouse/deckhouse `global-hooks/openapi/config-values.yaml`, and `openapi/config-values.yaml` of the modules
 * `modules/002-deckhouse`, `modules/150-user-authn`, `ee/se/modules/380-metallb` and
 * `ee/se-plus/modules/030-cloud-provider-vsphere`.
 */
const ownModules: Readonly<Record<string, OwnModule>> = {
  global: {
    version: () => 2,
    settings: {
      defaultClusterStorageClass: cluster("storageClasses.default"),
      highAvailability: cluster("highAvailability"),
      "modules.publicDomainTemplate": cluster("publicDomainTemplate"),
      "modules.https.mode": cluster("https.mode"),
      "modules.https.certManager.clusterIssuerName": cluster("https.clusterIssuerName"),
      "modules.https.customCertificate.secretName": cluster("https.customCertificate"),
      "modules.placement.customTolerationKeys": cluster("customTolerationKeys"),
    },
  },
  deckhouse: {
    version: () => 1,
    settings: {
      releaseChannel: "deckhouse.releaseChannel",
      bundle: "deckhouse.bundle",
      logLevel: "deckhouse.logLevel",
      "update.mode": "deckhouse.update.mode",
      "update.windows": "deckhouse.update.windows",
      registry: registryKeys,
    },
  },
  "cloud-provider-vsphere": {
    version: () => 2,
    settings: {
      host: connectionSettings.server.key,
      username: "clusterAccount.username",
      password: `the secret ${connectionSettings.clusterAccountPassword.key}`,
      insecure: "deckhouse.insecureVCenter",
      caBundle: connectionSettings.caBundle.key,
      vmFolderPath: cluster("vmFolderPath"),
      regionTagCategory: "categories.region.name",
      zoneTagCategory: "categories.zone.name",
      region: "regions[].name",
      zones: "regions[].zones[].name",
      sshKeys: cluster("sshPublicKey"),
      internalNetworkNames: cluster("networks[].nodeAddress"),
      externalNetworkNames: cluster("networks[].nodeAddress"),
      disableTimesync: cluster("disableTimesync"),
      "storageClass.default": cluster("storageClasses.default"),
      "storageClass.exclude": cluster("storageClasses.exclude"),
      "storageClass.compatibilityFlag": cluster("storageClasses.compatibilityFlag"),
      nsxt: cluster("nsxt"),
    },
  },
  metallb: {
    version: (deckhouse) => (deckhouseHas(deckhouse, "metallbResources") ? 3 : 2),
    settings: {
      addressPools: cluster("ingress.metallbBGP.addresses"),
      bgpPeers: cluster("ingress.metallbBGP.routers"),
      bgpCommunities: cluster("ingress.metallbBGP.communities"),
      speaker: cluster("ingress.nodeGroup"),
    },
  },
  "user-authn": { version: () => 2, settings: {} },
};

/** What this program writes for a module; undefined for a module that it never writes settings for. */
export function ownModule(name: string): OwnModule | undefined {
  return Object.hasOwn(ownModules, name) ? ownModules[name] : undefined;
}
