import { kindOf, type Inventory } from "../../vcenter";
import type { LiveView } from "../dynamic/liveView";
import { nearestOfType } from "./lookUp";
import type { ClusterLookupInputs, VmFolder } from "./model";

/** What is wrong with the resource pools of a cluster: one call for each. */
export async function resourcePoolFaults(
  live: LiveView,
  paths: ClusterLookupInputs["resourcePools"],
): Promise<string[]> {
  return (await Promise.all(paths.map((path) => resourcePoolFault(live, path)))).flat();
}

async function resourcePoolFault(live: LiveView, written: string): Promise<string[]> {
  if ((await live.object(written, "resource pool")) !== undefined) return [];
  const found = await live.anyObject(written);
  const path = (await live.inventory()).realPath(written);
  const what =
    found === undefined
      ? "no such resource pool in vCenter, or this account cannot see it"
      : `it is ${kindOf(found.type)}, and no resource pool`;
  return [
    `${path}: ${what}, and the installer would not find it: make the pool, or correct baseResourcePool or the ` +
      "resourcePool of the instance class",
  ];
}

/**
 * What is wrong with the folder for virtual machines: it is missing where it has to be there, or the folder above it is,
 * where the installer makes it. The installer makes one folder, and none above it.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/`, which uses
 * `vsphere_folder`; vmware/terraform-provider-vsphere `vsphere/resource_vsphere_folder.go`.
 */
export function vmFolderFaults(
  inventory: Inventory,
  { vmFolder, datacenter }: Pick<ClusterLookupInputs, "vmFolder" | "datacenter">,
): string[] {
  const { exists } = vmFolder;
  const path = inventory.realPath(vmFolder.path);
  const needed = exists ? path : path.slice(0, path.lastIndexOf("/"));
  const own = inventory.folderPath(datacenter, "vm");
  if (needed === own || inventory.find(needed, "Folder") !== undefined) return [];
  const consequence = exists
    ? "and the installer, which vmFolderExists tells that it is there, would not make it: make it, write " +
      "vmFolderExists: false"
    : `and the installer, which makes ${path}, would stop with "error trying to determine parent folder": make it`;
  return [
    `${needed}: no such folder in vCenter, or this account cannot see it, ${consequence}, or ` +
      nearestOfType(inventory, needed, ["Folder"], `${own}/`),
  ];
}

/**
 * What may be wrong with the folder that the installer makes: it makes none that is there. No failure, because after
 * the installation it is always there.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export function vmFolderWarnings(inventory: Inventory, { path, exists }: VmFolder): string[] {
  const folder = exists ? undefined : inventory.find(path, "Folder");
  return folder === undefined
    ? []
    : [
        `${folder.path}: the folder is there already: if Deckhouse did not make it for this cluster, the installer would stop ` +
          `with "The name '${folder.name}' already exists": then write vmFolderExists: true. For a cluster that is installed ` +
          "leave the key as it is: the installer would give up the folder that it made",
      ];
}
