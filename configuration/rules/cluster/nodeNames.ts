import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import { repetitionsOf } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { nodeGroupsOf, nodeGroupsOfCluster } from "./nodeGroupPlaces";

const longestName = 63;
const longestGroup = 42;
const dataDiskSuffix = "-kubernetes-data-0";
const objectName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * `cloud.prefix`, which is the name of the region unless it is given, leaves room for the name of the masters' data
 * disk, and is the start of node names.
 *
 * Source: dhctl in deckhouse/deckhouse, preflight check `cloud-disk-name-length`.
 */
export const cloudPrefixFits: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, region, pathOf }) => {
    const prefix = prefixOf({ cluster, region });
    if (prefix === undefined || cluster.controlPlane === "elsewhere") {
      return [];
    }
    const path = pathOf("cloudPrefix");
    const longestPrefix = longestName - dataDiskSuffix.length;
    return [
      ...(cluster.cloudPrefix === undefined || objectName.test(prefix)
        ? []
        : [
            finding(
              path,
              prefix,
              "node names begin with it, and Kubernetes would refuse them",
              "use lower-case letters, digits and dashes, a letter or digit at both ends",
            ),
          ]),
      ...(prefix.length <= longestPrefix
        ? []
        : [
            finding(
              path,
              cluster.cloudPrefix,
              `the disk ${cluster.cloudPrefix === undefined ? prefix : "<prefix>"}${dataDiskSuffix} would have more than ${longestName} characters, and the ` +
                "installer refuses that",
              `use at most ${longestPrefix} characters`,
            ),
          ]),
    ];
  });

/**
 * The names of groups are a part of node names, and short enough for those: Deckhouse refuses a NodeGroup otherwise,
 * because it adds up to 21 characters to `<prefix>-<group>`, and the whole has to fit into a label value.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` and `webhooks/validating/node_group` of
 * the same module.
 */
export const nodeNamesFit: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, cluster, isMaster, name }) => {
    // The prefix of a cluster that is elsewhere is not known.
    const isElsewhere = cluster.cluster.controlPlane === "elsewhere";
    const prefix = isElsewhere ? undefined : prefixOf(cluster);
    if (isMaster || name === undefined) {
      return [];
    }
    if (!objectName.test(name)) {
      return [
        finding(
          `${path}.name`,
          name,
          "it is part of node names, and Kubernetes would refuse them",
          "use lower-case letters, digits and dashes, a letter or digit at both ends",
        ),
      ];
    }
    const longest = prefix === undefined ? name : `${prefix}-${name}`;
    return longest.length <= longestGroup
      ? []
      : [
          finding(
            `${path}.name`,
            name,
            `${longest} has more than ${longestGroup} characters, which leaves no room for the names of its nodes, and ` +
              "Deckhouse would refuse the group",
            prefix === undefined ? "shorten the name" : "shorten the name, or cloudPrefix",
          ),
        ];
  });

/**
 * Groups of nodes have different names, none of them `master`: their nodes would have the same names.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf` and
 * `static-node/main.tf`.
 */
export const nodeGroupsAreDistinct: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((cluster) => {
    const names = nodeGroupsOfCluster(cluster).flatMap(({ path, isMaster, name }) =>
      isMaster || name === undefined ? [] : [{ path: `${path}.name`, value: name }],
    );
    return [
      ...names
        .filter(({ value }) => value === "master")
        .map(({ path, value }) =>
          finding(
            path,
            value,
            "the masters have this name, and nodes of both would be called alike",
            "choose another name; masterNodeGroup describes the masters",
          ),
        ),
      ...repetitionsOf(names, (name) => name).map(({ first, repeated }) =>
        finding(
          repeated.path,
          repeated.value,
          `${first.path} has this name already, and nodes of both would be called alike`,
          "give each group a name of its own",
        ),
      ),
    ];
  });

function prefixOf({
  cluster,
  region,
}: Pick<ClusterConfigurationPlace, "cluster" | "region">): string | undefined {
  return cluster.cloudPrefix ?? region.name;
}
