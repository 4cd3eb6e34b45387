import { finding, pathText } from "../../../findings/finding";
import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  repetitionsOf,
  valuesOf,
  type Rule,
} from "../../places";
import { nodeGroupsOf, nodeGroupsOfCluster } from "./nodeGroupPlaces";

const dataDiskSuffix = "-kubernetes-data-0";
const longestPrefix = 63 - dataDiskSuffix.length;
const longestGroup = 42;
const objectName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const objectNameForm =
  "use lower-case letters, digits and dashes, with a letter or digit at both ends";
const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelPrefix = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const longestLabelPrefix = 253;

/**
 * The zones of a group of nodes are zones of the region. With none in common the installer fails; a single unknown one is
 * left out without a word.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`,
 * `master-node/main.tf` and `static-node/main.tf` (the intersection of zones, then `element()`).
 */
const groupZonesAreTheRegions: Rule = function* (configuration) {
  for (const { path, cluster, zones } of nodeGroupsOf(configuration)) {
    const { region } = cluster;
    const known = region.zones.map(({ name }) => name);
    for (const zone of valuesOf(`${path}.zones`, zones)) {
      if (known.includes(zone.value)) continue;
      yield finding(
        zone.path,
        zone.value,
        `${region.name} has no such zone, and the installer would place no node there or fail`,
        `write one of ${known.join(", ")}`,
      );
    }
  }
};

/**
 * A group of nodes names a zone once; Deckhouse refuses a list with repetitions.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (unique items).
 */
const groupZonesAreDistinct: Rule = function* (configuration) {
  for (const { path, zones } of nodeGroupsOf(configuration)) {
    const places = valuesOf(`${path}.zones`, zones);
    for (const { first, repeated } of repetitionsOf(places, (zone) => zone)) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same zone, and Deckhouse would refuse the document`,
        "remove one of the two",
      );
    }
  }
};

/**
 * An ephemeral group can have its least number of nodes.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml`.
 */
const groupsCanGrow: Rule = function* (configuration) {
  for (const { path, minPerZone = 0, maxPerZone = minPerZone } of nodeGroupsOf(configuration)) {
    if (minPerZone <= maxPerZone) continue;
    yield finding(
      `${path}.maxPerZone`,
      maxPerZone,
      `minPerZone is ${minPerZone}, and Deckhouse would refuse the group`,
      `write ${minPerZone} or more`,
    );
  }
};

/**
 * An ephemeral group can be renewed: with one node more for a while, or with one node less. Deckhouse's own values are one
 * more and none less.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml`; Kubernetes, "Deployments", rolling
 * update, whose rule the machine controller follows.
 */
const groupsCanBeRenewed: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const groups = valuesOf(pathOf("ephemeralNodeGroups"), cluster.ephemeralNodeGroups);
    for (const { path, value: group } of groups) {
      if (group.maxSurgePerZone !== 0 || (group.maxUnavailablePerZone ?? 0) > 0) continue;
      yield finding(
        `${path}.maxSurgePerZone`,
        group.maxSurgePerZone,
        "maxUnavailablePerZone is 0 too, so no node could ever be renewed",
        "set one of the two to 1 or more",
      );
    }
  }
};

/**
 * Labels have the form that Kubernetes takes.
 *
 * Source: Kubernetes, "Labels and Selectors", syntax and character set.
 */
const labelsFitKubernetes: Rule = function* (configuration) {
  for (const { path, nodeTemplate } of nodeGroupsOf(configuration)) {
    for (const [key, value] of Object.entries(nodeTemplate?.labels ?? {})) {
      if (isLabelKey(key) && (value === "" || labelName.test(value))) continue;
      const part = isLabelKey(key) ? "value" : "key";
      yield finding(
        `${path}.nodeTemplate.${pathText(["labels", key])}`,
        value,
        `the ${part} is not a valid label ${part}, and Kubernetes would refuse it`,
        "use up to 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends",
      );
    }
  }
};

function isLabelKey(key: string): boolean {
  const [name = "", prefix, ...rest] = key.split("/").reverse();
  const isPrefixed =
    prefix === undefined || (labelPrefix.test(prefix) && prefix.length <= longestLabelPrefix);
  return labelName.test(name) && isPrefixed && rest.length === 0;
}

/**
 * No two taints of a group have the same key and effect.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/webhooks/validating/node_group`.
 */
