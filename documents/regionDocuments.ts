import type { Configuration } from "../configuration";
import { registryLogin, type RegistryLogin } from "../configuration/registry";
import type { DocumentSecrets } from "../configuration/secrets";
import type { VCenterConnection } from "../vcenter";
import { clusterDocuments, type ClusterDocument, type DocumentFile } from "./clusterDocuments";
import { placeholderLogin, placeholderSecrets } from "./inputs";
import { Document, Scalar, visit } from "yaml";

/** What is known only once the stack runs, by the region's name. */
export interface FoundInVCenter {
  /** The path of the template for nodes that name none. */
  readonly templates: Readonly<Record<string, string>>;
  /** The id of the storage policy; empty when there is none. */
  readonly storagePolicyIds: Readonly<Record<string, string>>;
}

/** The files of each region that has a cluster: text by the region's name and the file's name. */
export type RegionDocuments = Record<string, Record<string, string>>;

/**
 * Writes Deckhouse's documents for each region that has a cluster.
 *
 * @param secrets those that the documents will hold: the result is as secret as they are
 */
export function regionDocuments(
  configuration: Configuration,
  connection: VCenterConnection,
  secrets: DocumentSecrets,
  found: FoundInVCenter,
): RegionDocuments {
  return documentsWith(configuration, connection, secrets, loginOf(configuration, secrets), found);
}

/** The same documents with a placeholder for each secret: a repository may hold them, and anyone may read them. */
export function documentsWithoutSecrets(
  configuration: Configuration,
  connection: VCenterConnection,
  secrets: DocumentSecrets,
  found: FoundInVCenter,
): RegionDocuments {
  return documentsWith(
    configuration,
    connection,
    { ...secrets, ...placeholderSecrets(secrets) },
    loginOf(configuration, secrets) && placeholderLogin,
    found,
  );
}

/** How nodes log in to the registry, as far as anybody has said; undefined where no login is needed. */
function loginOf(
  { deckhouse: { imagesRepo } }: Configuration,
  { registryDockerCfg }: DocumentSecrets,
): RegistryLogin | undefined {
  return imagesRepo === undefined || registryDockerCfg === undefined
    ? placeholderLogin
    : registryLogin(registryDockerCfg, imagesRepo);
}

function documentsWith(
  { regions, categories, clusterAccount, deckhouse }: Configuration,
  connection: VCenterConnection,
  secrets: DocumentSecrets,
  login: RegistryLogin | undefined,
  found: FoundInVCenter,
): RegionDocuments {
  const { clusterAccountPassword } = secrets;
  if (clusterAccount === undefined || clusterAccountPassword === undefined) {
    return {};
  }
  const documents: RegionDocuments = {};
  for (const { name, datacenter, zones, cluster } of regions) {
    if (cluster === undefined) continue;
    documents[name] = renderDocuments(
      clusterDocuments({
        region: { name, datacenter, zones: zones.map((zone) => zone.name), cluster },
        categories: { region: categories.region.name, zone: categories.zone.name },
        provider: {
          server: connection.server,
          username: clusterAccount.username,
          // A rule has seen to it that this version of Deckhouse accepts the certificates.
          insecure: connection.insecure || deckhouse.insecureVCenter,
          caBundle: deckhouse.insecureVCenter ? undefined : connection.certificateAuthority,
        },
        deckhouse,
        template: found.templates[name],
        storagePolicyId: found.storagePolicyIds[name] || undefined,
        secrets: { ...secrets, clusterAccountPassword },
        registryLogin: login,
      }),
    );
  }
  return documents;
}

/** Every file that {@link renderDocuments} may make. */
export const documentFiles: readonly string[] = [
  "bootstrap.yaml",
  "resources.yaml",
  "cluster-configuration.yaml",
  "init-configuration.yaml",
  "vsphere-cluster-configuration.yaml",
  "module-configs.yaml",
  "users.yaml",
  "ingress.yaml",
  "node-groups.yaml",
  "extra.yaml",
] satisfies readonly (DocumentFile | "bootstrap.yaml" | "resources.yaml")[];

/**
 * Renders a region's documents as files: one for each subject, and one with all documents in order. That one is
 * `bootstrap.yaml`, for `dhctl bootstrap`; or `resources.yaml`, for `kubectl apply`, where no cluster is installed.
 *
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

/** Words that a YAML 1.1 parser, such as the Go libraries of Kubernetes, reads as something other than text. */
const reservedWords = /^(y|n|yes|no|on|off|true|false|null|e[-+]?[0-9]+)$/i;
const plainText = /^[A-Za-z](?:[A-Za-z0-9_./@:-]*[A-Za-z0-9_./@-])?$/;
const blockText = /^[\x21-\x7e][\x20-\x7e]*(\n[\x20-\x7e]*)+$/;

/**
 * Renders a document as YAML: the same bytes for the same document, keys in the document's order, no folded lines.
 * Text that any version of YAML could read as a number, a boolean or the like is quoted; text of several lines, such
 * as a certificate, becomes a block.
 *
 * @param document plain data; keys whose value is undefined are left out
 * @returns YAML that ends with a line break
 */
export function renderYaml(document: object): string {
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  visit(yaml, {
    Scalar(_key, node) {
      if (typeof node.value === "string") {
        node.type = styleOf(node.value);
      }
    },
  });
  return yaml.toString({ lineWidth: 0 });
}

function styleOf(text: string): Scalar.Type {
  if (blockText.test(text)) {
    return Scalar.BLOCK_LITERAL;
  }
  return plainText.test(text) && !reservedWords.test(text) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
}
