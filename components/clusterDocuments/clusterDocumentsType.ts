/** The type of the component that keeps the documents, in the state and in the engine's events. Fixed for good. */
export const clusterDocumentsType = "deckhouse-vsphere:index:ClusterDocuments";
