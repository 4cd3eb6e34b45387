import type { Configuration } from "../configuration";
import { renderYaml, vsphereClusterConfiguration } from "../documents";
import type { VCenterConnection } from "../vcenter";

/**
 * The VsphereClusterConfiguration of each region that has one, as YAML, by the region's name.
 *
 * @param password of the cluster's own account: the documents are as secret as it is
 * @param templates the path of the template in each region, for the nodes that name none
 */
export function clusterConfigurationDocuments(
  configuration: Configuration,
  connection: VCenterConnection,
  password: string | undefined,
  templates: Readonly<Record<string, string>>,
): Record<string, string> {
  const { regions, categories, clusterAccount } = configuration;
  const documents: Record<string, string> = {};
  for (const region of regions) {
    if (
      region.clusterConfiguration === undefined ||
      clusterAccount === undefined ||
      password === undefined
    ) {
      continue;
    }
    documents[region.name] = renderYaml(
      vsphereClusterConfiguration({
        region: region.name,
        zones: region.zones.map(({ name }) => name),
        categories: { region: categories.region.name, zone: categories.zone.name },
        provider: {
          server: connection.server,
          username: clusterAccount.username,
          password,
          insecure: connection.insecure,
          caBundle: connection.certificateAuthority,
        },
        clusterConfiguration: region.clusterConfiguration,
        template: templates[region.name],
      }),
    );
  }
  return documents;
}
