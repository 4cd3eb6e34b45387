import { apart, elsewhere, noObject, prod, stage, type Cases } from "./cases";
import type { PreflightWorld } from "../../support/preflightWorld";

const renaming =
  "if one of the two were renamed, clusters and people that look for it by this name would no longer find it";
const network = "regions[0].clusterConfiguration.networks[0].path";
const masters = "regions[0].clusterConfiguration.masterNodeGroup.instanceClass";

/** Puts an object with the name of the nodes' network into a folder. */
const inFolder =
  (type: string) =>
  (world: PreflightWorld): void => {
    world.place("/X1/network/nodes", "Folder");
    world.place("/X1/network/nodes/k8s-nodes", type);
  };
const sameNetwork = (kind: string): string =>
  `${network}: found "/X1/network/k8s-nodes": ${kind} of the same datacenter, /X1/network/nodes/k8s-nodes, also has this ` +
  `name, and the installer would stop with "path 'k8s-nodes' resolves to multiple networks": use another network; ${renaming}`;

/** Puts a datastore with the name of the masters' into a folder. */
function secondRoot(world: PreflightWorld): void {
  world.place("/X1/datastore/fast", "Folder");
  world.place("/X1/datastore/fast/x1_root", "Datastore");
}
const sameDatastore = (at: string, path: string, other: string): string =>
  `${at}: found "${path}": another datastore of this datacenter, ${other}, has the same name, and the installer, which knows ` +
  `only the name (deckhouse/deckhouse#9584), would stop with "path 'x1_root' resolves to multiple datastores": use another ` +
  `datastore; ${renaming}`;

const spelled = (at: string, path: string): string =>
  `${at}: found "${path}": in vCenter the accents of this name are separate characters (Unicode's NFD), as a Mac types them, ` +
  "and the installer, which compares names byte by byte, would not find it: retype its name in the vSphere Client, after " +
  "which only what looks for its present bytes would not find it, or use another object";

