import { datacenterFolders, Inventory, type InventoryEntry } from "./inventory";
import { isObjectGone, isVCenterError } from "./errors";
import { readProperties } from "./propertyReader";
import { objectKey, propertiesOf, type ManagedObjectReference } from "./references";
import { readReference, referenceContent, type SoapLink } from "./soap";
import type { XmlContent, XmlElement } from "./xml";

/** The properties of a datacenter that refer to its own folders. */
const folderProperties = datacenterFolders.map((folder) => `${folder}Folder`);

/** The types to list; their subtypes (StoragePod, ClusterComputeResource, ...) come with them. */
const listedTypes: readonly string[] = [
  "Folder",
  "Datacenter",
  "ComputeResource",
  "Datastore",
  "Network",
  "DistributedVirtualSwitch",
];

/** Down from the root folder: the children of folders, and the four folders of a datacenter. */
const traversals: readonly {
  readonly name: string;
  readonly type: string;
  readonly path: string;
}[] = [
  { name: "childEntity", type: "Folder", path: "childEntity" },
  ...folderProperties.map((path) => ({ name: path, type: "Datacenter", path })),
];

/** Reads the inventory. */
export class InventoryReader {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * Reads folders, datacenters, clusters, datastores, datastore clusters, networks and distributed
   * switches, with nothing but their names and parents, and which folders a datacenter has for what, in one call. No
   * hosts, pools or machines.
   *
   * RetrieveProperties instead of RetrievePropertiesEx on purpose: it gives everything at once, while
   * vCenter 7.0 U3 to 8.0 U2 refuse the further pages of the newer method to accounts that have no
   * rights on the root folder (vmware/govmomi#3455).
   * @throws VCenterError
   */
  async read(): Promise<Inventory> {
    const link = this.#open();
    const { rootFolder, propertyCollector } = await link.serviceContent();
    const objects = await link.call({
      operation: "read the inventory",
      object: "/",
      method: "RetrieveProperties",
      target: propertyCollector,
      parameters: {
        specSet: {
          propSet: listedTypes.map((type) => ({
            type,
            pathSet: ["name", "parent", ...(type === "Datacenter" ? folderProperties : [])],
          })),
          objectSet: {
            obj: referenceContent(rootFolder),
            skip: false,
            selectSet: traversals.map(traversalSpec),
          },
        },
      },
    });
    return new Inventory(rootFolder, inventoryEntries(objects));
  }

  /**
   * Whether vCenter has the object, also when this account may not see it: vCenter says ManagedObjectNotFound of what is
   * gone, and NoPermission of what is hidden (vSphere Web Services SDK, PropertyCollector, `missingSet`).
   * @throws VCenterError when vCenter says neither
   */
  async exists(reference: ManagedObjectReference): Promise<boolean> {
    const description = { operation: "look for an object", object: objectKey(reference) };
    try {
      await readProperties(this.#open(), description, reference, ["name"]);
      return true;
    } catch (error) {
      if (isObjectGone(error)) return false;
      if (isVCenterError(error, "noPermission")) return true;
      throw error;
    }
  }
}

/** One step down; after it, every step is possible again. */
function traversalSpec({ name, type, path }: (typeof traversals)[number]): XmlContent {
  const again = traversals.map((step) => ({ name: step.name }));
  return { "@xsi:type": "TraversalSpec", name, type, path, skip: false, selectSet: again };
}

/** The listed objects; those whose name the account may not read are left out. */
function* inventoryEntries(objects: readonly XmlElement[]): Generator<InventoryEntry> {
  for (const object of objects) {
    const reference = object.child("obj");
    const properties = propertiesOf(object);
    const name = properties.get("name")?.text;
    const parent = properties.get("parent");
    if (!reference || !name) continue;
    const folders = datacenterFolders.flatMap((folder) => {
      const value = properties.get(`${folder}Folder`);
      return value ? [[folder, readReference(value)] as const] : [];
    });
    yield {
      ...readReference(reference),
      name,
      ...(parent ? { parent: readReference(parent) } : {}),
      ...(folders.length === 0 ? {} : { folders: Object.fromEntries(folders) }),
    };
  }
}
