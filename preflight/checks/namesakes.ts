import type { NamedObject } from "../../configuration/namedObjects";
import type { Finding } from "../../findings/finding";
import { kindOf, networkKinds, typesOf } from "../../vcenter/offline";
import type { Inventory, ManagedObject } from "../../vcenter";
import type { Check } from "../check";
import { objectsAt } from "../objectsAt";
import { rootDisksOf, type RootDisks } from "../rootDisks";

const datastoreTypes = typesOf(["datastore"]);
/** What the installer finds when it looks for a network: switches count. */
const networksAndSwitches = typesOf([...networkKinds, "distributed switch"]);

const remedyOf = (kind: string): string =>
  `use another ${kind}; if one of the two were renamed, clusters and people that look for it by this name would no longer ` +
  "find it";

/**
 * What the installer looks for by its name alone has a name of its own in the datacenter: networks directly below the
 * datacenter's folder, and datastores for root disks. Those of the masters are looked for by their names even in a folder,
 * because their data disks take no path. A network in a folder is looked for by its path, which another may share.
 *
 * Source: deckhouse/deckhouse#9584; deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`, which hands the name to the data sources
 * `vsphere_network` and `vsphere_datastore`, and with it to vmware/govmomi `find/finder.go` (NetworkList, DatastoreList).
 */
export const namesakes: Check = {
  name: "namesakes",
  run(wanted, { inventory }) {
    const networks = networksOf(wanted.names);
    const datastores = rootDisksOf(wanted);
    const sameNetwork = index(inventory, networksAndSwitches);
    const sameDatastore = index(inventory, datastoreTypes);
    return {
      facts: networks.length + datastores.length,
      findings: [
        ...networks.flatMap((one) => networkFindings(inventory, sameNetwork, one)),
        ...datastores.flatMap((one) => datastoreFindings(inventory, sameDatastore, one)),
      ],
    };
  },
};

/** The networks of clusters, each once. Those of templates are handed to Packer with their paths. */
function networksOf(names: readonly NamedObject[]): NamedObject[] {
  const found = new Map<string, NamedObject>();
  for (const one of names) {
    const isNetwork = one.kinds.includes("distributed port group") && one.templateOf === undefined;
    if (isNetwork && one.datacenter !== undefined && !found.has(one.path)) found.set(one.path, one);
  }
  return [...found.values()];
}

/** All objects of some types by their names. */
type Namesakes = ReadonlyMap<string, readonly ManagedObject[]>;

function index(inventory: Inventory, types: readonly string[]): Namesakes {
  const byName = new Map<string, ManagedObject[]>();
  for (const object of types.flatMap((type) => inventory.all(type))) {
    const others = byName.get(object.name);
    if (others === undefined) byName.set(object.name, [object]);
    else others.push(object);
  }
  return byName;
}

/** The other objects of the datacenter that have the object's name. */
function namesakesOf(
  inventory: Inventory,
  all: Namesakes,
  object: ManagedObject,
  datacenter: string,
): readonly ManagedObject[] {
  const start = `${inventory.realPath(datacenter)}/`;
  return (all.get(object.name) ?? []).filter(
    (other) => other !== object && other.path.startsWith(start),
  );
}

function networkFindings(
  inventory: Inventory,
  all: Namesakes,
  { at, path, datacenter = "" }: NamedObject,
): Finding[] {
  const [network, ...same] = objectsAt(inventory, path, networkKinds);
  // Of several of one kind at one path the check of objects speaks.
  if (network === undefined || same.length > 0) return [];
  const folder = inventory.folderPath(inventory.realPath(datacenter), "network");
  const wanted = network.path.slice(`${folder}/`.length);
  const other = namesakesOf(inventory, all, network, datacenter).find(
    (one) => wanted === network.name || one.path === network.path,
  );
  if (other === undefined) return [];
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(network.path),
      wrong:
        other.path === network.path
          ? `${kindOf(other.type)} also has this path`
          : `${kindOf(other.type)} of the same datacenter, ${other.path}, also has this name`,
      consequence: `and the installer would stop with "path '${wanted}' resolves to multiple networks"`,
      remedy: remedyOf("network"),
    },
  ];
}

function datastoreFindings(
  inventory: Inventory,
  all: Namesakes,
  { at, path, datacenter, isOfMasters }: RootDisks,
): Finding[] {
  const datastore = inventory.find(path, "Datastore");
  if (datastore === undefined) return [];
  const folder = inventory.folderPath(inventory.realPath(datacenter), "datastore");
  const isInFolder = datastore.path !== `${folder}/${datastore.name}`;
  const [other] = namesakesOf(inventory, all, datastore, datacenter);
  if (other === undefined || (isInFolder && !isOfMasters)) return [];
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(datastore.path),
      wrong: `another datastore of this datacenter, ${other.path}, has the same name`,
      consequence:
        "and the installer, which knows only the name (deckhouse/deckhouse#9584), would stop with " +
        `"path '${datastore.name}' resolves to multiple datastores"`,
      remedy: remedyOf("datastore"),
    },
  ];
}