const taintsAreDistinct: Rule = function* (configuration) {
  for (const { path, nodeTemplate } of nodeGroupsOf(configuration)) {
    const taints = valuesOf(`${path}.nodeTemplate.taints`, nodeTemplate?.taints);
    const keyOf = ({ key, effect }: (typeof taints)[number]["value"]): string =>
      JSON.stringify([key, effect]);
    for (const { first, repeated } of repetitionsOf(taints, keyOf)) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} has the same key and effect, and Deckhouse would refuse the group`,
        "remove one of the two",
      );
    }
  }
};

/**
 * `cloud.prefix`, which is the name of the region unless it is given, leaves room for the name of the masters' data disk,
 * and is the start of node names.
 *
 * Source: dhctl in deckhouse/deckhouse, preflight check `cloud-disk-name-length`.
 */
const cloudPrefixFits: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const path = place.pathOf("cloudPrefix");
    const { cloudPrefix } = place.cluster;
    const prefix = prefixOf(place);
    if (cloudPrefix !== undefined && !objectName.test(cloudPrefix)) {
      const wrong = "node names begin with it, and Kubernetes would refuse them";
      yield finding(path, cloudPrefix, wrong, objectNameForm);
    }
    if (prefix !== undefined && prefix.length > longestPrefix) {
      const disk = `${cloudPrefix === undefined ? prefix : "<prefix>"}${dataDiskSuffix}`;
      yield finding(
        path,
        cloudPrefix,
        `the disk ${disk} would have more than 63 characters, and the installer would refuse that`,
        `use at most ${longestPrefix} characters`,
      );
    }
  }
};

/**
 * The names of groups are a part of node names, and short enough for those: Deckhouse refuses a NodeGroup otherwise,
 * because it adds up to 21 characters to `<prefix>-<group>`, and the whole has to fit into a label value.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` and `webhooks/validating/node_group` of
 * the same module.
 */
const nodeNamesFit: Rule = function* (configuration) {
  for (const { path, cluster, isMaster, name } of nodeGroupsOf(configuration)) {
    if (isMaster) continue;
    const prefix = prefixOf(cluster);
    const longest = prefix === undefined ? name : `${prefix}-${name}`;
    if (!objectName.test(name)) {
      const wrong = "it is part of node names, and Kubernetes would refuse them";
      yield finding(`${path}.name`, name, wrong, objectNameForm);
    } else if (longest.length > longestGroup) {
      yield finding(
        `${path}.name`,
        name,
        `${longest} has more than ${longestGroup} characters, which leaves no room for the names of its nodes, and ` +
          "Deckhouse would refuse the group",
        prefix === undefined ? "shorten the name" : "shorten the name, or cloudPrefix",
      );
    }
  }
};

/** What node names begin with; undefined where the masters are elsewhere, and nobody knows it here. */
function prefixOf({ cluster, region }: ClusterConfigurationPlace): string | undefined {
  return cluster.controlPlane === "elsewhere" ? undefined : (cluster.cloudPrefix ?? region.name);
}

/**
 * Groups of nodes have different names, none of them `master`: their nodes would have the same names.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf` and
 * `static-node/main.tf`.
 */
const nodeGroupsAreDistinct: Rule = function* (configuration) {
  for (const cluster of clusterConfigurationsOf(configuration)) {
    const groups = nodeGroupsOfCluster(cluster).filter(({ isMaster }) => !isMaster);
    const names = groups.map(({ path, name }) => ({ path: `${path}.name`, value: name }));
    for (const { path, value } of names.filter((name) => name.value === "master")) {
      yield finding(
        path,
        value,
        "the masters have this name, and the nodes of both would have the same names",
        "choose another name; masterNodeGroup describes the masters",
      );
    }
    for (const { first, repeated } of repetitionsOf(names, (name) => name)) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same, and the nodes of both would have the same names`,
        "give each group a name of its own",
      );
    }
  }
};

/** What has to hold for groups of nodes: their zones, sizes, labels and names. */
export const nodeGroupRules: readonly Rule[] = [
  groupZonesAreTheRegions,
  groupZonesAreDistinct,
  groupsCanGrow,
  groupsCanBeRenewed,
  labelsFitKubernetes,
  taintsAreDistinct,
  cloudPrefixFits,
  nodeNamesFit,
  nodeGroupsAreDistinct,
];
