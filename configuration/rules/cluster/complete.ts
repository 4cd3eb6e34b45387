import { clusterConfigurationsOf, requiredClusterKeys } from "../../clusterConfigurations";
import { finding } from "../../../findings/finding";
import type { WrittenClusterConfiguration } from "../../types";
import type { Rule } from "../rule";

/** What describes a cluster that is installed here, and nothing else. */
const keysOfInstallation = [
  "masterNodeGroup",
  "nodeGroups",
  "cloudPrefix",
  "vmFolderExists",
  "baseResourcePool",
  "useNestedResourcePool",
  "storagePolicy",
  "podSubnetCIDR",
  "podSubnetNodeCIDRPrefix",
  "serviceSubnetCIDR",
  "clusterDomain",
  "kubernetesVersion",
] as const satisfies readonly (keyof WrittenClusterConfiguration)[];

/**
 * A cluster configuration has what Deckhouse requires, from the top or from the region. A cluster whose masters are
 * elsewhere needs neither masters nor networks.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`; for a control plane
 * elsewhere `openapi/config-values.yaml` of the same module.
 */
export const clusterConfigurationComplete: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap(({ path, cluster, region, pathOf }) =>
    requiredClusterKeys
      .filter((key) => cluster[key] === undefined)
      .filter(
        (key) =>
          !["networks", "masterNodeGroup"].includes(key) ||
          (cluster.controlPlane !== "elsewhere" && !faulty(pathOf("controlPlane"))),
      )
      .filter(
        (key) =>
          !faulty(`${path}.clusterConfiguration.${key}`) && !faulty(`clusterConfiguration.${key}`),
      )
      .map((key) =>
        finding(
          `${path}.clusterConfiguration.${key}`,
          undefined,
          `the cluster configuration of ${region.name ?? "the region"} needs it, and Deckhouse would ` +
            "refuse the document",
          `add it here, or to clusterConfiguration for every region`,
        ),
      ),
  );

/**
 * Where the masters are elsewhere, nothing is installed: what would describe that would be left out without a word.
 * What the top says for the regions that are installed does not count.
 */
export const nothingIsInstalledElsewhere: Rule = (draft) =>
  clusterConfigurationsOf(draft)
    .filter(({ cluster }) => cluster.controlPlane === "elsewhere")
    .flatMap(({ cluster, pathOf }) => {
      const place = parent(pathOf("controlPlane"));
      return keysOfInstallation
        .filter((key) => cluster[key] !== undefined && parent(pathOf(key)) === place)
        .map((key) =>
          finding(
            pathOf(key),
            cluster[key],
            `controlPlane is elsewhere, so no cluster is installed, and this would have no effect`,
            "remove it, or install the cluster in vSphere (controlPlane: vSphere)",
          ),
        );
    });

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("."));
}
