import type { Change } from "../../../../scripts/lab/simulatorControl";
import { first, instanceClass, reader, templateIn, x1, type Rows } from "./row";

const ofOthers = "debian-12-of-others";
const accented = "Nœuds privés";

/** What the installer puts into vCenter, and what it makes it from. */
export const placeRows: Rows = {
  resourcePools: {
    "a pool that one cluster does not have": {
      changes: [{ operation: "removeObject", path: `${x1.stage}/Resources/kubernetes` }],
      lines: [
        `error ${first}.baseResourcePool: found "${x1.stage}/Resources/kubernetes": no such resource pool in vCenter, or this ` +
          "account cannot see it",
      ],
    },
  },
  templates: {
    "a template that is gone": {
      changes: [{ operation: "removeObject", path: x1.template }],
      lines: [
        `error ${instanceClass}.template: found "${x1.template}": no such template in vCenter, or this account cannot see it`,
      ],
    },
    "a template with two disks": {
      changes: [
        { operation: "removeObject", path: x1.template },
        templateIn("X1", ofOthers, { diskGigabytes: [10, 5] }),
      ],
      lines: [`error ${instanceClass}.template: found "${x1.template}": it has 2 disks`],
    },
    "a template without a network adapter": {
      changes: [
        { operation: "removeObject", path: x1.template },
        templateIn("X1", ofOthers, { network: "" }),
      ],
      lines: [`error ${instanceClass}.template: found "${x1.template}": it has no network adapter`],
    },
  },
  templateImage: {
    "a template that one region lacks": {
      changes: [{ operation: "removeObject", path: "/X2/vm/Templates/node" }],
      lines: [
        'error templateImage.existing.template: found "/X2/vm/Templates/node": no such template in vCenter, or this account ' +
          "cannot see it",
      ],
    },
    "a machine that runs": {
      changes: [
        { operation: "removeObject", path: "/X2/vm/Templates/node" },
        templateIn("X2", "node", { template: false, poweredOn: true }),
      ],
      lines: [
        'error templateImage.existing.template: found "/X2/vm/Templates/node": it is a running virtual machine',
      ],
    },
  },
  templatesAlike: {
    "templates of two regions that differ, which is a warning": {
      changes: [
        { operation: "removeObject", path: "/X2/vm/Templates/node" },
        templateIn("X2", "node", { diskGigabytes: [12], hardwareVersion: 20 }),
      ],
      lines: [
        'warning templateImage.existing.template: found "/X2/vm/Templates/node": it has 1 disk (12 GiB) where ' +
          "/X1/vm/Templates/node has 1 disk (10 GiB); it has hardware version vmx-20 where /X1/vm/Templates/node has vmx-19",
      ],
    },
    "templates with and without guest tools of their own, which is a warning": {
      changes: [
        ...(["X1", "X2"] as const).map((datacenter): Change => ({
          operation: "removeObject",
          path: `/${datacenter}/vm/Templates/node`,
        })),
        templateIn("X1", "node", { tools: "guestToolsUnmanaged" }),
        templateIn("X2", "node", { tools: "guestToolsNotInstalled" }),
      ],
      lines: [
        'warning templateImage.existing.template: found "/X2/vm/Templates/node": it has no guest tools where ' +
          "/X1/vm/Templates/node has open-vm-tools",
      ],
    },
  },
  vmFolders: {
    "a folder that the installer is to make and that is there, which is a warning": {
      changes: [{ operation: "addFolder", path: "/X1/vm/k8s", name: "new" }],
      lines: [`warning ${first}.vmFolderPath: found "/X1/vm/k8s/new": the folder exists already`],
    },
    "no folder to make it in": {
      configuration: { [`${first}.vmFolderPath`]: "none/new" },
      lines: [
        `error ${first}.vmFolderPath: found "/X1/vm/none/new": /X1/vm/none is not there, and the installer makes one folder ` +
          "and none above it",
      ],
    },
  },
  storagePolicies: {
    "a storage policy that is gone": {
      changes: [{ operation: "removeStoragePolicy", storagePolicy: "Kubernetes nodes" }],
      lines: [
        'error regions[0].clusterConfiguration.storagePolicy.name: found "Kubernetes nodes": vCenter has no storage policy ' +
          "with this name, or this account cannot see it",
      ],
    },
    "two storage policies whose names only differ in how accents are made": {
      configuration: { [`${first}.storagePolicy.name`]: accented.normalize("NFC") },
      there: [{ operation: "createStoragePolicy", storagePolicy: accented.normalize("NFC") }],
      changes: [{ operation: "createStoragePolicy", storagePolicy: accented.normalize("NFD") }],
      lines: [
        `error ${first}.storagePolicy.name: found "${accented.normalize("NFC")}": 2 storage policies have this name`,
      ],
    },
    "an account that may not list storage policies": {
      changes: [
        { operation: "setPassword", ...reader },
        { operation: "setPermission", path: "/", principal: reader.user, role: "ReadOnly" },
      ],
      account: reader,
      lines: [
        `error ${first}.storagePolicy.name: found "Kubernetes nodes": this account may not list storage policies`,
      ],
    },
  },
};
