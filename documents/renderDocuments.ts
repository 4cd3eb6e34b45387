import type { ClusterDocument, DocumentFile } from "./clusterDocuments";
import { renderYaml } from "./renderYaml";

/** Every file that {@link renderDocuments} may make. */
export const documentFiles: readonly string[] = [
  "bootstrap.yaml",
  "resources.yaml",
  "cluster-configuration.yaml",
  "init-configuration.yaml",
  "vsphere-cluster-configuration.yaml",
  "module-configs.yaml",
  "ingress.yaml",
  "node-groups.yaml",
] satisfies readonly (DocumentFile | "bootstrap.yaml" | "resources.yaml")[];

/**
 * Renders documents as files: one for each subject, and one with all documents in order. That one is `bootstrap.yaml`,
 * for `dhctl bootstrap`; or `resources.yaml`, for `kubectl apply`, where no cluster is installed.
 *
 * @param documents of one region, in their order
 * @returns by file name, YAML with a `---` before each document; the same bytes for the same documents
 */
export function renderDocuments(documents: readonly ClusterDocument[]): Record<string, string> {
  const files: Record<string, string> = {};
  const add = (file: string, text: string): void => {
    files[file] = (files[file] ?? "") + text;
  };
  const isInstallation = documents.some(({ document }) => document.kind === "ClusterConfiguration");
  for (const { file, document } of documents) {
    const text = `---\n${renderYaml(document)}`;
    add(file, text);
    add(isInstallation ? "bootstrap.yaml" : "resources.yaml", text);
  }
  return files;
}
