import { foldableOf, type Foldable } from "../../findings/folding";
import { kindOf, networkKinds, typesOf, type Inventory, type ManagedObject } from "../../vcenter";
import { whatIsAt } from "../dynamic/findObject";
import { findOfType, namesakes, nearestOfType } from "./lookUp";
import type { ClusterLookupInputs } from "./model";

const networkTypes = typesOf(networkKinds);
const switchTypes = typesOf(["distributed switch"]);

/** What is wrong with the networks of a cluster: one that is not there, is none, or has the name of another. */
export function networkFaults(
  inventory: Inventory,
  { networks, datacenter }: Pick<ClusterLookupInputs, "networks" | "datacenter">,
): Foldable[] {
  const folder = inventory.folderPath(datacenter, "network");
  return networks.flatMap((path) => {
    const network = findOfType(inventory, path, networkTypes);
    if (network !== undefined) {
      return ambiguity(inventory, network, datacenter).map(foldableOf);
    }
    const other = whatIsAt(inventory, path);
    const what =
      other === undefined
        ? "no such network in vCenter, or this account cannot see it"
        : `it is ${other}, and nodes can be connected to networks and port groups only`;
    const about = inventory.realPath(path);
    const remedy = () => nearestOfType(inventory, path, networkTypes, `${folder}/`);
    const text = () => `${about}: ${what}, and the installer would not find it: ${remedy()}`;
    return [{ kind: what, about, text }];
  });
}

/**
 * A network right below the datacenter's folder is looked for by its name alone, and then in all folders; one in a
 * folder by its path, which NSX lets several networks have. Switches count.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`, which hands the
 * name to the data source `vsphere_network`, and with it to vmware/govmomi `find/finder.go` (NetworkList).
 */
function ambiguity(inventory: Inventory, network: ManagedObject, datacenter: string): string[] {
  const { name, path } = network;
  const wanted = path.slice(`${inventory.folderPath(datacenter, "network")}/`.length);
  const other = namesakes(inventory, network, [...networkTypes, ...switchTypes], datacenter).find(
    (candidate) => wanted === name || candidate.path === path,
  );
  return other === undefined
    ? []
    : [
        `${path}: ${kindOf(other.type)} of the same datacenter, ${other.path}, has this name too, and the installer ` +
          `would stop with "path '${wanted}' resolves to multiple networks": use another ` +
          "network; another name for one of the two would be unknown to clusters and people that look for it by this one",
      ];
}
