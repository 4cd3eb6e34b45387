import { nodeGroupRules } from "../../../configuration/rules/cluster/nodeGroups";
import type { Changes } from "../../support/changedConfiguration";
import { elsewhere, inRegion } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const permanent = "nodeGroups[1]";
const ephemeral = "ephemeralNodeGroups[0]";
const counts = (least: number, greatest: number): Changes => ({
  [`${ephemeral}.minPerZone`]: least,
  [`${ephemeral}.maxPerZone`]: greatest,
});
const renewal = (surge?: number, unavailable?: number): Changes => ({
  [`${ephemeral}.maxSurgePerZone`]: surge,
  [`${ephemeral}.maxUnavailablePerZone`]: unavailable,
});
const named = (path: string, name: string): Changes => ({ [`${path}.name`]: name });

const objectNameForm =
  "use lower-case letters, digits and dashes, with a letter or digit at both ends";
const noZone = (path: string, found: string): string =>
  `${inRegion}.${path}: found "${found}": k8s-region-x1 has no such zone, and the installer would place no node there or ` +
  "fail: write one of k8s-zone-x1-a, k8s-zone-x1-b";
/** Labels of which each is at fault, in the order of the lines. */
const labels = (part: "key" | "value", entries: Readonly<Record<string, string>>): RuleCase => [
  { [`${permanent}.nodeTemplate.labels`]: entries },
  ...Object.entries(entries).map(([key, value]) => {
    const at = /^\w+$/.test(key) ? `.${key}` : `["${key}"]`;
    const found = value.length > 60 ? `${value.slice(0, 59)}…` : value;
    return (
      `@.${permanent}.nodeTemplate.labels${at}: found "${found}": the ${part} is not a valid label ${part}, and Kubernetes ` +
      "would refuse it: use up to 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends"
    );
  }),
];
/** Nothing but masters: any other group would have too long a name as well. */
const alone = { nodeGroups: undefined, ephemeralNodeGroups: undefined, ingress: undefined };
const longDisk = (path: string, found: string, prefix: string): string =>
  `${path}.cloudPrefix: found ${found}: the disk ${prefix}-kubernetes-data-0 would have more than 63 characters, and the ` +
  "installer would refuse that: use at most 45 characters";
const longName = (path: string, found: string, prefix: string, rest = ", or cloudPrefix"): string =>
  `${path}.name: found "${found}": ${prefix}${found} has more than 42 characters, which leaves no room for the names of its ` +
  `nodes, and Deckhouse would refuse the group: shorten the name${rest}`;
const noName = (path: string, found: string): string =>
  `@.${path}.name: found "${found}": it is part of node names, and Kubernetes would refuse them: ${objectNameForm}`;

