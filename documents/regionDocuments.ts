import type { Configuration } from "../configuration";
import type { DocumentSecrets } from "../configuration/secrets";
import type { VCenterConnection } from "../vcenter";
import { clusterDocuments } from "./clusterDocuments";
import { placeholderSecrets } from "./inputs";
import { renderDocuments } from "./renderDocuments";

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
  const { regions, categories, clusterAccount, deckhouse } = configuration;
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
          insecure: connection.insecure,
          caBundle: connection.certificateAuthority,
        },
        deckhouse,
        template: found.templates[name],
        storagePolicyId: found.storagePolicyIds[name] || undefined,
        secrets: { ...secrets, clusterAccountPassword },
      }),
    );
  }
  return documents;
}

/** The same documents with a placeholder for each secret: a repository may hold them, and anyone may read them. */
export function documentsWithoutSecrets(
  configuration: Configuration,
  connection: VCenterConnection,
  secrets: DocumentSecrets,
  found: FoundInVCenter,
): RegionDocuments {
  return regionDocuments(
    configuration,
    connection,
    { ...secrets, ...placeholderSecrets(secrets) },
    found,
  );
}
