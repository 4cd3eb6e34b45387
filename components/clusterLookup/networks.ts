import type { Finding } from "../../findings/finding";
import { nearestFirst } from "../../findings/text";
import { kindOf, networkKinds, typesOf, type Inventory, type ManagedObject } from "../../vcenter";
import { objectFinding, whatIsAt } from "../dynamic/findObject";
import type { ClusterLookupInputs } from "./clusterLookup";

const networkTypes = typesOf(networkKinds);
const switchTypes = typesOf(["distributed switch"]);

/** How many paths a message suggests at most. */
const mostSuggestions = 3;

/** What is wrong with the networks of a cluster: one does not exist, is something else, or shares its name. */
export function networkFaults(
  inventory: Inventory,
  { networks, datacenter }: Pick<ClusterLookupInputs, "networks" | "datacenter">,
): Finding[] {
  const folder = inventory.folderPath(datacenter, "network");
  return networks.flatMap((path) => {
    const network = findOfType(inventory, path, networkTypes);
    if (network !== undefined) return ambiguity(inventory, network, datacenter);
    const other = whatIsAt(inventory, path);
    const found =
      other === undefined
        ? "no such network in vCenter, or this account cannot see it"
        : `it is ${other}, and nodes can only be connected to networks and port groups`;
    return objectFinding(
      inventory.realPath(path),
      `${found}, and the installer would not find it`,
      () => nearestOfType(inventory, path, networkTypes, `${folder}/`),
    );
  });
}

/** The object at a path that has one of some types; several can share one path. */
function findOfType(
  inventory: Inventory,
  path: string,
  types: readonly string[],
): ManagedObject | undefined {
  return types.map((type) => inventory.find(path, type)).find((object) => object !== undefined);
}

/**
 * A network directly below the datacenter's folder is looked for by its name alone, in all folders; one in a folder by
 * its path, which several networks of NSX can share. Switches count.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`, which hands the
 * name to the data source `vsphere_network`, and with it to vmware/govmomi `find/finder.go` (NetworkList).
 */
function ambiguity(inventory: Inventory, network: ManagedObject, datacenter: string): Finding[] {
  const { name, path } = network;
  const wanted = path.slice(`${inventory.folderPath(datacenter, "network")}/`.length);
  const other = namesakes(inventory, network, [...networkTypes, ...switchTypes], datacenter).find(
    (candidate) => wanted === name || candidate.path === path,
  );
  if (other === undefined) return [];
  return [
    objectFinding(
      path,
      `${kindOf(other.type)} of the same datacenter, ${other.path}, also has this name, and the installer would stop with ` +
        `"path '${wanted}' resolves to multiple networks"`,
      `use another network; ${renamingBreaks}`,
    ),
  ];
}

/** What an obvious remedy for two objects with one name would break. */
export const renamingBreaks =
  "if one of the two were renamed, clusters and people that look for it by this name would no longer find it";

/**
 * What to write in place of a path, for the end of a message: `correct the path; the nearest that exist are ...`.
 *
 * @param below only paths that begin with this can be meant: `/X1/network/`
 */
export function nearestOfType(
  inventory: Inventory,
  path: string,
  types: readonly string[],
  below: string,
): string {
  const paths = types
    .flatMap((type) => inventory.all(type))
    .map((object) => object.path)
    .filter((candidate) => candidate.startsWith(below));
  const nearest = nearestFirst(inventory.realPath(path), paths, mostSuggestions);
  return nearest.length === 0
    ? "correct the path"
    : `correct the path; the nearest that exist are ${nearest.join(", ")}`;
}

/** Other objects of a datacenter, of some types, that have an object's name. */
export function namesakes(
  inventory: Inventory,
  object: ManagedObject,
  types: readonly string[],
  datacenter: string,
): ManagedObject[] {
  return types
    .flatMap((type) => inventory.all(type))
    .filter(
      (other) =>
        other !== object && other.name === object.name && other.path.startsWith(`${datacenter}/`),
    );
}
