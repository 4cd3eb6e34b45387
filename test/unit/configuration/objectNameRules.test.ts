import { objectNameRules } from "../../../configuration/rules/cluster/objectNames";
import type { Changes } from "../../support/changedConfiguration";
import { elsewhere, inRegion } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
const fixed = "nodeGroups[1].instanceClass";
const ephemeral = "ephemeralNodeGroups[0].instanceClass";

/** An object of another datacenter, or in the folder of other objects. */
const outside = (path: string, folder: string, found: string, others: Changes = {}): RuleCase => [
  { ...others, [path]: found },
  `${inRegion}.${path}: found "${found}": it is outside /X1, where the nodes are: write a path that begins with ` +
    `/X1/${folder}/, or lun alone`,
];
/** A name that is read as a pattern: what stands for what in it, and what to do. */
const pattern = (
  path: string,
  found: string,
  special: string,
  kind: string,
  remedy?: string,
): string =>
  `${path}: found ${JSON.stringify(found)}: the installer reads it as a pattern, in which ${special} a special meaning, and ` +
  `would stop with "${kind} not found" or take another ${kind}: ` +
  (remedy ?? `use another ${kind}; renaming this one would break whatever looks it up by its name`);
const read = (
  path: string,
  found: string,
  special: string,
  kind: string,
  remedy?: string,
): RuleCase => [
  { [path]: found },
  pattern(/^(regions|templ)/.test(path) ? path : `@.${path}`, found, special, kind, remedy),
];

const place = 'templateImage.places["k8s-region-x1"].folder';
/** The masters get the template that is built, and no other nodes. */
const built = {
  "templateImage.builtin": { ubuntu: "24.04" },
  'templateImage.places["k8s-region-x2"]': { network: "n", folder: "f?" },
  [`${masters}.template`]: undefined,
};
const ofDirectory = {
  "templateImage.builtin": undefined,
  "templateImage.directory": { path: "ours", name: "ubuntu [hard]" },
};

describeClusterRules("the names of what nodes are made of", objectNameRules, {
  networksAreInside: {
    "a network that is described": outside("networks[5].path", "network", "/X2/network/lun"),
    "a network of nodes, where none is described": outside(
      `${ephemeral}.additionalNetworks[0]`,
      "network",
      "/X2/network/lun",
      { "@": elsewhere, [`${ephemeral}.additionalNetworks`]: [] },
    ),
  },
  nodeDatastoresAreInside: {
    "that of all nodes": outside("rootDiskDatastore", "datastore", "/X2/datastore/folder/lun"),
    "that of masters": outside(`${masters}.datastore`, "datastore", "/x1/datastore/lun"),
    "that of ephemeral nodes": outside(`${ephemeral}.datastore`, "datastore", "/X1/host/lun"),
  },
  nodeTemplatesAreInside: {
    "that of ephemeral nodes": [
      { [`${ephemeral}.template`]: "/X2/vm/Templates/t" },
      `${inRegion}.${ephemeral}.template: found "/X2/vm/Templates/t": it is outside /X1, where the nodes are: write the ` +
        "path below the datacenter's vm folder, without the datacenter",
    ],
  },
  namesAreNoPatterns: {
    "the folder": read("vmFolderPath", "k8s/[x1]", "[ and ] have", "folder"),
    "the datastore of all nodes": read("rootDiskDatastore", "root*", "* has", "datastore"),
    "the datastore of a group": read(`${frontend}.datastore`, "folder?/root", "? has", "datastore"),
    "the template of a group": read(`${ephemeral}.template`, "T/[x]", "[ and ] have", "template"),
    "the pool of all nodes": read("baseResourcePool", "p[1]", "[ and ] have", "resource pool"),
    "the pool of a group": read(`${masters}.resourcePool`, "a?", "? has", "resource pool"),
    // The path of a cluster, with its datacenter, is a part of that of each resource pool.
    "the datacenter": read("regions[0].datacenter", "X[1]", "[ and ] have", "datacenter"),
    "the cluster of a zone": read("regions[0].zones[1].cluster", "x1*", "* has", "cluster"),
    "a backslash": read(
      "rootDiskDatastore",
      "a\\b",
      "\\ has",
      "datastore",
      "write a backslash as vCenter stores it, %5c",
    ),
    "a backslash and more": read(
      "rootDiskDatastore",
      "a\\b*",
      "\\ and * have",
      "datastore",
      "write a backslash as vCenter stores it, %5c, and use another datastore for the rest",
    ),
    "the main network of a group": [
      {
        "networks[4]": { path: "al[ike", subnet: "10.200.1.0/24", gateway: "10.200.1.1" },
        [`${fixed}.mainNetwork`]: "al[ike",
      },
      pattern(`@.${fixed}.mainNetwork`, "al[ike", "[ has", "network"),
    ],
    "an additional network of the masters": [
      { "networks[2].path": "public]", [`${masters}.additionalNetworks`]: ["public]"] },
      pattern(`@.${masters}.additionalNetworks[0]`, "public]", "] has", "network"),
    ],
    "the masters' main network, but for the brackets that the installer quotes": [
      {
        "networks[0].path": "nodes [*]",
        [`${masters}.mainNetwork`]: "nodes [*]",
        [`${frontend}.mainNetwork`]: "alike",
      },
      pattern(`@.${masters}.mainNetwork`, "nodes [*]", "* has", "network"),
    ],
    "the template of others": read(
      "templateImage.existing.template",
      "Templates/[x]",
      "[ and ] have",
      "template",
    ),
    "the folder of the template that is built for nodes": [
      { ...built, [place]: "f?" },
      pattern(place, "f?", "? has", "folder"),
    ],
    "the folder of all templates that are built": [
      { ...built, "templateImage.folder": "T*" },
      pattern("templateImage.folder", "T*", "* has", "folder"),
    ],
    "the name of the template that is built for nodes": [
      { ...built, ...ofDirectory },
      pattern(
        "templateImage.directory.name",
        "ubuntu [hard]",
        "[ and ] have",
        "template",
        "write another name",
      ),
    ],
    "those of a template that no node takes are accepted": [
      {
        ...built,
        ...ofDirectory,
        "templateImage.folder": "T*",
        [`${masters}.template`]: "theirs",
        [`${ephemeral}.template`]: "theirs",
      },
    ],
    "vCenter's spelling of a backslash is accepted": [{ rootDiskDatastore: "a%5cb%2fc%25" }],
    "what Deckhouse never looks up is accepted": [{ storagePolicy: { name: "Gold [SSD]*" } }],
    "names of a region without a cluster are accepted": [
      {
        "regions[1].datacenter": "X[2]",
        "regions[1].zones[0].cluster": "x2*?",
        "regions[1].zones[0].datastores": ["lun [1]", "lun *"],
      },
    ],
  },
});
