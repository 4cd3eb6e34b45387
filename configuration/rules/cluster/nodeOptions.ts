import { finding } from "../../../findings/finding";
import { clusterConfigurationsOf, valuesOf, type Rule, type ValuePlace } from "../../places";
import type { WrittenConfiguration } from "../../schema";
import type { WrittenClusterConfiguration } from "../../types";
import { windowFaults } from "../deckhouse";

type EphemeralGroup = NonNullable<WrittenClusterConfiguration["ephemeralNodeGroups"]>[number];

/** Where this is not said, each node has the addresses of a network of this length for its pods. */
const defaultNodePrefix = 24;
/** Of each node's addresses for pods: the network itself and its broadcast address. */
const reservedAddresses = 2;

/**
 * What runs containers has the options of its type.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` (`cri`).
 */
const criHasOptionsOfItsType: Rule = function* (configuration) {
  for (const { path, value: group } of ephemeralGroups(configuration)) {
    const { type, maxConcurrentDownloads, criSocketPath } = group.cri ?? {};
    if (type === "NotManaged" && maxConcurrentDownloads !== undefined) {
      yield finding(
        `${path}.cri.maxConcurrentDownloads`,
        maxConcurrentDownloads,
        "Deckhouse does not configure what runs containers with NotManaged, and this would have no effect",
        "remove it, or write Containerd or ContainerdV2 as type",
      );
    }
    if (type !== "NotManaged" && criSocketPath !== undefined) {
      yield finding(
        `${path}.cri.criSocketPath`,
        criSocketPath,
        `Deckhouse itself installs what runs containers with ${type ?? ""}, and this would have no effect`,
        "remove it, or write NotManaged as type",
      );
    }
  }
};

/**
 * A node has addresses for all the pods that it takes.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` (`kubelet.maxPods`).
 */
const podsHaveAddresses: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    // The addresses of a cluster that is elsewhere are not known here.
    if (cluster.controlPlane === "elsewhere") continue;
    const prefix = cluster.podSubnetNodeCIDRPrefix ?? defaultNodePrefix;
    const addresses = 2 ** (32 - prefix) - reservedAddresses;
    for (const group of valuesOf(pathOf("ephemeralNodeGroups"), cluster.ephemeralNodeGroups)) {
      const { maxPods = 0 } = group.value.kubelet ?? {};
      if (maxPods <= addresses) continue;
      yield finding(
        `${group.path}.kubelet.maxPods`,
        maxPods,
        `podSubnetNodeCIDRPrefix is ${prefix}, so a node has ${addresses} addresses, and further pods would not start`,
        `write ${addresses} or less, or a smaller podSubnetNodeCIDRPrefix`,
      );
    }
  }
};

/**
 * What is set aside is said with the mode `Static`, and only with it.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` (`kubelet.resourceReservation`).
 */
const reservationsAreSaid: Rule = function* (configuration) {
  for (const { path: base, value: group } of ephemeralGroups(configuration)) {
    const { mode, static: reserved } = group.kubelet?.resourceReservation ?? {};
    const path = `${base}.kubelet.resourceReservation.static`;
    if (mode === "Static" && Object.values(reserved ?? {}).length === 0) {
      yield finding(
        path,
        reserved,
        "mode is Static, which says that it is written here, and Deckhouse would refuse the group",
        "write cpu, memory or ephemeralStorage; or Auto as mode, and Deckhouse finds a measure",
      );
    } else if (mode !== "Static" && reserved !== undefined) {
      yield finding(
        path,
        reserved,
        `mode is ${mode ?? "Auto"}, and this would have no effect`,
        "write Static as mode, or remove it",
      );
    }
  }
};

/**
 * The topology manager gives whole processors away, so some have to be set aside; its settings need it.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/webhooks/validating/node_group`.
 */
const topologyManagerWorks: Rule = function* (configuration) {
  for (const { path: base, value: group } of ephemeralGroups(configuration)) {
    const { topologyManager = {}, resourceReservation = {} } = group.kubelet ?? {};
    const { enabled, scope, policy } = topologyManager;
    const { mode, static: reserved } = resourceReservation;
    const path = `${base}.kubelet.topologyManager`;
    if (enabled === true) {
      const isWithoutCpu =
        mode === "Static" && reserved !== undefined && reserved.cpu === undefined;
      if (mode !== "Off" && !isWithoutCpu) continue;
      yield finding(
        `${path}.enabled`,
        enabled,
        `resourceReservation ${mode === "Off" ? "is Off" : "sets no cpu aside"}, and Deckhouse would refuse the group`,
        mode === "Off" ? "write Auto or Static as its mode" : "add cpu to what it sets aside",
      );
      continue;
    }
    for (const [key, value] of Object.entries({ scope, policy })) {
      if (value === undefined) continue;
      yield finding(
        `${path}.${key}`,
        value,
        "enabled is not true, and this would have no effect",
        "set enabled to true, or remove it",
      );
    }
  }
};

/**
 * How updates are approved has the options of its mode: each is in a section of one mode, which Deckhouse refuses beside
 * another.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` (`disruptions`).
 */
const disruptionsHaveOptionsOfTheirMode: Rule = function* (configuration) {
  for (const { path: base, value: group } of ephemeralGroups(configuration)) {
    const { approvalMode, drainBeforeApproval, windows } = group.disruptions ?? {};
    const path = `${base}.disruptions`;
    if (drainBeforeApproval !== undefined && approvalMode !== "Automatic") {
      yield finding(
        `${path}.drainBeforeApproval`,
        drainBeforeApproval,
        `it belongs to the mode Automatic, and Deckhouse has no place for it with ${approvalMode ?? ""}`,
        "remove it, or write Automatic as approvalMode",
      );
    }
    if (windows !== undefined && approvalMode === "Manual") {
      yield finding(
        `${path}.windows`,
        windows,
        "with the mode Manual, somebody approves each update at a time of their own, and Deckhouse has no place for windows",
        "remove it, or write Automatic or RollingUpdate as approvalMode",
      );
    }
  }
};

/**
 * A window begins before it ends, on the same day.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` (`disruptions.automatic.windows`).
 */
const disruptionWindowsAreWindows: Rule = function* (configuration) {
  for (const { path, value: group } of ephemeralGroups(configuration)) {
    yield* windowFaults(`${path}.disruptions.windows`, group.disruptions?.windows);
  }
};

/**
 * How much is held on nodes that stand by is said where there are any.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml` (`cloudInstances.standbyHolder`).
 */
const standbyHoldersHaveNodes: Rule = function* (configuration) {
  for (const { path, value: group } of ephemeralGroups(configuration)) {
    if (group.standbyHolder === undefined || group.standby !== undefined) continue;
    yield finding(
      `${path}.standbyHolder`,
      group.standbyHolder,
      "standby is not set, so no nodes stand by, and this would have no effect",
      "say with standby how many nodes stand by, or remove it",
    );
  }
};

function ephemeralGroups(configuration: WrittenConfiguration): ValuePlace<EphemeralGroup>[] {
  return clusterConfigurationsOf(configuration).flatMap(({ cluster, pathOf }) =>
    valuesOf(pathOf("ephemeralNodeGroups"), cluster.ephemeralNodeGroups),
  );
}

/** What has to hold for what Deckhouse does on the nodes of ephemeral groups. */
export const nodeOptionRules: readonly Rule[] = [
  criHasOptionsOfItsType,
  podsHaveAddresses,
  reservationsAreSaid,
  topologyManagerWorks,
  disruptionsHaveOptionsOfTheirMode,
  disruptionWindowsAreWindows,
  standbyHoldersHaveNodes,
];
