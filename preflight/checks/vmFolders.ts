import { objectName } from "../../configuration/inventoryPaths";
import type { NamedObject } from "../../configuration/namedObjects";
import type { Finding } from "../../findings/finding";
import type { Inventory } from "../../vcenter";
import { withoutCauses } from "../causes";
import type { Check } from "../check";
import { correction, suggestionsOf, type Suggest } from "../nearest";

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
    const made = names.filter(({ isMade }) => isMade);
    const { sought, skipped } = withoutCauses(inventory, made, ["folder", "folders"]);
    const suggest = suggestionsOf(inventory);
    return {
      facts: sought.length,
      findings: sought.flatMap((folder) => folderFindings(inventory, suggest, folder)),
      skipped,
    };
  },
};

function folderFindings(
  inventory: Inventory,
  suggest: Suggest,
  { at, path: written, datacenter = "" }: NamedObject,
): Finding[] {
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
          "write vmFolderExists: true in that case; for a cluster that is installed leave the key as it is, because the " +
          "installer would give up the folder that it made",
      },
    ];
  }
  // The datacenter's own folder is always there, also for an account that may not see it.
  const top = inventory.folderPath(inventory.realPath(datacenter), "vm");
  if (parent === top || inventory.find(parent, "Folder") !== undefined) return [];
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(path),
      wrong: `${parent} is not there, and the installer makes one folder and none above it`,
      consequence: 'so it stops with "error trying to determine parent folder"',
      get remedy() {
        return `create ${parent}, or ${correction(suggest(parent, ["Folder"], top))}`;
      },
    },
  ];
}
