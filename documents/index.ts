/** The documents Deckhouse takes: their types, how they are built, and how they are written down. */
export { clusterDocuments, type ClusterDocument, type DocumentFile } from "./clusterDocuments";
export type { DocumentInputs, DocumentProvider, DocumentRegion, DocumentSecrets } from "./inputs";
export { placeholderSecrets, placeholdersIn } from "./placeholders";
export { documentFiles, renderDocuments } from "./renderDocuments";
export { renderYaml } from "./renderYaml";
export type * from "./types";
