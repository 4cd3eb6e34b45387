import type { DocumentInputs, InstallationInputs } from "./inputs";
import { withExtraSettings, type ExtraDocument, type ExtraModuleConfig } from "./extra";
import { globalModule, type GlobalModuleConfig } from "./globalModule";
import { ingressControllers, type IngressNginxControllerDocument } from "./ingressController";
import {
  clusterConfiguration,
  deckhouseModule,
  initConfiguration,
  type ClusterConfigurationDocument,
  type DeckhouseModuleConfig,
  type InitConfigurationDocument,
} from "./installation";
import { metallbModule, type MetallbModuleConfig } from "./metallbModule";
import { metallbResources, type MetallbDocument } from "./metallbResources";
import {
  ephemeralNodeGroups,
  type NodeGroupDocument,
  type VsphereInstanceClassDocument,
} from "./nodeGroup";
import {
  firstUser,
  userAuthnModule,
  type ClusterAuthorizationRuleDocument,
  type UserAuthnModuleConfig,
  type UserDocument,
} from "./users";
import {
  vsphereClusterConfiguration,
  type VsphereClusterConfiguration,
} from "./vsphereClusterConfiguration";
import { vsphereProviderModule, type VsphereProviderModuleConfig } from "./vsphereProvider";

/** Any of Deckhouse's documents. Deckhouse has defaults of its own for keys that are absent or undefined. */
export type DeckhouseDocument =
  | ClusterConfigurationDocument
  | InitConfigurationDocument
  | VsphereClusterConfiguration
  | DeckhouseModuleConfig
  | GlobalModuleConfig
  | VsphereProviderModuleConfig
  | MetallbModuleConfig
  | UserAuthnModuleConfig
  | UserDocument
  | ClusterAuthorizationRuleDocument
  | MetallbDocument
  | VsphereInstanceClassDocument
  | NodeGroupDocument
  | IngressNginxControllerDocument
  | ExtraModuleConfig
  | ExtraDocument;

/** The files of documents, by subject. */
export type DocumentFile =
  | "cluster-configuration.yaml"
  | "init-configuration.yaml"
  | "vsphere-cluster-configuration.yaml"
  | "module-configs.yaml"
  | "users.yaml"
  | "ingress.yaml"
  | "node-groups.yaml"
  | "extra.yaml";

/** A document and the file it goes to. */
export interface ClusterDocument {
  readonly file: DocumentFile;
  readonly document: DeckhouseDocument;
}

/**
 * Builds all documents of a region's cluster in the order that `dhctl bootstrap` expects: first what the cluster is
 * installed from, then the modules, then resources, each before those that refer to it, and last what the program has no
 * keys for. Where the masters are elsewhere, nothing is installed.
 *
 * @throws RangeError when a permanent node has no template, or a storage policy no id; the rules of the configuration
 * and the program exclude both
 */
export function clusterDocuments(inputs: DocumentInputs): readonly ClusterDocument[] {
  return [
    ...(isInstallation(inputs) ? installation(inputs) : []),
    ...inFile("module-configs.yaml", withExtraSettings(inputs, modules(inputs))),
    ...inFile("users.yaml", firstUser(inputs)),
    ...inFile("ingress.yaml", metallbResources(inputs)),
    ...inFile("node-groups.yaml", ephemeralNodeGroups(inputs)),
    ...inFile("ingress.yaml", ingressControllers(inputs)),
    ...inFile("extra.yaml", inputs.region.cluster.extraDocuments ?? []),
  ];
}

function isInstallation(inputs: DocumentInputs): inputs is InstallationInputs {
  return inputs.region.cluster.controlPlane === "vSphere";
}

function installation(inputs: InstallationInputs): readonly ClusterDocument[] {
  return [
    { file: "cluster-configuration.yaml", document: clusterConfiguration(inputs) },
    ...inFile("init-configuration.yaml", [initConfiguration(inputs)]),
    { file: "vsphere-cluster-configuration.yaml", document: vsphereClusterConfiguration(inputs) },
  ];
}

function modules(inputs: DocumentInputs): readonly (ExtraModuleConfig | undefined)[] {
  return [
    isInstallation(inputs) ? deckhouseModule(inputs) : undefined,
    globalModule(inputs),
    vsphereProviderModule(inputs),
    metallbModule(inputs),
    userAuthnModule(inputs),
  ];
}

function inFile(
  file: DocumentFile,
  documents: readonly (DeckhouseDocument | undefined)[],
): readonly ClusterDocument[] {
  return documents.flatMap((document) => (document === undefined ? [] : [{ file, document }]));
}
