import { machineRules } from "../../../configuration/rules/cluster/machines";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const masters = "masterNodeGroup.instanceClass";
const taints = "nodeGroups[0].nodeTemplate.taints";

const tooSmall = (key: string, written: number, least: string, deckhouse = {}): RuleCase => [
  { [`${masters}.${key}`]: written, ...deckhouse },
  `@.${masters}.${key}: found ${written}: the installer expects masters of at least ${least}, and would stop before it ` +
    `begins: write ${least.replace(/ .*/, "")} or more`,
];
const small = { numCPUs: 2, memory: 3584, template: "t", mainNetwork: "nodes" };
const minimal = (version: string): object => ({ deckhouse: { version, bundle: "Minimal" } });
const refused =
  "Deckhouse's own modules do not tolerate this taint, and Deckhouse would refuse the group";

describeClusterRules("the machines of a cluster", machineRules, {
  mastersMeetTheRequirements: {
    "masters with 3 CPUs": tooSmall("numCPUs", 3, "4 processors"),
    "masters with 7679 MiB": tooSmall("memory", 7679, "7680 MiB"),
    "masters with 49 GiB": tooSmall("rootDiskSize", 49, "50 GiB"),
    "masters with 1 CPU, 1 MiB": [
      { [`${masters}.numCPUs`]: 1, [`${masters}.memory`]: 1 },
      ...tooSmall("memory", 1, "7680 MiB").slice(1),
      ...tooSmall("numCPUs", 1, "4 processors").slice(1),
    ] as unknown as RuleCase,
    "masters with 1 CPU and the bundle Minimal": tooSmall(
      "numCPUs",
      1,
      "2 processors",
      minimal("1.77"),
    ),
    "small masters with the bundle Minimal before 1.77": [
      { [masters]: small, ...minimal("1.76") },
      ...tooSmall("memory", 3584, "7680 MiB").slice(1),
      ...tooSmall("numCPUs", 2, "4 processors").slice(1),
    ] as unknown as RuleCase,
    "small masters with the bundle Managed": [
      { [masters]: small, deckhouse: { bundle: "Managed" } },
      ...tooSmall("memory", 3584, "7680 MiB").slice(1),
      ...tooSmall("numCPUs", 2, "4 processors").slice(1),
    ] as unknown as RuleCase,
    "masters with 4 CPUs, 7680 MiB and 50 GiB are accepted": [{ [`${masters}.rootDiskSize`]: 50 }],
    "masters with 2 CPUs and 3584 MiB are accepted with the bundle Minimal from 1.77 on": [
      { [masters]: small, ...minimal("1.77") },
    ],
    "other nodes may be smaller": [
      {
        "nodeGroups[1].instanceClass.numCPUs": 1,
        "nodeGroups[1].instanceClass.memory": 1,
        "nodeGroups[1].instanceClass.rootDiskSize": 1,
      },
    ],
  },
  baseResourcePoolIsUsed: {
    "a pool for a pool that nobody makes": [
      { baseResourcePool: "kubernetes", useNestedResourcePool: false },
      '@.baseResourcePool: found "kubernetes": useNestedResourcePool is false, so Deckhouse ignores it, and nodes would run ' +
        "in the root pool of each cluster: remove one of the two, or give each instanceClass this resourcePool",
    ],
    "each of the two alone is accepted (1)": [{ useNestedResourcePool: false }],
    "each of the two alone is accepted (2)": [{ baseResourcePool: "kubernetes" }],
    "both are accepted where the pool is made": [
      { baseResourcePool: "kubernetes", useNestedResourcePool: true },
    ],
  },
  taintsAreTolerated: {
    "a taint with a key of one's own": [
      { [taints]: [{ key: "dedicated" }, { key: "gpu", effect: "NoSchedule" }] },
      `@.${taints}[1].key: found "gpu": ${refused}: use dedicated.deckhouse.io, or add gpu to @.customTolerationKeys`,
    ],
    "a taint without a key": [
      { [taints]: [{ effect: "NoSchedule" }] },
      `@.${taints}[0].key: found nothing: ${refused}: write dedicated.deckhouse.io`,
    ],
    "a taint of an ephemeral group": [
      { "ephemeralNodeGroups[0].nodeTemplate": { taints: [{ key: "gpu" }] } },
      `@.ephemeralNodeGroups[0].nodeTemplate.taints[0].key: found "gpu": ${refused}: use dedicated.deckhouse.io, or add ` +
        "gpu to @.customTolerationKeys",
    ],
    "the keys that Deckhouse tolerates are accepted": [
      {
        [taints]: [
          { key: "dedicated" },
          { key: "dedicated.deckhouse.io" },
          { key: "node-role.kubernetes.io/control-plane" },
          { key: "node-role.kubernetes.io/master" },
          { key: "node.deckhouse.io/etcd-arbiter" },
        ],
      },
    ],
    "the keys of customTolerationKeys are accepted": [
      { [taints]: [{ key: "gpu" }], customTolerationKeys: ["tpu", "gpu"] },
    ],
  },
});
