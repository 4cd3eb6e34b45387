import { clusterConfigurationsOf, requiredClusterKeys } from "../../clusterConfigurations";
import { problem } from "../../problems";
import type { Rule } from "../rule";

/**
 * A cluster configuration has what Deckhouse requires, from the top or from the region. Of
 * `internalNetworkCIDR` its documents disagree on when it is needed; the installer fails without.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`;
 * `candi/terraform-modules/master-node/variables.tf` of the same module.
 */
export const clusterConfigurationComplete: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap(({ path, cluster, region }) =>
    requiredClusterKeys
      .filter((key) => cluster[key] === undefined)
      .filter(
        (key) =>
          !faulty(`${path}.clusterConfiguration.${key}`) && !faulty(`clusterConfiguration.${key}`),
      )
      .map((key) =>
        problem(
          `${path}.clusterConfiguration.${key}`,
          undefined,
          `the cluster configuration of ${region.name ?? "the region"} needs it, and Deckhouse would ` +
            "refuse the document",
          `add it here, or to clusterConfiguration for every region`,
        ),
      ),
  );
