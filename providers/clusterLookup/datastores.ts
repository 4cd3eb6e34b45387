import type { Inventory, ManagedObject } from "../../vcenter";
import { kindOf } from "./kinds";
import { namesakes, nearestOfType } from "./lookUp";
import type { ClusterLookupInputs, RootDiskDatastore } from "./model";

const datastoreTypes = ["Datastore"];

/** What is wrong with the datastores of a cluster: one that is not there, is none, or has the name of another. */
export function datastoreFaults(
  inventory: Inventory,
  { datastores, datacenter }: Pick<ClusterLookupInputs, "datastores" | "datacenter">,
): string[] {
  return datastores.flatMap((wanted) => {
    const datastore = inventory.find(wanted.path, "Datastore");
    if (datastore !== undefined) return ambiguity(inventory, datastore, wanted, datacenter);
    const other = inventory.find(wanted.path);
    // What a datastore cluster holds is what was meant, however much longer its path is.
    const folder =
      other?.type === "StoragePod" ? other.path : inventory.folderPath(datacenter, "datastore");
    const remedy = nearestOfType(inventory, wanted.path, datastoreTypes, `${folder}/`);
    return [
      `${inventory.realPath(wanted.path)}: ${whatIsThere(other)}, and the installer would not find it: ${remedy}`,
    ];
  });
}

/** Source for datastore clusters: deckhouse/deckhouse#7431. */
function whatIsThere(object: ManagedObject | undefined): string {
  if (object === undefined) return "no such datastore in vCenter, or this account cannot see it";
  return object.type === "StoragePod"
    ? "it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431)"
    : `it is ${kindOf(object.type)}, and root disks can be on datastores only`;
}

/**
 * The masters' datastore is looked for by its name alone, and then in all folders, because their data disks take no
 * path; so is one of other nodes that lies in no folder.
 *
 * Source: deckhouse/deckhouse#9584, and vmware/govmomi `find/finder.go` (DatastoreList).
 */
function ambiguity(
  inventory: Inventory,
  datastore: ManagedObject,
  { isOfMasters }: RootDiskDatastore,
  datacenter: string,
): string[] {
  const { name, path } = datastore;
  if (!isOfMasters && path !== `${inventory.folderPath(datacenter, "datastore")}/${name}`)
    return [];
  const [other] = namesakes(inventory, datastore, datastoreTypes, datacenter);
  return other === undefined
    ? []
    : [
        `${path}: a datastore of the same datacenter, ${other.path}, has this name too, and the installer, which knows ` +
          `the name alone (deckhouse/deckhouse#9584), would stop with "path '${name}' resolves to multiple datastores": ` +
          "rename one of the two, or use another datastore",
      ];
}
