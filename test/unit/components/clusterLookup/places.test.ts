import { createPool, nearest, notSeen, pools, testLookups } from "./lookupCases";

const template = "/X1/vm/Templates/ubuntu";
const correctTemplate =
  "correct the template of the instance class, or leave it out there and let templateImage build one";
const templates = (path: string, smallestRootDisk = 50) => [{ path, smallestRootDisk }];

testLookups("places", {
  "resource pools": {
    given: ({ machines }) => machines.add(`${pools}/app`, "VirtualApp:resgroup-v1"),
    look: { resourcePools: [pools, `${pools}/packer`, `${pools}/a`, `${pools}/app`] },
    fails: [
      `${pools}/a: ${notSeen("resource pool")}, ${createPool}`,
      `${pools}/app: it is a vApp, not a resource pool, ${createPool}`,
    ],
  },
  "a folder that the installer creates, in one that exists": {
    look: { vmFolder: { path: "/X1/vm/k8s/x9", exists: false } },
  },
  "a folder that the installer creates below the datacenter's, which the account may not see": {
    given: (vCenter) => vCenter.unregister("Folder:group-v1"),
    look: { vmFolder: { path: "/X1/vm/x9", exists: false } },
  },
  "a folder that the installer creates, without the one above it": {
    look: { vmFolder: { path: "/X1/vm/k9s/x1", exists: false } },
    fails: [
      `/X1/vm/k9s: ${notSeen("folder")}, and the installer, which creates /X1/vm/k9s/x1, would stop with "error trying to ` +
        `determine parent folder": create it, or ${nearest("/X1/vm/k8s", "/X1/vm/k8s/x1", "/X1/vm/Templates")}`,
    ],
  },
  "a folder that has to exist, and does not": {
    look: { vmFolder: { path: "/X1/vm/k8s/x9", exists: true } },
    fails: [
      `/X1/vm/k8s/x9: ${notSeen("folder")}, and the installer, which vmFolderExists tells that it exists, would not create ` +
        `it: create it, write vmFolderExists: false, or ${nearest("/X1/vm/k8s/x1", "/X1/vm/k8s", "/X1/vm/Templates")}`,
    ],
  },
  "a folder that the installer is to create, and that exists": {
    look: { vmFolder: { path: "/X1/vm/k8s/x1", exists: false } },
    warns: [
      "/X1/vm/k8s/x1: the folder exists already, and if Deckhouse did not create it for this cluster, the installer would " +
        "stop with \"The name 'x1' already exists\": write vmFolderExists: true in that case; for a cluster that is already " +
        "installed leave the key unchanged, because the installer would give up the folder that it created",
    ],
  },
  "a template that is a machine which is switched off": {
    given: ({ machines }) => machines.addTemplate(template, { isTemplate: false }),
    look: { templates: templates(template) },
  },
  "a template that does not exist, and a folder in its place": {
    look: { templates: [...templates("/X1/vm/Templates/none"), ...templates("/X1/vm/Templates")] },
    fails: [
      `/X1/vm/Templates/none: ${notSeen("template")}: ${correctTemplate}`,
      `/X1/vm/Templates: it is a folder, and nodes cannot be cloned from it: ${correctTemplate}`,
    ],
  },
  "a template with everything that Deckhouse refuses": {
    given: ({ machines }) => machines.addTemplate(template, { disks: [], networkAdapters: [] }),
    look: { templates: templates(template) },
    fails: [
      `${template}: it has 0 disks, but Deckhouse requires exactly one: leave one`,
      `${template}: it has no network adapter, but Deckhouse uses the type of the first one: add one`,
    ],
  },
  "a template whose disk is larger than one root disk, and fits those that are as large or unknown":
    {
      look: { templates: [20, 0, 19].flatMap((size) => templates(template, size)) },
      fails: [
        `${template}: its disk has 20 GiB, but a node asks for a root disk of 19 GiB, which cannot be smaller than the ` +
          "template's: raise rootDiskSize",
      ],
    },
});
