import type { VsphereCluster } from "../configuration/clusterTypes";
import { hasMetallbResources } from "../configuration/deckhouseVersion";
import { clusterConfiguration } from "./builders/clusterConfiguration";
import { deckhouseModule } from "./builders/deckhouseModule";
import { ephemeralNodeGroup } from "./builders/ephemeralNodeGroup";
import { ingressController } from "./builders/ingressController";
import { initConfiguration } from "./builders/initConfiguration";
import { bgpResources } from "./builders/metallbBgp";
import { l2Class } from "./builders/metallbL2";
import { metallbModule } from "./builders/metallbModule";
import { vsphereClusterConfiguration } from "./builders/vsphereClusterConfiguration";
import { vsphereProviderModule } from "./builders/vsphereProviderModule";
import type { DocumentInputs, InputsOf } from "./inputs";
import type { DeckhouseDocument } from "./types";

/** The files that documents go to, by subject. */
export type DocumentFile =
  | "cluster-configuration.yaml"
  | "init-configuration.yaml"
  | "vsphere-cluster-configuration.yaml"
  | "module-configs.yaml"
  | "ingress.yaml"
  | "node-groups.yaml";

/** A document with the file it goes to. */
export interface ClusterDocument {
  readonly file: DocumentFile;
  readonly document: DeckhouseDocument;
}

/**
 * Builds all documents of a region's cluster, in the order in which `dhctl bootstrap` wants them: first what a
 * cluster is installed from, then the modules, then resources, each before what names it. Where the masters are not
 * in vSphere, the documents of the installation are not among them.
 *
 * @param inputs the region, its cluster and what only the program knows
 * @throws RangeError when a permanent node has no template, or a storage policy no id; the rules of the configuration
 * and the program exclude both
 */
export function clusterDocuments(inputs: DocumentInputs): readonly ClusterDocument[] {
  const { cluster } = inputs.region;
  const groups = cluster.ephemeralNodeGroups.flatMap((group) => ephemeralNodeGroup(inputs, group));
  const { ingress } = cluster;
  return [
    ...(isInstalled(inputs) ? installation(inputs) : []),
    ...inFile("module-configs.yaml", [vsphereProviderModule(inputs), metallbModule(inputs)]),
    ...inFile("ingress.yaml", loadBalancers(inputs)),
    ...inFile("node-groups.yaml", groups),
    ...inFile("ingress.yaml", [ingress && ingressController(inputs, ingress)]),
  ];
}

function isInstalled(inputs: DocumentInputs): inputs is InputsOf<VsphereCluster> {
  return inputs.region.cluster.controlPlane === "vSphere";
}

function installation(inputs: InputsOf<VsphereCluster>): readonly ClusterDocument[] {
  return [
    { file: "cluster-configuration.yaml", document: clusterConfiguration(inputs) },
    { file: "init-configuration.yaml", document: initConfiguration(inputs) },
    { file: "vsphere-cluster-configuration.yaml", document: vsphereClusterConfiguration(inputs) },
    { file: "module-configs.yaml", document: deckhouseModule(inputs.deckhouse) },
  ];
}

function loadBalancers({
  region,
  deckhouse,
  secrets,
}: DocumentInputs): readonly DeckhouseDocument[] {
  const { ingress } = region.cluster;
  if (ingress?.kind === "metallbL2") {
    return [l2Class(region.name, ingress)];
  }
  return ingress?.kind === "metallbBGP" && hasMetallbResources(deckhouse.version)
    ? bgpResources(region.name, ingress, secrets.bgpPassword)
    : [];
}

function inFile(
  file: DocumentFile,
  documents: readonly (DeckhouseDocument | undefined)[],
): readonly ClusterDocument[] {
  return documents.flatMap((document) => (document === undefined ? [] : [{ file, document }]));
}
