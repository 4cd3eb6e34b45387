/** Deckhouse's documents: built from the configuration, and written as YAML. */
export { clusterDocuments, type ClusterDocument, type DeckhouseDocument } from "./clusterDocuments";
export { placeholderSecrets, placeholdersIn, type DocumentInputs } from "./inputs";
export { documentsWithoutSecrets, regionDocuments, type RegionDocuments } from "./regionDocuments";
export { fileSummaries } from "./fileSummaries";
export { documentFiles, renderDocuments, renderYaml } from "./regionDocuments";