describeClusterRules("groups of nodes", nodeGroupRules, {
  groupZonesAreTheRegions: {
    "a zone of another region": [
      { "masterNodeGroup.zones": ["k8s-zone-x1-a", "k8s-zone-x2-a"] },
      noZone("masterNodeGroup.zones[1]", "k8s-zone-x2-a"),
    ],
    "a zone in another case, of ephemeral nodes": [
      { [`${ephemeral}.zones`]: ["k8s-zone-x1-A"] },
      noZone(`${ephemeral}.zones[0]`, "k8s-zone-x1-A"),
    ],
  },
  groupZonesAreDistinct: {
    "a zone twice": [
      { "nodeGroups[0].zones": ["k8s-zone-x1-a", "k8s-zone-x1-b", "k8s-zone-x1-a"] },
      `${inRegion}.nodeGroups[0].zones[2]: found "k8s-zone-x1-a": ${inRegion}.nodeGroups[0].zones[0] is the same zone, and ` +
        "Deckhouse would refuse the document: remove one of the two",
    ],
  },
  groupsCanGrow: {
    "the greatest number below the least": [
      counts(3, 2),
      `@.${ephemeral}.maxPerZone: found 2: minPerZone is 3, and Deckhouse would refuse the group: write 3 or more`,
    ],
    "always the same number is accepted": [counts(3, 3)],
    "no nodes are accepted": [{ [`${permanent}.replicas`]: 0, ...counts(0, 0) }],
  },
  groupsCanBeRenewed: {
    "neither one node more nor one less": [
      renewal(0),
      `@.${ephemeral}.maxSurgePerZone: found 0: maxUnavailablePerZone is 0 too, so no node could ever be renewed: set one ` +
        "of the two to 1 or more",
    ],
    "one node less is accepted": [renewal(0, 1)],
    "Deckhouse's own number of nodes more is accepted": [renewal(undefined, 0)],
  },
  labelsFitKubernetes: {
    "values that are none": labels("value", { rack: "row 7", y: "y".repeat(64) }),
    "keys that are none": labels("key", {
      ["x".repeat(64)]: "",
      "-x": "",
      "Example.com/x": "",
      "a/b/c": "",
      [`${"d".repeat(242)}.example.com/x`]: "",
    }),
    "the ends of what is allowed are accepted": [
      {
        [`${permanent}.nodeTemplate.labels`]: {
          ["x".repeat(63)]: "y".repeat(63),
          "example.com/a_b.c": "A-b_c.D",
          [`${"d".repeat(241)}.example.com/x`]: "",
        },
      },
    ],
  },
  taintsAreDistinct: {
    "one key and effect twice": [
      {
        [`${ephemeral}.nodeTemplate.taints`]: [
          { key: "dedicated", effect: "NoExecute", value: "a" },
          { key: "dedicated", effect: "NoSchedule", value: "a" },
          { key: "dedicated.deckhouse.io", effect: "NoExecute", value: "a" },
          { key: "dedicated", effect: "NoExecute", value: "b" },
        ],
      },
      `@.${ephemeral}.nodeTemplate.taints[3]: found an object: @.${ephemeral}.nodeTemplate.taints[0] has the same key and ` +
        "effect, and Deckhouse would refuse the group: remove one of the two",
    ],
  },
  cloudPrefixFits: {
    "no room for the name of the data disk": [
      { ...alone, cloudPrefix: "p".repeat(46) },
      longDisk("@", `"${"p".repeat(46)}"`, "<prefix>"),
    ],
    "the name of the region, which leaves no room": [
      { ...alone, "regions[0].name": "r".repeat(46) },
      longDisk(inRegion, "nothing", "r".repeat(46)),
    ],
    "none that Kubernetes takes": [
      { cloudPrefix: "X1" },
      `@.cloudPrefix: found "X1": node names begin with it, and Kubernetes would refuse them: ${objectNameForm}`,
    ],
    "the greatest length is accepted": [{ ...alone, cloudPrefix: "p".repeat(45) }],
    "the greatest length of a region's name is accepted": [
      { ...alone, "regions[0].name": "r".repeat(45) },
    ],
    "a region's name that is no prefix is accepted": [
      { ...alone, cloudPrefix: "x1", "regions[0].name": "r".repeat(63) },
    ],
    "a region's name is no prefix where the masters are elsewhere": [
      { "@": elsewhere, "regions[0].name": "r".repeat(63) },
    ],
  },
  nodeNamesFit: {
    "too long with the name of the region": [
      named(permanent, "g".repeat(29)),
      longName(`${inRegion}.${permanent}`, "g".repeat(29), "k8s-region-x1-"),
    ],
    "too long with the prefix": [
      { cloudPrefix: "x1", ...named(permanent, "g".repeat(40)) },
      longName(`@.${permanent}`, "g".repeat(40), "x1-"),
    ],
    "too long, of ephemeral nodes": [
      { cloudPrefix: "p".repeat(33), ...named(ephemeral, "workerss2") },
      longName(`@.${ephemeral}`, "workerss2", `${"p".repeat(33)}-`),
    ],
    "too long by itself, where the masters are elsewhere and nobody knows the prefix": [
      { "@": elsewhere, ...named(ephemeral, "g".repeat(43)) },
      longName(`@.${ephemeral}`, "g".repeat(43), "", ""),
    ],
    "none that Kubernetes takes": [
      { ...named(permanent, "front_end"), ...named(ephemeral, "Worker") },
      noName(ephemeral, "Worker"),
      noName(permanent, "front_end"),
    ],
    "the greatest length is accepted": [{ cloudPrefix: "x1", ...named(permanent, "g".repeat(39)) }],
    "the greatest length by itself is accepted": [
      { "@": elsewhere, ...named(ephemeral, "g".repeat(42)) },
    ],
  },
  nodeGroupsAreDistinct: {
    "the name of the masters": [
      named(ephemeral, "master"),
      `@.${ephemeral}.name: found "master": the masters have this name, and the nodes of both would have the same names: ` +
        "choose another name; masterNodeGroup describes the masters",
    ],
    "one name, of groups of both kinds": [
      named(ephemeral, "static"),
      `@.${ephemeral}.name: found "static": @.${permanent}.name is the same, and the nodes of both would have the same ` +
        "names: give each group a name of its own",
    ],
    "names that begin alike are accepted": [
      { ...named(permanent, "frontend-1"), ...named(ephemeral, "master-1") },
    ],
  },
});