/** Whether names exist, are those of one object, and are spelled in vCenter as in the documents. */
export const nameCases: Cases = {
  namesakes: {
    "a second port group of the name of a network": [
      inFolder("DistributedVirtualPortgroup"),
      sameNetwork("a distributed port group"),
    ],
    "a switch of the name of a network": [
      inFolder("VmwareDistributedVirtualSwitch"),
      sameNetwork("a distributed switch"),
    ],
    "a network of NSX at the path of a port group": [
      (world) => {
        world.place("/X1/network/k8s-nodes", "OpaqueNetwork");
      },
      `${network}: found "/X1/network/k8s-nodes": an NSX network also has this path, and the installer would stop with "path ` +
        `'k8s-nodes' resolves to multiple networks": use another network; ${renaming}`,
    ],
    "a second network at a path in a folder, which is looked for by its path": [
      (world) => {
        world.place("/X1/network/nodes", "Folder");
        world.place("/X1/network/nodes/blue", "OpaqueNetwork");
        world.place("/X1/network/nodes/blue", "Network");
        world.place("/X1/network/blue", "Network");
        for (const host of [...world.hostsOf(prod), ...world.hostsOf(stage)]) {
          host.networks.add("Network:/X1/network/nodes/blue");
        }
      },
      { [network]: "nodes/blue", [`${masters}.mainNetwork`]: "nodes/blue" },
      `${network}: found "/X1/network/nodes/blue": an NSX network also has this path, and the installer would stop with "path ` +
        `'nodes/blue' resolves to multiple networks": use another network; ${renaming}`,
    ],
    "a second datastore of the name of the masters'": [
      secondRoot,
      sameDatastore(`${masters}.datastore`, "/X1/datastore/x1_root", "/X1/datastore/fast/x1_root"),
    ],
    "the masters' datastore in a folder, whose name another one has": [
      (world) => {
        world.place("/X1/datastore/old", "Folder");
        world.place("/X1/datastore/old/x1_root", "Datastore");
        world.remove("/X1/datastore/x1_root");
        secondRoot(world);
      },
      { [`${masters}.datastore`]: "fast/x1_root" },
      sameDatastore(
        `${masters}.datastore`,
        "/X1/datastore/fast/x1_root",
        "/X1/datastore/old/x1_root",
      ),
    ],
  },
  spellings: {
    "a network that has its accents apart in vCenter": [
      (world) => {
        world.rename("/X1/network/Zürich", apart("Zürich"));
      },
      { [network]: "Zürich", [`${masters}.mainNetwork`]: "Zürich" },
      spelled(network, "/X1/network/Zürich"),
    ],
    "a folder that several things are in, once": [
      (world) => {
        world.place(`/X1/vm/${apart("Zürich")}`, "Folder");
      },
      {
        "regions[0].clusterConfiguration.vmFolderPath": "Zürich/x1",
        [`${masters}.template`]: "Zürich/ubuntu",
      },
      spelled("regions[0].clusterConfiguration.vmFolderPath", "/X1/vm/Zürich"),
    ],
    "a template": [
      (world) => {
        world.templates[0]!.machine = {
          ...world.templates[0]!.machine!,
          name: apart("Zürich"),
        };
      },
      { [`${masters}.template`]: "Templates/Zürich" },
      spelled(`${masters}.template`, "/X1/vm/Templates/Zürich"),
    ],
    "a datacenter, of whose name everything below it is told once": [
      (world) => {
        world.rename("/Zürich", apart("Zürich"));
      },
      { "regions[0].datacenter": "Zürich" },
      spelled("regions[0].datacenter", "/Zürich"),
    ],
  },
  objects: {
    "a datastore that is not there": [
      (world) => {
        world.remove("/X1/datastore/x1_lun_2");
      },
      `regions[0].zones[0].datastores[1]: found "/X1/datastore/x1_lun_2": ${noObject}, and Deckhouse would make no ` +
        `StorageClass for it: ${elsewhere} /X1/datastore/x1_lun_1, /X1/datastore/x1_lun_3, /X1/datastore/x1_root`,
    ],
    "a network that is not there": [
      (world) => {
        world.remove("/X1/network/k8s-nodes");
        world.place("/X1/network/k8s_node", "Network");
        world.place("/X1/network/k8s_switch", "VmwareDistributedVirtualSwitch");
      },
      `${network}: found "/X1/network/k8s-nodes": ${noObject}, and the installer would not find it: ${elsewhere} ` +
        "/X1/network/k8s_node",
    ],
    "a datacenter that is not there, which is one cause": [
      (world) => {
        world.remove("/X2");
        for (const one of [...world.resourcePools, ...world.templates]) {
          if (one.path.startsWith("/X2/"))
            Object.assign(one, { exists: false, machine: undefined });
        }
        world.templateImages![1]!.machine = undefined;
      },
      {
        "clusterConfiguration.baseResourcePool": "kubernetes",
        "clusterConfiguration.vmFolderExists": false,
      },
      `regions[1].datacenter: found "/X2": ${noObject}, and Deckhouse would find no datacenter with the region's tag: ` +
        `${elsewhere} /X1`,
    ],
    "a cluster that is not there, which is one cause": [
      (world) => {
        world.remove("/X1/host/x1_cluster_stage");
        world.resourcePools[1]!.exists = false;
      },
      `regions[0].zones[1].cluster: found "/X1/host/x1_cluster_stage": ${noObject}, and the installer would find no cluster ` +
        `with the zone's tag: ${elsewhere} /X1/host/x1_cluster_prod`,
    ],
    "a folder in place of a datastore": [
      (world) => {
        world.remove("/X1/datastore/x1_root");
        world.place("/X1/datastore/x1_root", "Folder");
      },
      `${masters}.datastore: found "/X1/datastore/x1_root": it is a folder, not a datastore, and the installer would not find ` +
        `it: ${elsewhere} /X1/datastore/x1_lun_1, /X1/datastore/x1_lun_2, /X1/datastore/x1_lun_3`,
    ],
    "a datastore cluster in place of a datastore": [
      (world) => {
        world.remove("/X1/datastore/x1_root");
        world.place("/X1/datastore/x1_root", "StoragePod");
        world.place("/X1/datastore/x1_root/member", "Datastore");
      },
      `${masters}.datastore: found "/X1/datastore/x1_root": it is a datastore cluster, which Deckhouse does not support ` +
        "(deckhouse/deckhouse#7431), and the installer would not find it: name its datastores, such as " +
        "/X1/datastore/x1_root/member",
    ],
    "a standalone host in place of a cluster": [
      (world) => {
        world.remove("/X1/host/x1_cluster_stage");
        world.place("/X1/host/x1_cluster_stage", "ComputeResource");
      },
      'regions[0].zones[1].cluster: found "/X1/host/x1_cluster_stage": it is a standalone host, which is in no cluster, and ' +
        "Deckhouse takes only clusters as zones, and the installer would find no cluster with the zone's tag: create a " +
        "cluster in the vSphere Client and add the host to it, or name an existing cluster",
    ],
    "a folder for virtual machines that is said to exist": [
      (world) => {
        world.remove("/X2/vm/k8s/x2");
        world.place("/X2/datastore/x2", "Folder");
      },
      `regions[1].clusterConfiguration.vmFolderPath: found "/X2/vm/k8s/x2": ${noObject}, and the installer, which ` +
        "vmFolderExists tells that it exists, would not create it: create it, write vmFolderExists: false, or " +
        "correct the path; the nearest that exist are /X2/vm/k8s",
    ],
    "two networks of one path": [
      (world) => {
        world.place("/X1/network/other", "DistributedVirtualPortgroup");
        world.rename("/X1/network/other", "k8s-nodes");
      },
      `${network}: found "/X1/network/k8s-nodes": 2 objects have this path, a distributed port group and a distributed port ` +
        "group, and nobody can tell which is meant: name an object that does not share its path",
    ],
    "networks of one path where a template has to be made": [
      (world) => {
        for (const type of ["Network", "OpaqueNetwork"]) world.place("/X1/network/build", type);
        world.templateImages![0]!.machine = undefined;
        world.wanted.isReady = false;
      },
      {
        templateImage: {
          builtin: { ubuntu: "24.04" },
          places: { "k8s-region-x1": { network: "build" } },
        },
      },
      'templateImage.places["k8s-region-x1"].network: found "/X1/network/build": 2 objects have this path, a standard network ' +
        "and an NSX network, and nobody can tell which is meant: name an object that does not share its path",
    ],
    "the places of a template that has to be made": [
      (world) => {
        world.templateImages = world.templateImages!.slice(1);
      },
      {
        templateImage: {
          builtin: { ubuntu: "24.04" },
          places: { "k8s-region-x1": { cluster: "x1_cluster_pro", network: "build" } },
        },
      },
      `templateImage.places["k8s-region-x1"].cluster: found "/X1/host/x1_cluster_pro": ${noObject}, and the template could ` +
        `not be made there: ${elsewhere} /X1/host/x1_cluster_prod, /X1/host/x1_cluster_stage`,
      `templateImage.places["k8s-region-x1"].network: found "/X1/network/build": ${noObject}, and the template could not be ` +
        `made there: ${elsewhere} /X1/network/k8s-nodes`,
    ],
  },
  folderNames: {
    "a datacenter whose folders have names of another language, which is a warning": [
      (world) => {
        world.rename("/X2/vm", "VMs");
        world.rename("/X2/datastore", "Datenspeicher");
      },
      'regions[1].datacenter: found "/X2": its folders are called Datenspeicher instead of datastore, VMs instead of vm, and ' +
        "this program finds what is in them, but the Terraform provider of Deckhouse's installer builds paths from the names " +
        "that vCenter gives (terraform-provider-vsphere, folder_helper.go), and may find nothing: try the installation " +
        "first; a datacenter whose folders have their usual names is safe",
    ],
  },
};
