import { testAccepted, testClusterFaults, testRegionFaults } from "./clusterSupport";

const ordered = "ephemeralNodeGroups[0]";
const notKubernetes =
  "it is part of node names, and Kubernetes would refuse them: use lower-case letters, digits and dashes, a letter or " +
  "digit at both ends";
const alike = "and nodes of both would be called alike";
/** Nothing but masters: any other group would have too long a name as well. */
const alone = { nodeGroups: undefined, ephemeralNodeGroups: undefined, ingress: undefined };
const longest = (what: string): string =>
  `${what} has more than 42 characters, which leaves no room for the names of its nodes, and Deckhouse would refuse ` +
  "the group: shorten the name, or cloudPrefix";
const labelForm =
  "and Kubernetes would refuse it: use up to 63 letters, digits, dashes, underscores and dots, a letter or digit at " +
  "both ends";

describe("groups of nodes", () => {
  testRegionFaults({
    "are in zones of the region": [
      { "masterNodeGroup.zones": ["k8s-zone-x1-a", "k8s-zone-x2-a"] },
      '@.masterNodeGroup.zones[1]: found "k8s-zone-x2-a": k8s-region-x1 has no such zone, and the installer would place ' +
        "no node there or fail: write one of k8s-zone-x1-a, k8s-zone-x1-b",
    ],
    "are in zones of the region, also the ordered ones": [
      { [`${ordered}.zones`]: ["k8s-zone-x1-A"] },
      `@.${ordered}.zones[0]: found "k8s-zone-x1-A": k8s-region-x1 has no such zone, and the installer would place no ` +
        "node there or fail: write one of k8s-zone-x1-a, k8s-zone-x1-b",
    ],
    "name a zone once": [
      { "nodeGroups[0].zones": ["k8s-zone-x1-a", "k8s-zone-x1-b", "k8s-zone-x1-a"] },
      '@.nodeGroups[0].zones[2]: found "k8s-zone-x1-a": @.nodeGroups[0].zones[0] is the same zone, and Deckhouse would ' +
        "refuse the document: remove one of the two",
    ],
    "have short names, with the name of the region before them": [
      { "nodeGroups[1].name": "g".repeat(29) },
      `@.nodeGroups[1].name: found "${"g".repeat(29)}": ${longest(`k8s-region-x1-${"g".repeat(29)}`)}`,
    ],
  });

  testClusterFaults({
    "have short names, with the prefix before them": [
      { cloudPrefix: "x1", "nodeGroups[1].name": "g".repeat(40) },
      `@.nodeGroups[1].name: found "${"g".repeat(40)}": ${longest(`x1-${"g".repeat(40)}`)}`,
    ],
    "have short names, also the ordered ones": [
      { cloudPrefix: "p".repeat(33), [`${ordered}.name`]: "workerss2" },
      `@.${ordered}.name: found "workerss2": ${longest(`${"p".repeat(33)}-workerss2`)}`,
    ],
    "have names that Kubernetes takes": [
      { "nodeGroups[1].name": "front_end", [`${ordered}.name`]: "Worker" },
      `@.${ordered}.name: found "Worker": ${notKubernetes}`,
      `@.nodeGroups[1].name: found "front_end": ${notKubernetes}`,
    ],
    "are not called master": [
      { [`${ordered}.name`]: "master" },
      `@.${ordered}.name: found "master": the masters have this name, ${alike}: choose another name; masterNodeGroup ` +
        "describes the masters",
    ],
    "have different names, of both kinds": [
      { [`${ordered}.name`]: "static" },
      `@.${ordered}.name: found "static": @.nodeGroups[1].name has this name already, ${alike}: give each group a name ` +
        "of its own",
    ],
    "can have their least number of nodes": [
      { [`${ordered}.minPerZone`]: 3, [`${ordered}.maxPerZone`]: 2 },
      `@.${ordered}.maxPerZone: found 2: minPerZone is 3, and Deckhouse would refuse the group: write 3 or more`,
    ],
    "can be renewed: with one node more, or one less": [
      { [`${ordered}.maxSurgePerZone`]: 0 },
      `@.${ordered}.maxSurgePerZone: found 0: maxUnavailablePerZone is 0 too, so no node could ever be renewed: write 1 ` +
        "or more for one of the two",
    ],
    "are not compared with a number that cannot be read": [
      { [`${ordered}.minPerZone`]: "one" },
      `@.${ordered}.minPerZone: found "one": text cannot stand here: write a number, for example 1`,
    ],
    "have labels that Kubernetes takes": [
      {
        "nodeGroups[1].nodeTemplate.labels": {
          ...{ rack: "row 7", "a/b/c": "", "Example.com/x": "", "-x": "" },
          [`${"d".repeat(242)}.example.com/x`]: "",
          ...{ ["x".repeat(64)]: "", y: "y".repeat(64) },
        },
      },
      `@.nodeGroups[1].nodeTemplate.labels.rack: found "row 7": the value is not one that a label can have, ${labelForm}`,
      `@.nodeGroups[1].nodeTemplate.labels.${"x".repeat(64)}: found "": the key is not one that a label can have, ${labelForm}`,
      `@.nodeGroups[1].nodeTemplate.labels.y: found "${"y".repeat(59)}…": the value is not one that a label can have, ${labelForm}`,
      `@.nodeGroups[1].nodeTemplate.labels["-x"]: found "": the key is not one that a label can have, ${labelForm}`,
      `@.nodeGroups[1].nodeTemplate.labels["Example.com/x"]: found "": the key is not one that a label can have, ${labelForm}`,
      `@.nodeGroups[1].nodeTemplate.labels["a/b/c"]: found "": the key is not one that a label can have, ${labelForm}`,
      `@.nodeGroups[1].nodeTemplate.labels["${"d".repeat(242)}.example.com/x"]: found "": the key is not one that a label can have, ${labelForm}`,
    ],
    "have a taint of one key and effect once": [
      {
        [`${ordered}.nodeTemplate.taints`]: [
          { key: "dedicated", effect: "NoExecute", value: "a" },
          { key: "dedicated", effect: "NoSchedule", value: "a" },
          { key: "dedicated", effect: "NoExecute", value: "b" },
        ],
      },
      `@.${ordered}.nodeTemplate.taints[2]: found an object: @.${ordered}.nodeTemplate.taints[0] has the same key and ` +
        "effect, and Deckhouse would refuse the group: leave one of the two",
    ],
  });

  testAccepted({
    "may have names of the greatest length": {
      cloudPrefix: "x1",
      "nodeGroups[1].name": "g".repeat(39),
    },
    "may begin alike": { "nodeGroups[1].name": "frontend-1", [`${ordered}.name`]: "master-1" },
    "may have no nodes": { "nodeGroups[1].replicas": 0, [`${ordered}.maxPerZone`]: 0 },
    "may be renewed with one node less": {
      [`${ordered}.maxSurgePerZone`]: 0,
      [`${ordered}.maxUnavailablePerZone`]: 1,
    },
    "may be renewed as Deckhouse does it": { [`${ordered}.maxUnavailablePerZone`]: 0 },
    "may be always as large": { [`${ordered}.minPerZone`]: 3, [`${ordered}.maxPerZone`]: 3 },
    "may have labels and taints at the ends of what is allowed": {
      "nodeGroups[1].nodeTemplate": {
        labels: {
          ["x".repeat(63)]: "y".repeat(63),
          "example.com/a_b.c": "A-b_c.D",
          [`${"d".repeat(241)}.example.com/x`]: "",
        },
        taints: [{ key: "a" }, { key: "a", effect: "NoExecute" }, { effect: "NoExecute" }],
      },
    },
  });
});

describe("the prefix of node names", () => {
  testClusterFaults({
    "leaves room for the name of the data disk": [
      { ...alone, cloudPrefix: "p".repeat(46) },
      `@.cloudPrefix: found "${"p".repeat(46)}": the disk <prefix>-kubernetes-data-0 would have more than 63 ` +
        "characters, and the installer refuses that: use at most 45 characters",
    ],
    "is one that Kubernetes takes": [
      { cloudPrefix: "X1" },
      '@.cloudPrefix: found "X1": node names begin with it, and Kubernetes would refuse them: use lower-case letters, ' +
        "digits and dashes, a letter or digit at both ends",
    ],
  });

  testAccepted({
    "may have the greatest length, which leaves no room for other groups": {
      ...{ ...alone, cloudPrefix: "p".repeat(45) },
    },
  });
});
