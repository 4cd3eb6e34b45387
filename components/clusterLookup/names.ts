import { objectName } from "../../configuration/inventoryPaths";
import type { Finding } from "../../findings/finding";
import { datacenterFolders, type Inventory } from "../../vcenter";
import { objectFinding } from "../dynamic/findObject";
import type { ClusterLookupInputs } from "./clusterLookup";

/**
 * Names that vCenter has in another Unicode form than the documents: they look the same, and this program finds them;
 * the installer, which compares byte by byte, does not. One finding for each object, also for one above others.
 */
export function spellingFaults(
  inventory: Inventory,
  { datacenter, networks, datastores, vmFolder, templates }: ClusterLookupInputs,
): Finding[] {
  const paths = [
    datacenter,
    ...networks,
    ...datastores.flatMap(({ path, clusters }) => [path, ...clusters]),
    vmFolder.exists ? vmFolder.path : parentOf(vmFolder.path),
    ...templates.map(({ path }) => parentOf(path)),
  ];
  const all = new Set(paths.flatMap(withParents));
  return [...all].flatMap((path) => spellingFault(path, inventory.at(path)[0]?.name));
}

/**
 * The fault of one object.
 *
 * @param path where it is, as the documents spell it
 * @param name as vCenter has it; undefined when there is no such object
 */
export function spellingFault(path: string, name: string | undefined): Finding[] {
  const written = objectName(path);
  // One of a datacenter's folders may have quite another name than the documents' paths say.
  const looksTheSame = name?.normalize("NFC") === written.normalize("NFC");
  if (name === written || !looksTheSame) return [];
  return [
    objectFinding(
      path,
      "in vCenter the accents of this name are separate characters (Unicode's NFD), as a Mac types them, and the installer, " +
        "which compares names byte by byte, would not find it",
      "retype its name in the vSphere Client, after which only what looks for its present bytes would not find it, or use " +
        "another object",
    ),
  ];
}

/**
 * What may stop the installer in a datacenter whose folders do not have the names that vCenter gives: the Terraform
 * provider that it uses builds paths from `host`, `vm`, `datastore` and `network`. No error, because it was not tried.
 *
 * Source: hashicorp/terraform-provider-vsphere `vsphere/internal/helper/folder/folder_helper.go` (RootPathParticle).
 */
export function folderNameWarnings(inventory: Inventory, datacenter: string): Finding[] {
  // In the Unicode form that vCenter has, as the folders' paths are.
  const real = inventory.realPath(datacenter);
  const names = datacenterFolders.flatMap((folder) => {
    const name = inventory.folderPath(real, folder).slice(`${real}/`.length);
    return name === folder ? [] : [`${name} instead of ${folder}`];
  });
  if (names.length === 0) return [];
  return [
    objectFinding(
      datacenter,
      `its folders are called ${names.join(", ")}, and this program finds what is in them, but the Terraform provider of ` +
        "Deckhouse's installer builds paths from the names that vCenter gives (terraform-provider-vsphere, " +
        "folder_helper.go), and may find nothing",
      "try the installation first; a datacenter whose folders have their usual names is safe",
      "warning",
    ),
  ];
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function withParents(path: string): string[] {
  return path === "" ? [] : [...withParents(parentOf(path)), path];
}
