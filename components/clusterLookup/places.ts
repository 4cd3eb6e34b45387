import { objectName } from "../../configuration/inventoryPaths";
import type { Finding } from "../../findings/finding";
import { isSameName } from "../../findings/text";
import { unmetRequirements } from "../../template/requirements";
import { kindOf, type Inventory } from "../../vcenter";
import { objectFinding } from "../dynamic/findObject";
import type { LiveView } from "../dynamic/liveView";
import type { ClusterLookupInputs, NamedTemplate, VmFolder } from "./clusterLookup";
import { spellingFault } from "./names";
import { nearestOfType } from "./networks";

/** What is wrong with the resource pools of a cluster: one call for each. */
export async function resourcePoolFaults(
  live: LiveView,
  paths: ClusterLookupInputs["resourcePools"],
): Promise<Finding[]> {
  return (await Promise.all(paths.map((path) => resourcePoolFault(live, path)))).flat();
}

async function resourcePoolFault(live: LiveView, written: string): Promise<Finding[]> {
  if ((await live.object(written, "resource pool")) !== undefined) return [];
  const found = await live.anyObject(written);
  const what =
    found === undefined
      ? "no such resource pool in vCenter, or this account cannot see it"
      : `it is ${kindOf(found.type)}, not a resource pool`;
  return [
    objectFinding(
      (await live.inventory()).realPath(written),
      `${what}, and the installer would not find it`,
      "create the pool, or correct baseResourcePool or the resourcePool of the instance class",
    ),
  ];
}

/**
 * What is wrong with the folder for virtual machines: it is missing where it has to exist, or its parent is, where the
 * installer creates it. The installer creates one folder, and none above it.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/`, which uses
 * `vsphere_folder`; vmware/terraform-provider-vsphere `vsphere/resource_vsphere_folder.go`.
 */
export function vmFolderFaults(
  inventory: Inventory,
  { vmFolder, datacenter }: Pick<ClusterLookupInputs, "vmFolder" | "datacenter">,
): Finding[] {
  const { exists } = vmFolder;
  const path = inventory.realPath(vmFolder.path);
  const needed = exists ? path : path.slice(0, path.lastIndexOf("/"));
  const top = inventory.folderPath(datacenter, "vm");
  if (needed === top || inventory.find(needed, "Folder") !== undefined) return [];
  const consequence = exists
    ? "and the installer, which vmFolderExists tells that it exists, would not create it"
    : `and the installer, which creates ${path}, would stop with "error trying to determine parent folder"`;
  return [
    objectFinding(
      needed,
      `no such folder in vCenter, or this account cannot see it, ${consequence}`,
      () =>
        `create it, ${exists ? "write vmFolderExists: false, " : ""}or ` +
        nearestOfType(inventory, needed, ["Folder"], `${top}/`),
    ),
  ];
}

/**
 * What may be wrong with the folder that the installer creates: it does not accept one that exists. No error, because
 * after the installation it always exists.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export function vmFolderWarnings(inventory: Inventory, { path, exists }: VmFolder): Finding[] {
  const folder = exists ? undefined : inventory.find(path, "Folder");
  if (folder === undefined) return [];
  return [
    objectFinding(
      folder.path,
      "the folder exists already, and if Deckhouse did not create it for this cluster, the installer would stop with " +
        `"The name '${folder.name}' already exists"`,
      "write vmFolderExists: true in that case; for a cluster that is already installed leave the key unchanged, because " +
        "the installer would give up the folder that it created",
      "warning",
    ),
  ];
}

/** What is wrong with the templates that instance classes name: two calls for each. */
export async function templateFaults(
  live: LiveView,
  templates: ClusterLookupInputs["templates"],
): Promise<Finding[]> {
  return (await Promise.all(templates.map((template) => faultsOf(live, template)))).flat();
}

async function faultsOf(
  live: LiveView,
  { path: written, smallestRootDisk }: NamedTemplate,
): Promise<Finding[]> {
  const remedy =
    "correct the template of the instance class, or leave it out there and let templateImage build one";
  const path = (await live.inventory()).realPath(written);
  const machine = await live.virtualMachine(written);
  if (machine === undefined) {
    const other = await live.anyObject(written);
    // A machine that could not be read is reported as missing.
    const wrong =
      other === undefined || other.type === "VirtualMachine"
        ? "no such template in vCenter, or this account cannot see it"
        : `it is ${kindOf(other.type)}, and nodes cannot be cloned from it`;
    return [objectFinding(path, wrong, remedy)];
  }
  return [
    ...unmetRequirements(path, machine, smallestRootDisk || undefined),
    ...(isSameName(machine.name, objectName(path)) ? spellingFault(path, machine.name) : []),
  ];
}
