import type { VirtualMachine } from "../../../vcenter";
import type { PreflightWorld } from "../../support/preflightWorld";
import type { Cases } from "./cases";

const masters = "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template";
const ubuntu = `${masters}: found "/X1/vm/Templates/ubuntu-24.04": `;
const noTemplate = "no such template in vCenter, or this account cannot see it";
const correct =
  "and no node could be cloned: correct the template of the instance class, or leave it out there and let templateImage build " +
  "one";
const base = 'templateImage.existing.template: found "/X1/vm/Templates/base": ';
const built = { templateImage: { builtin: { ubuntu: "24.04" } } };
const place = 'templateImage.places["k8s-region-x1"]';
const pool = `${place}.resourcePool: found "/X1/host/x1_cluster_prod/Resources/packer": `;
const host = `${place}.host: found "/X1/host/x1_cluster_prod/esxi-02": `;

const gibibyte = 1024 ** 3;
const disk = (size: number) => ({
  key: 2000,
  label: "Hard disk 1",
  capacityBytes: size * gibibyte,
});

/** Has the template of the first region's instance classes be another one. */
const changedTemplate =
  (changes: Partial<VirtualMachine>) =>
  (world: PreflightWorld): void => {
    for (const one of world.templates.filter(({ path }) => path.startsWith("/X1/"))) {
      one.machine = { ...one.machine!, ...changes };
    }
  };
/** Has the template of `templateImage` in a region be another one. */
const changedImage =
  (changes: Partial<VirtualMachine>, region = 0) =>
  (world: PreflightWorld): void => {
    const one = world.templateImages![region]!;
    one.machine = { ...one.machine!, ...changes };
  };

const group = (name: string, rootDiskSize: number) => ({
  name,
  replicas: 1,
  instanceClass: {
    ...{ numCPUs: 4, memory: 8192, rootDiskSize, datastore: "x1_root" },
    ...{ template: "Templates/ubuntu-24.04", mainNetwork: "k8s-nodes" },
  },
});

const alike = (path: string, at: string) => `${at}: found "/X2/vm/${path}": `;
const notAlike =
  ", so nodes of the two regions would not be alike: clone one of the two into the other region, or name a template for " +
  "each group there";

