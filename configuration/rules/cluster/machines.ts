import { finding } from "../../../findings/finding";
import { deckhouseHas } from "../../deckhouseVersions";
import { clusterConfigurationsOf, valuesOf, type Rule } from "../../places";
import type { WrittenConfiguration } from "../../schema";
import { nodeGroupsOf } from "./nodeGroupPlaces";

/** What a master has at least. */
interface Least {
  readonly numCPUs: number;
  /** MiB. */
  readonly memory: number;
  /** GiB. */
  readonly rootDiskSize: number;
}

const leastOfMasters: Least = { numCPUs: 4, memory: 7680, rootDiskSize: 50 };
const leastOfSmallMasters: Least = { numCPUs: 2, memory: 3584, rootDiskSize: 50 };
const units = { numCPUs: "processors", memory: "MiB", rootDiskSize: "GiB" } as const;

/** The keys of taints that Deckhouse's modules tolerate by themselves. */
const toleratedTaints = [
  "dedicated",
  "dedicated.deckhouse.io",
  "node-role.kubernetes.io/control-plane",
  "node-role.kubernetes.io/master",
  "node.deckhouse.io/etcd-arbiter",
];

/**
 * Masters have what the installer asks of them before it begins.
 *
 * Source: deckhouse/deckhouse `dhctl/pkg/preflight/checks`, check `cloud-master-system-requirements`.
 */
const mastersMeetTheRequirements: Rule = function* (configuration) {
  const least = isSmall(configuration) ? leastOfSmallMasters : leastOfMasters;
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const { instanceClass } = cluster.masterNodeGroup ?? {};
    // Where nothing is installed, masters are the fault of another rule.
    if (instanceClass === undefined || cluster.controlPlane === "elsewhere") continue;
    for (const key of ["numCPUs", "memory", "rootDiskSize"] as const) {
      const written = instanceClass[key];
      if (written === undefined || written >= least[key]) continue;
      yield finding(
        `${pathOf("masterNodeGroup")}.instanceClass.${key}`,
        written,
        `the installer expects masters of at least ${least[key]} ${units[key]}, and would stop before it begins`,
        `write ${least[key]} or more`,
      );
    }
  }
};

function isSmall({ deckhouse: { version, bundle } }: WrittenConfiguration): boolean {
  return bundle === "Minimal" && deckhouseHas(version, "smallMasters");
}

/**
 * The resource pool of the cluster is made in `baseResourcePool`; where none is made, that key is ignored.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/variables.tf`.
 */
const baseResourcePoolIsUsed: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const { baseResourcePool, useNestedResourcePool, controlPlane } = cluster;
    if (baseResourcePool === undefined || useNestedResourcePool !== false) continue;
    if (controlPlane === "elsewhere") continue;
    yield finding(
      pathOf("baseResourcePool"),
      baseResourcePool,
      "useNestedResourcePool is false, so Deckhouse ignores it, and nodes would run in the root pool of each cluster",
      "remove one of the two, or give each instanceClass this resourcePool",
    );
  }
};

/**
 * Deckhouse refuses a group with taints that its own modules would not tolerate.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/webhooks/validating/node_group`.
 */
const taintsAreTolerated: Rule = function* (configuration) {
  for (const { path, cluster, nodeTemplate } of nodeGroupsOf(configuration)) {
    const tolerated = [...toleratedTaints, ...(cluster.cluster.customTolerationKeys ?? [])];
    for (const taint of valuesOf(`${path}.nodeTemplate.taints`, nodeTemplate?.taints)) {
      const { key } = taint.value;
      if (key !== undefined && tolerated.includes(key)) continue;
      yield finding(
        `${taint.path}.key`,
        key,
        "Deckhouse's own modules do not tolerate this taint, and Deckhouse would refuse the group",
        key === undefined
          ? "write dedicated.deckhouse.io"
          : `use dedicated.deckhouse.io, or add ${key} to ${cluster.pathOf("customTolerationKeys")}`,
      );
    }
  }
};

/** What has to hold for the machines of a cluster: what masters have, the pool they run in, and taints. */
export const machineRules: readonly Rule[] = [
  mastersMeetTheRequirements,
  baseResourcePoolIsUsed,
  taintsAreTolerated,
];
