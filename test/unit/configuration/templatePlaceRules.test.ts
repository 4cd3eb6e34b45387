import assert from "node:assert/strict";
import { templatePlaceRules } from "../../../configuration/rules/templateImage/places";
import { elsewhere } from "./clusterSupport";
import { describeRules, type RuleCase } from "./ruleTable";
import { builtin, existing, faultLines, stackWith } from "./support";

const x1 = 'templateImage.places["k8s-region-x1"]';
const x2 = 'templateImage.places["k8s-region-x2"]';
const inTurn = { ...builtin, "templateImage.distribution": "buildInTurn" };

const outside = (key: string, found: string, remedy: string): RuleCase => [
  { ...builtin, [`${x1}.${key}`]: found },
  `${x1}.${key}: found "${found}": it is outside /X1, the datacenter of this region: write a path that begins with ${remedy}`,
];
const noNetwork = (region: string, path: string): string =>
  `${path}.network: found nothing: the template needs a network in ${region}, which has no masters to take one from: name ` +
  "it here";
const pattern = (found: string): string =>
  `regions[1].datacenter: found ${JSON.stringify(found)}: Packer's vSphere plugin takes * ? [ and \\ in the path of a ` +
  "datacenter for a pattern, and there is no way to quote them, so it could not build the template there: use a template " +
  "that is there already (templateImage.existing); renaming the datacenter would break whatever looks it up by its name";
const inPattern = (datacenter: string): RuleCase => [
  { ...inTurn, "regions[1].datacenter": datacenter },
  pattern(datacenter),
];
const bracket = (path: string, datastore: string): RuleCase => [
  { ...inTurn, [`${path}.datastore`]: `fast/${datastore}` },
  `${path}.datastore: found "${datastore}": a file on it is written as [datastore] path, in which a bracket of the name ` +
    "cannot be quoted, so Packer could not put the template's files there: name another datastore here; renaming this one " +
    "would break whatever looks it up by its name",
];

describeRules("the places of the template", templatePlaceRules, {
  templatePlacesAreKnown: {
    "a region without masters": [
      { ...builtin, [x2]: undefined, "templateImage.distribution": "copy" },
      noNetwork("k8s-region-x2", x2),
    ],
    "a cluster whose masters are elsewhere": [
      { ...builtin, "@": elsewhere },
      noNetwork("k8s-region-x1", x1),
    ],
    "none is accepted where nothing is built": [existing],
    "no template is accepted": [{}],
  },
  templatePlacesAreInside: {
    "a cluster of another datacenter": outside("cluster", "/X2/host/c", "/X1/host/, or c alone"),
    "a datastore of another datacenter": outside(
      "datastore",
      "/X2/datastore/d",
      "/X1/datastore/, or d alone",
    ),
    "a network of another datacenter": outside(
      "network",
      "/X2/network/n",
      "/X1/network/, or n alone",
    ),
    "a folder of another datacenter": outside("folder", "/X2/vm/f", "/X1/vm/, or f alone"),
    "a full path is accepted": [{ ...builtin, [`${x1}.cluster`]: "/X1/host/c" }],
  },
  templateFolderIsInEveryDatacenter: {
    "a full path": [
      // Other regions have a folder of their own.
      { ...builtin, "templateImage.folder": "/X1/vm/Images" },
      'templateImage.folder: found "/X1/vm/Images": it is outside /X2, where k8s-region-x2 needs the template: write the ' +
        "path below each datacenter's vm folder, without the datacenter",
    ],
    "a full path is accepted where the others have their own": [
      {
        ...builtin,
        "templateImage.folder": "/X1/vm/Images",
        [`${x2}.folder`]: "Images",
      },
    ],
  },
  templatePlacesAreOfRegions: {
    "an unknown region": [
      { ...builtin, 'templateImage.places["k8s-region-x3"]': { network: "n" } },
      'templateImage.places["k8s-region-x3"]: found an object: no region has this name, and this would have no effect: ' +
        "write one of <regions>",
    ],
  },
  datacentersOfBuildsAreNoPatterns: {
    "*": inPattern("/X*2"),
    "?": inPattern("X2?"),
    "[": inPattern("/Europe/[X2"),
    "\\": inPattern("X2\\"),
    "a pattern is accepted where vCenter copies": [{ ...builtin, "regions[1].datacenter": "/X2*" }],
    "a pattern is accepted where nothing is built": [
      {
        ...existing,
        "templateImage.distribution": "buildInTurn",
        "regions[1].datacenter": "/X2?",
      },
    ],
    "patterns in all other names are accepted": [
      {
        ...builtin,
        [x1]: {
          cluster: "c*[1]\\",
          host: "h?",
          resourcePool: "p[",
          network: "n*]",
          datastore: "d*?\\",
        },
        [`${x2}.folder`]: "f?",
      },
    ],
  },
  datastoresOfBuildsHaveNoBrackets: {
    "an opening one, where it is built first": bracket(x1, "x1[1"),
    "a closing one, where it is built in turn": bracket(x2, "x2]"),
    "brackets are accepted where vCenter copies": [{ ...builtin, [`${x2}.datastore`]: "d[1]" }],
  },
});

describe("the places of the template", () => {
  it("leave a datacenter's name to the rule about the cluster's names, where there is a cluster", () => {
    const lines = faultLines(stackWith({ ...builtin, "regions[0].datacenter": "/Europe/[X1]" }));
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(lines[0]!, /^regions\[0\]\.datacenter: found .*the installer/);
  });
});