/** Whether nodes can be cloned from templates. */
export const templateCases: Cases = {
  templates: {
    "a template that is not there": [
      (world) => (world.templates[0]!.machine = undefined),
      `${ubuntu}${noTemplate}, ${correct}`,
    ],
    "a folder in place of a template": [
      (world) => {
        Object.assign(world.templates[0]!, { machine: undefined, instead: "Folder" });
      },
      `${ubuntu}it is a folder, and nodes cannot be cloned from it, ${correct}`,
    ],
    "a template with everything that Deckhouse refuses": [
      changedTemplate({ disks: [], networkAdapters: [], hardwareVersion: "vmx-13" }),
      `${ubuntu}it has 0 disks, but Deckhouse requires exactly one: leave one`,
      `${ubuntu}its hardware version is vmx-13, but disks of nodes can only grow from vmx-15 on: upgrade it`,
      `${ubuntu}it has no network adapter, but Deckhouse uses the type of the first one: add one`,
    ],
    "a template that several instance classes name, once, and the smallest of their root disks": [
      changedTemplate({ isTemplate: false, isPoweredOn: true }),
      { "regions[0].clusterConfiguration.nodeGroups": [group("a", 9), group("b", 8)] },
      `${ubuntu}it is a running virtual machine (also ` +
        "regions[0].clusterConfiguration.nodeGroups[0].instanceClass.template, " +
        "regions[0].clusterConfiguration.nodeGroups[1].instanceClass.template), whose clones would be " +
        "inconsistent: power it off",
      'regions[0].clusterConfiguration.nodeGroups[1].instanceClass.template: found "/X1/vm/Templates/ubuntu-24.04": its disk ' +
        "has 10 GiB, but a node asks for a root disk of 8 GiB, which cannot be smaller than the template's: raise rootDiskSize",
    ],
  },
  templateImage: {
    "a template of others that is not there": [
      (world) => (world.templateImages![0]!.machine = undefined),
      `${base}${noTemplate}, and no node of k8s-region-x1 could be cloned: correct templateImage.existing, or let ` +
        "templateImage build one (builtin)",
    ],
    "a template of others with two disks": [
      changedImage({ disks: [disk(10), disk(10)] }),
      `${base}it has 2 disks, but Deckhouse requires exactly one: leave one`,
    ],
    "a template of others that is larger than the nodes' root disks": [
      (world) => {
        changedImage({ disks: [disk(50.01)] }, 0)(world);
        changedImage({ disks: [disk(50.01)] }, 1)(world);
      },
      { "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template": undefined },
      `${base}its disk has 50.1 GiB, but a node asks for a root disk of 50 GiB, which cannot be smaller than the template's: ` +
        "raise rootDiskSize",
    ],
    "a machine that is no template under the name of the one to be built": [
      changedImage({ isTemplate: false }),
      built,
      'templateImage: found "/X1/vm/Templates/built": a virtual machine that is not a template has the template\'s name, and a ' +
        "template of that name cannot be built beside it: name " +
        "another existing folder (templateImage.folder), or rename the machine in the vSphere Client: it keeps running, but " +
        "this would break whatever looks for it by its path; if it is a template that somebody converted into a machine and " +
        "that nobody uses, convert it back into a template",
    ],
    "a template that is still to be built, when everything has to be there": [
      (world) => (world.templateImages![0]!.machine = undefined),
      built,
      `templateImage: found "/X1/vm/Templates/built": ${noTemplate}, and no node of k8s-region-x1 could be cloned: run pulumi ` +
        "up, which makes it",
    ],
    "a resource pool and a host that building needs": [
      (world) => {
        world.templateImages![0]!.machine = undefined;
        world.templateImages![0]!.places = [
          {
            at: `${place}.resourcePool`,
            path: "/X1/host/x1_cluster_prod/Resources/packer",
            exists: false,
            instead: "VirtualApp",
          },
          { at: `${place}.host`, path: "/X1/host/x1_cluster_prod/esxi-02", exists: false },
        ];
      },
      built,
      `templateImage: found "/X1/vm/Templates/built": ${noTemplate}, and no node of k8s-region-x1 could be cloned: run pulumi ` +
        "up, which makes it",
      `${host}no such host in vCenter, or this account cannot see it, and the template could not be made there: correct ` +
        `${place}.host, or leave it out`,
      `${pool}it is a vApp, not a resource pool, and the template could not be made there: correct ${place}.resourcePool, or ` +
        "leave it out",
    ],
  },
  templatesAlike: {
    "templates of instance classes that differ in everything": [
      (world) => {
        changedTemplate({
          disks: [disk(12)],
          hardwareVersion: "vmx-21",
          toolsStatus: "guestToolsUnmanaged",
        })(world);
        const [, other] = world.templates;
        other!.machine = { ...other!.machine!, toolsStatus: "guestToolsCurrent" };
      },
      `${alike("Templates/ubuntu-24.04", masters.replace("[0]", "[1]"))}it has 1 disk (10 GiB) where ` +
        "/X1/vm/Templates/ubuntu-24.04 has 1 disk (12 GiB); it has hardware version vmx-19 where " +
        "/X1/vm/Templates/ubuntu-24.04 has vmx-21; it has VMware's own guest tools where /X1/vm/Templates/ubuntu-24.04 has " +
        `open-vm-tools${notAlike}`,
    ],
    "templates of others that differ in size, and not in whether their guest tools are current": [
      (world) => {
        changedImage({ toolsStatus: "guestToolsCurrent" }, 0)(world);
        changedImage({ disks: [disk(10.5)], toolsStatus: "guestToolsSupportedOld" }, 1)(world);
      },
      `${alike("Templates/base", "templateImage.existing.template")}it has 1 disk (10.500 GiB) where ` +
        `/X1/vm/Templates/base has 1 disk (10 GiB)${notAlike}`,
    ],
  },
};
