import { objectName } from "../../configuration";
import type { Finding } from "../../findings/finding";
import type { Inventory } from "../../vcenter";
import type { Check } from "../check";

/**
 * The folder for a cluster's virtual machines is there or not, as the configuration says. Where the installer makes it,
 * its parent is there; one that is there already is told, because after the installation it always is.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/
 * main.tf`, which makes one folder and none above it.
 */
export const vmFolders: Check = {
  name: "vmFolders",
  run({ names }, { inventory }) {
    const clusters = names.filter(({ isMade }) => isMade);
    return {
      facts: clusters.length,
      findings: clusters.flatMap(({ at, path }) => folderFindings(inventory, at, path)),
    };
  },
};

function folderFindings(inventory: Inventory, at: string, written: string): Finding[] {
  const path = inventory.realPath(written);
  const parent = path.slice(0, path.lastIndexOf("/"));
  if (inventory.find(path, "Folder") !== undefined) {
    return [
      {
        severity: "warning",
        where: at,
        found: JSON.stringify(path),
        wrong: "the folder exists already",
        consequence: `and if Deckhouse did not make it for this cluster, the installer stops with "The name '${objectName(path)}' already exists"`,
        remedy:
          "write vmFolderExists: true in that case; for a cluster that is installed leave the key as it is",
      },
    ];
  }
  if (inventory.find(parent, "Folder") !== undefined) return [];
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(path),
      wrong: `${parent} is not there, and the installer makes one folder and none above it`,
      consequence: 'so it stops with "error trying to determine parent folder"',
      remedy: `create ${parent}, or correct the path`,
    },
  ];
}
