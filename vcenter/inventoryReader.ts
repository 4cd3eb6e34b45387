import { spellingsOf } from "../findings/text";
import { isObjectGone, isVCenterError } from "./errors";
import {
  datacenterFolders,
  Inventory,
  type DatacenterFolder,
  type InventoryEntry,
} from "./inventory";
import { objectKey, type ManagedObjectReference } from "./objects";
import { readNeighbours, readProperties, type SoapLink } from "./soap/link";
import { propertiesOf, readReference, referenceContent } from "./soap/messages";
import type { XmlContent, XmlElement } from "./soap/xml";

/** The properties of a datacenter that refer to its system folders. */
const folderProperties = datacenterFolders.map((folder) => `${folder}Folder`);

/** What of the inventory is read. The two parts share folders and datacenters above them, and together are all. */
export type InventoryPart = "all" | "withoutNetworks" | "networks";

/** The types to list; their subtypes (StoragePod, ClusterComputeResource, ...) come with them. */
const placeTypes: readonly string[] = ["Folder", "Datacenter", "ComputeResource", "Datastore"];
const networkTypes: readonly string[] = ["Network", "DistributedVirtualSwitch"];

const listedTypes: Readonly<Record<InventoryPart, readonly string[]>> = {
  all: [...placeTypes, ...networkTypes],
  withoutNetworks: placeTypes,
  networks: ["Folder", "Datacenter", ...networkTypes],
};

/** One step down from the root folder, after which those of the names are possible. */
interface Step {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  readonly then: readonly string[];
}

/** The steps down: the children of folders, and the folders of a datacenter that hold what is read. */
function stepsOf(part: InventoryPart): Step[] {
  const all = part === "networks" ? ["networkFolder"] : folderProperties;
  const names = ["childEntity", ...all];
  return names.map((name) => ({
    name,
    type: name === "childEntity" ? "Folder" : "Datacenter",
    path: name,
    // The folder itself is listed all the same: its name is part of paths.
    then: part === "withoutNetworks" && name === "networkFolder" ? [] : names,
  }));
}

/** Reads the inventory. */
export class InventoryReader {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * Reads folders, datacenters, clusters, datastores, datastore clusters, networks and distributed switches, in one
   * call: only their names and parents, and which folder of a datacenter holds what. No hosts, pools or machines.
   *
   * RetrieveProperties instead of RetrievePropertiesEx on purpose: it returns everything at once, while vCenter 7.0 U3
   * to 8.0 U2 refuse the further pages of the newer method to accounts without rights on the root folder
   * (vmware/govmomi#3455).
   * @param part networks can be thousands that nobody asked for, so they can be left for a later call
   * @throws VCenterError
   */
  async read(part: InventoryPart = "all"): Promise<Inventory> {
    const link = this.#open();
    const { rootFolder, propertyCollector } = await link.serviceContent();
    const objects = await link.call({
      operation: "read the inventory",
      object: "/",
      method: "RetrieveProperties",
      target: propertyCollector,
      parameters: {
        specSet: {
          propSet: listedTypes[part].map((type) => ({
            type,
            pathSet: ["name", "parent", ...(type === "Datacenter" ? folderProperties : [])],
          })),
          objectSet: {
            obj: referenceContent(rootFolder),
            skip: false,
            selectSet: stepsOf(part).map(traversalSpec),
          },
        },
      },
    });
    return new Inventory(rootFolder, inventoryEntries(objects));
  }

  /**
   * Whether vCenter has the object, even if this account may not see it: vCenter answers ManagedObjectNotFound for what
   * is gone, and NoPermission for what is hidden (vSphere Web Services SDK, PropertyCollector, `missingSet`).
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

function traversalSpec({ name, type, path, then }: Step): XmlContent {
  const selectSet = then.map((next) => ({ name: next }));
  return { "@xsi:type": "TraversalSpec", name, type, path, skip: false, selectSet };
}

/** The listed objects, without those whose name the account may not read. */
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

/** What vCenter finds first at an inventory path, in one call for each way to write the same letters (NFC and NFD). */
export async function findAny(
  link: SoapLink,
  path: string,
): Promise<ManagedObjectReference | undefined> {
  const { searchIndex } = await link.serviceContent();
  for (const inventoryPath of spellingsOf(path)) {
    const [found] = await link.call({
      operation: "find an object",
      object: path,
      method: "FindByInventoryPath",
      target: searchIndex,
      parameters: { inventoryPath },
    });
    if (found) return readReference(found);
  }
  return undefined;
}

/**
 * The object of one of these types at an inventory path. vCenter gives one object for a path: when that is of another
 * type, this looks beside it, because a machine may have the name of a folder.
 */
export async function find(
  link: SoapLink,
  path: string,
  types: readonly string[],
): Promise<ManagedObjectReference | undefined> {
  const found = await findAny(link, path);
  if (found === undefined || types.includes(found.type)) return found;
  const slash = path.lastIndexOf("/");
  const folder = slash > 0 ? await find(link, path.slice(0, slash), ["Folder"]) : undefined;
  if (folder === undefined) return undefined;
  const description = { operation: "find an object", object: path };
  for (const type of types) {
    const step = { path: "childEntity", type };
    for (const object of await readNeighbours(link, description, folder, step, ["name"])) {
      const reference = object.child("obj");
      const named = propertiesOf(object).get("name")?.text === path.slice(slash + 1);
      const child = reference && named ? readReference(reference) : undefined;
      if (child?.type === type) return child;
    }
  }
  return undefined;
}

/**
 * The path with the real name of the datacenter's folder, if it names that folder by what it holds and there is no
 * folder of the written name.
 */
export async function realPath(link: SoapLink, path: string): Promise<string> {
  const parts = path.split("/");
  for (const [index, part] of parts.entries()) {
    const folder = datacenterFolders.find((one) => one === part);
    if (folder === undefined || index < 2) continue;
    const start = parts.slice(0, index).join("/");
    const datacenter = await findAny(link, start);
    if (datacenter?.type !== "Datacenter") continue;
    const name = await folderName(link, datacenter, folder);
    const isAsWritten =
      name === undefined || name === folder || (await findAny(link, `${start}/${folder}`));
    return isAsWritten ? path : [start, name, ...parts.slice(index + 1)].join("/");
  }
  return path;
}

async function folderName(
  link: SoapLink,
  datacenter: ManagedObjectReference,
  folder: DatacenterFolder,
): Promise<string | undefined> {
  const [found] = await readNeighbours(
    link,
    { operation: "read a datacenter's folders", object: objectKey(datacenter) },
    datacenter,
    { path: `${folder}Folder`, type: "Folder" },
    ["name"],
  );
  return found && propertiesOf(found).get("name")?.text;
}
