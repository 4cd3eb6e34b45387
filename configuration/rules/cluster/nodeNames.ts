import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { repetitionsOf } from "../../places";
import { problem } from "../../problems";
import type { Rule } from "../rule";
import { nodeGroupsOf, nodeGroupsOfCluster } from "./nodeGroupPlaces";

const longestName = 63;
const dataDiskSuffix = "-kubernetes-data-0";
const objectName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * `cloud.prefix` leaves room for the name of the masters' data disk, and is the start of node names.
 *
 * Source: dhctl in deckhouse/deckhouse, preflight check `cloud-disk-name-length`.
 */
export const cloudPrefixFits: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) => {
    const prefix = cluster.cloudPrefix;
    if (prefix === undefined) {
      return [];
    }
    const path = pathOf("cloudPrefix");
    const longestPrefix = longestName - dataDiskSuffix.length;
    return [
      ...(objectName.test(prefix)
        ? []
        : [
            problem(
              path,
              prefix,
              "node names begin with it, and Kubernetes would refuse them",
              "use lower-case letters, digits and dashes, a letter or digit at both ends",
            ),
          ]),
      ...(prefix.length <= longestPrefix
        ? []
        : [
            problem(
              path,
              prefix,
              `the disk <prefix>${dataDiskSuffix} would have more than ${longestName} characters, and the ` +
                "installer refuses that",
              `use at most ${longestPrefix} characters`,
            ),
          ]),
    ];
  });

/**
 * Node names, `<prefix>-<group>-<number>`, fit into a label value.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`; Kubernetes,
 * label `kubernetes.io/hostname`.
 */
export const nodeNamesFit: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, cluster, isMaster, name, replicas }) => {
    const prefix = cluster.cluster.cloudPrefix;
    if (isMaster || name === undefined) {
      return [];
    }
    if (!objectName.test(name)) {
      return [
        problem(
          `${path}.name`,
          name,
          "it is part of node names, and Kubernetes would refuse them",
          "use lower-case letters, digits and dashes, a letter or digit at both ends",
        ),
      ];
    }
    const lastNode = Math.max((replicas ?? 1) - 1, 0);
    const longest = `${prefix ?? ""}-${name}-${lastNode}`;
    return prefix === undefined || longest.length <= longestName
      ? []
      : [
          problem(
            `${path}.name`,
            name,
            `the node ${longest} has more than ${longestName} characters, and Kubernetes would refuse it`,
            "shorten the name, or cloudPrefix",
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
          problem(
            path,
            value,
            "the masters have this name, and nodes of both would be called alike",
            "choose another name; masterNodeGroup describes the masters",
          ),
        ),
      ...repetitionsOf(names, (name) => name).map(({ first, repeated }) =>
        problem(
          repeated.path,
          repeated.value,
          `${first.path} has this name already, and nodes of both would be called alike`,
          "give each group a name of its own",
        ),
      ),
    ];
  });
