import type { Configuration, Region } from "../configuration";
import type { DocumentSecrets } from "../configuration/load";
import { clusterDocuments, placeholderSecrets, renderDocuments } from ".";
import type { VCenterConnection } from "../vcenter";

/** What is known only when the stack runs, by the region's name. */
export interface FoundInVCenter {
  /** The path of the template, for nodes that name none. */
  readonly templates: Readonly<Record<string, string>>;
  /** The id of the storage policy; empty when there is none. */
  readonly storagePolicyIds: Readonly<Record<string, string>>;
}

/** The files of each region that has a cluster, by the region's name and the file's name. */
export type RegionDocuments = Record<string, Record<string, string>>;

/**
 * Writes Deckhouse's documents for each region that has a cluster.
 *
 * @param secrets what the documents hold in secret: they are as secret as these are
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
  const documentsOf = (
    region: Region,
    cluster: NonNullable<Region["cluster"]>,
  ): Record<string, string> =>
    renderDocuments(
      clusterDocuments({
        region: {
          ...{ name: region.name, datacenter: region.datacenter, cluster },
          zones: region.zones.map(({ name }) => name),
        },
        categories: { region: categories.region.name, zone: categories.zone.name },
        provider: {
          server: connection.server,
          username: clusterAccount.username,
          insecure: connection.insecure,
          caBundle: connection.certificateAuthority,
        },
        deckhouse,
        template: found.templates[region.name],
        storagePolicyId: found.storagePolicyIds[region.name] || undefined,
        secrets: { ...secrets, clusterAccountPassword },
      }),
    );
  return Object.fromEntries(
    regions.flatMap((region) =>
      region.cluster === undefined ? [] : [[region.name, documentsOf(region, region.cluster)]],
    ),
  );
}

/** The same with placeholders in place of secrets: what a repository can hold, and everybody may read. */
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
