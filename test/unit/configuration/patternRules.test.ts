import { testAccepted, testClusterFaults } from "./clusterSupport";
import { testFaults } from "./support";
import { frontend as frontendOfX1, masters as mastersOfX1, secondPlace } from "./templateSupport";

const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
const ordered = "ephemeralNodeGroups[0].instanceClass";
const read = (characters: string, kind: string): string =>
  `the installer reads it as a pattern, in which ${characters} another meaning, and would stop with "${kind} not found" ` +
  `or take another ${kind}: `;
const rename = (kind: string): string =>
  `use another ${kind}; with another name this one would be unknown to clusters and people that look for it`;

describe("names that the installer looks up by pattern", () => {
  testClusterFaults({
    "are refused as the folder": [
      { vmFolderPath: "k8s/[x1]" },
      `@.vmFolderPath: found "k8s/[x1]": ${read("[ and ] have", "folder")}${rename("folder")}`,
    ],
    "are refused as the datastore of all root disks": [
      { rootDiskDatastore: "root*" },
      `@.rootDiskDatastore: found "root*": ${read("* has", "datastore")}${rename("datastore")}`,
    ],
    "are refused as the datastore of a group": [
      { [`${frontend}.datastore`]: "folder?/root" },
      `@.${frontend}.datastore: found "folder?/root": ${read("? has", "datastore")}${rename("datastore")}`,
    ],
    "are refused as the template of ordered nodes": [
      { [`${ordered}.template`]: "Templates/ubuntu [24.04]" },
      `@.${ordered}.template: found "Templates/ubuntu [24.04]": ${read("[ and ] have", "template")}${rename("template")}`,
    ],
    "are refused as the pool of all nodes": [
      { baseResourcePool: "pool[1]" },
      `@.baseResourcePool: found "pool[1]": ${read("[ and ] have", "resource pool")}${rename("resource pool")}`,
    ],
    "are refused as the pool of a group": [
      { [`${masters}.resourcePool`]: "a?" },
      `@.${masters}.resourcePool: found "a?": ${read("? has", "resource pool")}${rename("resource pool")}`,
    ],
    "are refused with the spelling of vCenter for a backslash": [
      { rootDiskDatastore: "a\\b" },
      `@.rootDiskDatastore: found "a\\\\b": ${read("\\ has", "datastore")}write a backslash as vCenter stores it, %5c`,
    ],
    "are refused as the masters' main network, but for what the installer quotes": [
      {
        "networks[0].path": "nodes *",
        [`${masters}.mainNetwork`]: "nodes *",
        [`${frontend}.mainNetwork`]: "alike",
      },
      `@.${masters}.mainNetwork: found "nodes *": ${read("* has", "network")}${rename("network")}`,
    ],
  });

  // The path of a cluster, with its datacenter, is a part of that of each resource pool.
  testFaults({
    "are refused as the datacenter of a cluster": [
      { "regions[0].datacenter": "X[1]" },
      `regions[0].datacenter: found "X[1]": ${read("[ and ] have", "datacenter")}${rename("datacenter")}`,
    ],
    "are refused as the cluster of a zone with nodes": [
      { "regions[0].zones[1].cluster": "x1*" },
      `regions[0].zones[1].cluster: found "x1*": ${read("* has", "cluster")}${rename("cluster")}`,
    ],
    "are refused as the template of others": [
      { "templateImage.existing": { template: "Templates/[x]" } },
      `templateImage.existing.template: found "Templates/[x]": ${read("[ and ] have", "template")}${rename("template")}`,
    ],
  });

  const places = 'templateImage.places["k8s-region-x1"]';
  const directory = { path: "ours", name: "ubuntu [hard]" };
  const built = {
    "templateImage.builtin": { ubuntu: "24.04" },
    [secondPlace]: { network: "n", folder: "f?" },
    [`${mastersOfX1}.template`]: undefined,
  };
  testFaults({
    "are refused as the folder of a template that is built for nodes": [
      { ...built, [`${places}.folder`]: "f?" },
      `${places}.folder: found "f?": ${read("? has", "folder")}${rename("folder")}`,
    ],
    "are refused as the folder of all templates that are built": [
      { ...built, "templateImage.folder": "T*" },
      `templateImage.folder: found "T*": ${read("* has", "folder")}${rename("folder")}`,
    ],
    "are refused as the name of a template that is built for nodes": [
      { ...built, "templateImage.builtin": undefined, "templateImage.directory": directory },
      `templateImage.directory.name: found "ubuntu [hard]": ${read("[ and ] have", "template")}write another name`,
    ],
    "may be those of a template that is built, and taken by no node": [
      {
        ...built,
        [`${mastersOfX1}.template`]: "theirs",
        [`${frontendOfX1}.template`]: "theirs",
        "templateImage.folder": "T*",
        "templateImage.builtin": undefined,
        "templateImage.directory": directory,
        // The one fault of this configuration.
        "role.principals": [],
      },
      "role.principals: found an empty list: the list has too few entries: write at least 1",
    ],
  });

  testAccepted({
    "may be as vCenter stores a backslash, a slash and a percent sign": {
      rootDiskDatastore: "a%5cb%2fc%25",
    },
    "may be what Deckhouse never looks up": { storagePolicy: { name: "Gold [SSD]*" } },
  });
});

describe("names of regions without a cluster", () => {
  testFaults({
    "may be anything: only this program looks them up, and exactly": [
      {
        "regions[1].datacenter": "X[2]",
        "regions[1].zones[0].cluster": "x2*?",
        "regions[1].zones[0].datastores": ["lun [1]", "lun *"],
        // The one fault of this configuration.
        "role.principals": [],
      },
      "role.principals: found an empty list: the list has too few entries: write at least 1",
    ],
  });
});
