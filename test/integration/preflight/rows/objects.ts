import { first, instanceClass, reader, type Rows } from "./row";

const notThere = "no such object in vCenter, or this account cannot see it";

const accented = "nœuds-privés";

/** The vCenter itself, and what the configuration names. */
export const objectRows: Rows = {
  connection: {
    "an account whose password has been changed": {
      changes: [{ operation: "setPassword", ...reader }],
      account: { ...reader, password: "of-last-year" },
      lines: [
        'error vsphere:user: found "restricted@vsphere.local": vCenter refuses the login (HTTP 401, ' +
          "com.vmware.vapi.std.errors.unauthenticated, Unable to authenticate user)",
      ],
    },
  },
  version: {
    "an old vCenter": {
      changes: [{ operation: "setVersion", version: "6.7.0", build: "19299595" }],
      lines: [
        'error vsphere:vsphereServer: found "VMware vCenter Server 6.7.0 build-19299595": Deckhouse supports vSphere 7 and 8',
      ],
    },
    "a vCenter that is too new": {
      changes: [{ operation: "setVersion", version: "9.0.0" }],
      lines: [
        'warning vsphere:vsphereServer: found "VMware vCenter Server 9.0.0 build-24022515": Deckhouse supports vSphere 7 and 8',
      ],
    },
  },
  objects: {
    "a datastore that is gone": {
      changes: [{ operation: "removeObject", path: "/X1/datastore/x1_lun_2" }],
      lines: [
        `error regions[0].zones[0].datastores[1]: found "/X1/datastore/x1_lun_2": ${notThere}`,
      ],
    },
    "a network with another name": {
      changes: [{ operation: "renameObject", path: "/X2/network/k8s-nodes", name: "nodes" }],
      lines: [
        `error regions[1].clusterConfiguration.networks[0].path: found "/X2/network/k8s-nodes": ${notThere}`,
      ],
    },
    "a datastore that somebody put into a datastore cluster": {
      changes: [
        { operation: "removeObject", path: "/X1/datastore/x1_lun_3" },
        { operation: "addDatastore", path: "/X1", name: "x1_lun_3", datastoreCluster: "pod" },
      ],
      lines: [
        `error regions[0].zones[1].datastores[0]: found "/X1/datastore/x1_lun_3": ${notThere}`,
      ],
    },
    "a datastore cluster where a datastore belongs": {
      when: "before up",
      configuration: { "regions[0].zones[1].datastores[1]": "pod" },
      there: [
        { operation: "addDatastore", path: "/X1", name: "x1_lun_9", datastoreCluster: "pod" },
      ],
      lines: [
        'error regions[0].zones[1].datastores[1]: found "/X1/datastore/pod": it is a datastore cluster, which Deckhouse does ' +
          "not support (deckhouse/deckhouse#7431)",
      ],
    },
    "a datacenter that does not exist, and nothing of what would be in it": {
      when: "before up",
      configuration: { "regions[1].datacenter": "X3" },
      lines: [`error regions[1].datacenter: found "/X3": ${notThere}`],
    },
  },
  namesakes: {
    "a standard network beside a port group of its name": {
      changes: [{ operation: "addNetwork", path: "/X1", name: "k8s-nodes" }],
      lines: [
        `error ${first}.networks[0].path: found "/X1/network/k8s-nodes": a standard network also has this path`,
      ],
    },
    "a network in a folder that has the name of one in none": {
      changes: [{ operation: "addNetwork", path: "/X1", name: "k8s-nodes", folder: "dmz" }],
      lines: [
        `error ${first}.networks[0].path: found "/X1/network/k8s-nodes": a standard network of the same datacenter, ` +
          "/X1/network/dmz/k8s-nodes, also has this name",
      ],
    },
  },
  spellings: {
    "a network whose accents are separate characters": {
      configuration: {
        [`${first}.networks[0].path`]: accented.normalize("NFC"),
        [`${instanceClass}.mainNetwork`]: accented.normalize("NFC"),
      },
      changes: [
        {
          operation: "renameObject",
          path: "/X1/network/k8s-nodes",
          name: accented.normalize("NFD"),
        },
      ],
      lines: [
        `error ${first}.networks[0].path: found "/X1/network/${accented.normalize("NFC")}": in vCenter the accents of this ` +
          "name are separate characters (Unicode's NFD), as a Mac types them",
      ],
    },
  },
  folderNames: {
    "a folder of a datacenter with another name": {
      changes: [{ operation: "renameObject", path: "/X2/network", name: "networks" }],
      lines: [
        'warning regions[1].datacenter: found "/X2": its folders are called networks instead of network, and this program ' +
          "finds what is in them",
      ],
    },
  },
};
