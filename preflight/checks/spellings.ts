import { objectName } from "../../configuration/inventoryPaths";
import type { Finding } from "../../findings/finding";
import type { ObjectKind } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";

/** An object that documents name, and where the configuration does. */
interface Spelled {
  readonly at: string;
  /** As the documents spell it. */
  readonly path: string;
  /** The name that vCenter has; undefined where there is no such object. */
  readonly name: string | undefined;
}

/**
 * Names that documents hold are in the same Unicode form in vCenter. In another they look the same, and this program finds
 * them; the installer, which compares byte by byte, does not. One finding for each object, also for one above others.
 *
 * Source: Unicode Standard Annex #15.
 */
export const spellings: Check = {
  name: "spellings",
  run(wanted, facts) {
    const all = spelledObjects(wanted, facts);
    return { facts: all.length, findings: all.flatMap(faultOf) };
  },
};

/** What the installer and Deckhouse find by the names in documents, beside datastores for root disks and templates. */
const foundByName: readonly ObjectKind[] = [
  "datacenter",
  "cluster",
  "folder",
  "distributed port group",
];

function spelledObjects({ configuration, names }: Wanted, facts: VCenterFacts): Spelled[] {
  const { inventory, templates, templateImages = [] } = facts;
  const withClusters = configuration.regions.filter(({ cluster }) => cluster !== undefined);
  const datacenters = new Set(withClusters.map((one) => one.datacenter));
  const found = new Map<string, Spelled>();
  for (const { at, path, kinds, datacenter, isMade, isForRootDisks, templateOf } of names) {
    if (datacenter === undefined || !datacenters.has(datacenter)) continue;
    const isFound = isForRootDisks ?? kinds.some((kind) => foundByName.includes(kind));
    if (!isFound || templateOf !== undefined) continue;
    if (!isMade) add(found, at, path, inventory);
    addParents(found, at, path, inventory);
  }
  const images = templateImages
    .filter(({ region }) => withClusters.some(({ name }) => name === region))
    .map((one) => ({ ...one, at: "templateImage" }));
  for (const { path, machine, at } of [...templates, ...images]) {
    if (!found.has(path)) found.set(path, { at, path, name: machine?.name });
    addParents(found, at, path, inventory);
  }
  return [...found.values()];
}

type Inventory = VCenterFacts["inventory"];

function add(found: Map<string, Spelled>, at: string, path: string, inventory: Inventory): void {
  if (!found.has(path)) found.set(path, { at, path, name: inventory.at(path)[0]?.name });
}

function addParents(
  found: Map<string, Spelled>,
  at: string,
  path: string,
  inventory: Inventory,
): void {
  const parent = path.slice(0, path.lastIndexOf("/"));
  if (parent === "" || found.has(parent)) return;
  add(found, at, parent, inventory);
  addParents(found, at, parent, inventory);
}

function faultOf({ at, path, name }: Spelled): Finding[] {
  const written = objectName(path);
  // One of a datacenter's folders may have quite another name than the documents' paths say.
  const looksTheSame = name?.normalize("NFC") === written.normalize("NFC");
  if (name === written || !looksTheSame) return [];
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(path),
      wrong:
        "in vCenter the accents of this name are separate characters (Unicode's NFD), as a Mac types them",
      consequence: "and the installer, which compares names byte by byte, would not find it",
      remedy:
        "retype its name in the vSphere Client, after which only what looks for its present bytes would not find it, or use " +
        "another object",
    },
  ];
}
