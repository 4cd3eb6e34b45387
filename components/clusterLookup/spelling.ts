import { objectName } from "../../configuration/inventoryPaths";
import type { Inventory } from "../../vcenter";
import type { ClusterLookupInputs } from "./model";

/**
 * Names that vCenter has in another form of Unicode than the documents: they look the same, and this program finds them;
 * the installer, which compares byte by byte, does not. One sentence for each object, also for one above others.
 */
export function spellingFaults(
  inventory: Inventory,
  { datacenter, networks, datastores, vmFolder, templates }: ClusterLookupInputs,
): string[] {
  const paths = [
    ...[datacenter, ...networks],
    ...datastores.flatMap(({ path, clusters }) => [path, ...clusters]),
    ...(vmFolder.exists ? [vmFolder.path] : [parentOf(vmFolder.path)]),
    ...templates.map(({ path }) => parentOf(path)),
  ];
  const all = new Set(paths.flatMap(withParents));
  return [...all].flatMap((path) => spellingFault(path, inventory.at(path)[0]?.name));
}

/**
 * The fault of one object.
 *
 * @param path where it is, as the documents spell it
 * @param name as vCenter has it; undefined when it is not there
 */
export function spellingFault(path: string, name: string | undefined): string[] {
  const written = objectName(path);
  // A datacenter's own folder may have quite another name than the documents' paths say.
  const isOther = name?.normalize("NFC") !== written.normalize("NFC");
  return name === undefined || name === written || isOther
    ? []
    : [
        `${path}: vCenter has the letters of this name apart from their marks (Unicode's NFD), as a Mac types them, and the ` +
          "installer, which compares names byte by byte, would not find it: type its name anew in the vSphere Client, where " +
          "it then would be unknown only to what looks for its present bytes, or use another one",
      ];
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function withParents(path: string): string[] {
  return path === "" ? [] : [...withParents(parentOf(path)), path];
}
