import { foldableOf, type Foldable } from "../../findings/folding";
import type { Inventory, ManagedObject } from "../../vcenter";
import { whatIsAt } from "../dynamic/findObject";
import { namesakes, nearestOfType } from "./lookUp";
import type { ClusterLookupInputs, RootDiskDatastore } from "./model";

const datastoreTypes = ["Datastore"];

/** What is wrong with the datastores of a cluster: one that is not there, is none, or has the name of another. */
export function datastoreFaults(
  inventory: Inventory,
  { datastores, datacenter }: Pick<ClusterLookupInputs, "datastores" | "datacenter">,
): Foldable[] {
  const findings = datastores.flatMap((wanted) => {
    const datastore = inventory.find(wanted.path, "Datastore");
    if (datastore !== undefined) {
      return ambiguity(inventory, datastore, wanted, datacenter).map(foldableOf);
    }
    const pod = inventory.find(wanted.path, "StoragePod");
    // What a datastore cluster holds is what was meant, however much longer its path is.
    const folder = pod === undefined ? inventory.folderPath(datacenter, "datastore") : pod.path;
    const there =
      pod === undefined ? whatIsThere(whatIsAt(inventory, wanted.path)) : datastoreCluster;
    const what = `${there}, and the installer would not find it`;
    const about = inventory.realPath(wanted.path);
    const remedy = () => nearestOfType(inventory, wanted.path, datastoreTypes, `${folder}/`);
    return [{ kind: what, about, text: () => `${about}: ${what}: ${remedy()}` }];
  });
  // One datastore may be wanted for masters and for others.
  return [...new Map(findings.map((one) => [`${one.about} ${one.kind}`, one])).values()];
}

/** Source: deckhouse/deckhouse#7431. */
const datastoreCluster =
  "it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431)";

function whatIsThere(found: string | undefined): string {
  return found === undefined
    ? "no such datastore in vCenter, or this account cannot see it"
    : `it is ${found}, and root disks can be on datastores only`;
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
          "use another datastore; another name for one of the two would be unknown to clusters and people that look for " +
          "it by this one",
      ];
}
