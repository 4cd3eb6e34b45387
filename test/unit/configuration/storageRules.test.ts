import { storageRules } from "../../../configuration/rules/cluster/storage";
import type { Changes } from "../../support/changedConfiguration";
import { elsewhere, inRegion } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
const fixed = "nodeGroups[1].instanceClass";

const noDatastore = (path: string): string =>
  `@.${path}.datastore: found nothing: the nodes have no datastore for their root disks, and Deckhouse would refuse the ` +
  "document: name one here, or as rootDiskDatastore for all nodes of the region";
const policy = (storagePolicy: object, wrong: string): RuleCase => [
  { storagePolicy },
  `@.storagePolicy: found an object: ${wrong}: write one of the two, for example {"name": "Kubernetes nodes"}`,
];
const panics = (pattern: string, fault: string): RuleCase => [
  { storageClasses: { exclude: ["x1.*", pattern] } },
  `@.storageClasses.exclude[1]: found ${JSON.stringify(pattern)}: Deckhouse reads it as a Go regular expression, and ` +
    `would stop: ${fault}: correct it: .* matches any text, and a name matches itself`,
];
/** The default StorageClass of the first region, whose datastores are x1_lun_1 to x1_lun_3 unless others are given. */
const unmade = (
  storageClasses: { readonly default: string; readonly exclude?: readonly string[] },
  wrong: string,
  others: Changes = {},
): RuleCase => [
  { storageClasses, ...others },
  `${inRegion}.storageClasses.default: found "${storageClasses.default}": ${wrong}`,
];
const noClass = "Deckhouse creates no StorageClass of this name from the datastores of regions[0]";
const firstZone = "regions[0].zones[0].datastores";
const secondZone = "regions[0].zones[1].datastores";
const ofRegion = `${inRegion}.storageClasses`;
const twins = { [secondZone]: ["x1/lun", "x1-lun"] };

describeClusterRules("the storage of a cluster", storageRules, {
  nodesHaveDatastores: {
    "permanent nodes without one": [
      { rootDiskDatastore: undefined, [`${frontend}.datastore`]: "lun" },
      noDatastore(masters),
      noDatastore(fixed),
    ],
    "ephemeral nodes without one, where the masters are elsewhere": [
      { "@": elsewhere, rootDiskDatastore: undefined },
      noDatastore("ephemeralNodeGroups[0].instanceClass"),
    ],
    "one for all, which may be one for volumes, is accepted": [{ rootDiskDatastore: "x1_lun_1" }],
    "one of each group is accepted, and none of ephemeral nodes": [
      {
        rootDiskDatastore: undefined,
        [`${masters}.datastore`]: "folder/lun",
        [`${frontend}.datastore`]: "lun",
        [`${fixed}.datastore`]: "other",
      },
    ],
  },
  storagePoliciesHaveOneName: {
    neither: policy({}, "it names no policy, and would have no effect"),
    both: policy(
      { name: "n", id: "i" },
      "it has a name and an id, which may belong to two policies, and one would be ignored",
    ),
    "a name is accepted": [{ storagePolicy: { name: "Kubernetes nodes" } }],
    "an id is accepted": [{ storagePolicy: { id: "aa6d5a82-1c88-45da-85d3-3d74b91a5bad" } }],
  },
  // The faults are those of Go's regexp/syntax.
  storageClassPatternsAreGos: {
    "a star after nothing": panics("*", "missing argument to repetition operator: `*`"),
    "a bracket that is not closed": panics("x1-lun-[2", "missing closing ]: `[2`"),
    "a parenthesis that is not closed": panics("x1(", "missing closing ): `x1(`"),
    "what Perl has, and Go not": panics("(?!x1).*", "invalid or unsupported Perl syntax: `(?!`"),
    "what repeats a group": panics("x1-lun-\\2", "invalid escape sequence: `\\2`"),
  },
  storageClassNamesAreDistinct: {
    "a slash and a dash": [
      twins,
      `${secondZone}[1]: found "x1-lun": Deckhouse would give the StorageClasses of this datastore and of ` +
        `${secondZone}[0] one name, "x1-lun-91e56372", and create only one of them: leave one of them out; renaming one ` +
        "would break whatever looks it up by its name",
    ],
    "two classes that are left out are accepted": [
      { ...twins, storageClasses: { exclude: ["x1-lun-91.*"] } },
    ],
    "two whose names are not known are accepted": [{ [secondZone]: ["данные ł", "данные-ł"] }],
  },
  // The hashes are murmur3 of the names as they are in vCenter; storageClassNames.test.ts has Deckhouse's examples.
  defaultStorageClassIsMade: {
    "that of no datastore, where one of several zones is named once": unmade(
      { default: "lun-6" },
      `${noClass}: write lun1 or lun2`,
      {
        "categories.zone.cardinality": "MULTIPLE",
        [firstZone]: ["lun1", "lun2"],
        [secondZone]: ["lun2", "lun1"],
      },
    ),
    "a name without its hash": unmade(
      { default: "x1-lun-1" },
      `${noClass}: write x1-lun-1-3a782555 or x1-lun-2-51f31c9 or x1-lun-3-f86b463c`,
    ),
    "a class of a datastore that is left out, for a policy": unmade(
      { default: "x1-lun-2-51f31c9-gold", exclude: ["x1-lun-[12]-[0-9a-f]+"] },
      `${inRegion}.storageClasses.exclude[0] leaves this StorageClass out: write x1-lun-3-f86b463c`,
    ),
    "one of none, because all are left out": unmade(
      { default: "x1-lun-1", exclude: [".*"] },
      `${noClass}: remove it, and let Deckhouse choose`,
    ),
    "the hash of another name, of as many as are listed": unmade(
      { default: "x-617f640a" },
      `${noClass}: write lun-0-617f640a or lun-1-e0cb9e0e or ` +
        "lun-2-51e06640 or lun-3-e87f36e or lun-4-453e255b or lun-5-ef096b84",
      { [firstZone]: ["lun_0", "lun_1", "lun_2", "lun_3", "lun_4"], [secondZone]: ["lun_5"] },
    ),
    "a name of many, which one of them begins with": unmade(
      { default: "lun-6" },
      `${noClass}: write lun-6-9ae7a49c, or another of 7: each is named after a datastore, as in lun-0-617f640a`,
      {
        [firstZone]: ["lun_0", "lun_1", "lun_2", "lun_3", "lun_4", "lun_5"],
        [secondZone]: ["lun_6"],
      },
    ),
    "a name is accepted, also with that of a policy after it": [
      { [ofRegion]: { default: "x1-lun-1-3a782555-gold" } },
    ],
    "a name of letters that are not known is accepted by its hash": [
      { [ofRegion]: { default: "shuju-d9f05628-gold" }, [secondZone]: ["数据"] },
    ],
  },
});
