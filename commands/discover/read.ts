import { comparableName } from "../../findings/text";
import { principalParts } from "../../findings/principals";
import { unmetRequirements } from "../../template/requirements";
import {
  isVCenterError,
  networkKinds,
  objectKey,
  typesOf,
  type DatacenterFolder,
  type Inventory,
  type ManagedObject,
  type ManagedObjectReference,
  type TagCategory,
  type VCenterClient,
} from "../../vcenter";
import type { DatacenterFacts, DiscoveryFacts, Place, TagFacts, TemplateFacts } from "./facts";

/** How large the root disk of permanent nodes is where the configuration does not say, in GiB. */
const usualRootDisk = 50;

/** Names that the cluster's account usually has. */
const usualAccounts = ["deckhouse", "kubernetes", "k8s"];

/** Of more templates than this the rest is not looked into. */
const mostTemplates = 100;

/** The uplinks of distributed switches, which are port groups too, as vCenter names them. */
const uplinks = /-DVUplinks-/;

/** Which tags to read. */
export type TagChoice = "all" | ((category: TagCategory) => boolean);

/**
 * Reads what a stack file can be made of. The number of calls grows with the tags and templates, not with clusters,
 * datastores or machines. Changes nothing.
 *
 * @param user the account that looks; the cluster's own is looked for in its domain
 * @param choice the categories whose tags are read, or all tags that objects carry
 * @throws VCenterError
 */
export async function readDiscovery(
  client: VCenterClient,
  user: string,
  choice: TagChoice,
): Promise<DiscoveryFacts> {
  const [about, inventory, categories, roles, permissions, templates, accounts] = await Promise.all(
    [
      client.about(),
      client.inventory.read("all"),
      client.tagging.categories(),
      client.authorization.roles(),
      ifAllowed(() => client.authorization.allPermissions()),
      readTemplates(client),
      readAccounts(client, user),
    ],
  );
  const clusters = inventory.all("ClusterComputeResource");
  const datastores = inventory.all("Datastore");
  const [hosts, summaries, tags] = await Promise.all([
    client.hosts.read(clusters, datastores),
    client.datastoreSummaries.read(datastores),
    choice === "all"
      ? readCarriedTags(client, inventory)
      : readTagsOf(client, categories.filter(choice)),
  ]);
  const inDatacenter = groupedByDatacenter(inventory);
  return {
    ...{ about, categories, roles, tags, accounts },
    datacenters: inventory.all("Datacenter").map((datacenter): DatacenterFacts => {
      const below = (types: readonly string[], folder: DatacenterFolder) =>
        inDatacenter(datacenter, types).map((object) => ({
          object,
          place: placeOf(object, inventory.folderPath(datacenter.path, folder)),
        }));
      return {
        ...placeOf(datacenter, ""),
        // A slash in between would otherwise be read as the end of the datacenter.
        name: /^\/[^/]+$/.test(datacenter.path) ? datacenter.path.slice(1) : datacenter.path,
        clusters: below(["ClusterComputeResource"], "host").map(({ place }) => ({
          ...place,
          isDrsEnabled: hosts.clusters.get(place.key)?.isDrsEnabled,
          hosts: hosts.clusters.get(place.key)?.hosts ?? [],
        })),
        standaloneHosts: below(["ComputeResource"], "host").map(({ place }) => place.name),
        datastores: below(["Datastore"], "datastore").map(({ place }) => ({
          ...place,
          mounts: hosts.datastores.get(place.key),
          ...summaries.get(place.key),
        })),
        networks: below(typesOf(networkKinds), "network")
          .filter(({ object }) => !uplinks.test(object.name))
          .map(({ object, place }) => ({ ...place, type: object.type })),
        templates: templates.flatMap(({ folder, name, key, faults }) => {
          const parent = inventory.get(folder);
          const top = inventory.folderPath(datacenter.path, "vm");
          if (parent === undefined || !`${parent.path}/`.startsWith(`${top}/`)) return [];
          const path = `${parent.path}/${name}`;
          return [{ key, path, name: path.slice(top.length + 1), faults }];
        }),
        vmFolders: below(["Folder"], "vm")
          .filter(({ place }) => !place.name.startsWith("/"))
          .map(({ place }) => place.name),
      };
    }),
    permissions: permissions?.flatMap(({ entity, ...rule }) => {
      const object = inventory.get(entity);
      return object === undefined ? [] : [{ ...rule, path: object.path, type: object.type }];
    }),
  };
}

/** The objects of each datacenter, which are looked for once. */
function groupedByDatacenter(
  inventory: Inventory,
): (datacenter: ManagedObject, types: readonly string[]) => ManagedObject[] {
  const datacenters = new Map(inventory.all("Datacenter").map((one) => [one.path, one]));
  const groups = new Map<string, ManagedObject[]>();
  const types = [
    ...["ClusterComputeResource", "ComputeResource", "Datastore", "Folder"],
    ...typesOf(networkKinds),
  ];
  for (const object of types.flatMap((type) => inventory.all(type))) {
    const parts = object.path.split("/");
    // The longest path of a datacenter above it: a folder may hold several.
    for (let length = parts.length - 1; length > 1; length -= 1) {
      const datacenter = datacenters.get(parts.slice(0, length).join("/"));
      if (datacenter === undefined) continue;
      const key = `${objectKey(datacenter)} ${object.type}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [object]);
      else group.push(object);
      break;
    }
  }
  return (datacenter, wanted) =>
    wanted.flatMap((type) => groups.get(`${objectKey(datacenter)} ${type}`) ?? []);
}

/** @param folder the full path that names are written relative to */
function placeOf(object: ManagedObject, folder: string): Place {
  const { path } = object;
  const isInside = folder !== "" && path.startsWith(`${folder}/`);
  return {
    key: objectKey(object),
    path,
    name: isInside ? path.slice(folder.length + 1) : path,
  };
}

/** Three calls for each category, and one for each tag of it. */
async function readTagsOf(
  { tagging }: VCenterClient,
  categories: readonly TagCategory[],
): Promise<TagFacts[]> {
  const tags = (await Promise.all(categories.map(({ id }) => tagging.tags(id)))).flat();
  const attached = await tagging.attachedObjects(tags.map(({ id }) => id));
  return tags.map(({ id, name, categoryId }) => ({
    ...{ name, categoryId },
    carriers: (attached.get(id) ?? []).map(objectKey),
  }));
}

/** Every tag that a datacenter, cluster or datastore carries: a call for 2,000 objects, and one for each tag. */
async function readCarriedTags(
  { tagging }: VCenterClient,
  inventory: Inventory,
): Promise<TagFacts[]> {
  const objects = ["Datacenter", "ClusterComputeResource", "Datastore"].flatMap((type) =>
    inventory.all(type),
  );
  const carriers = new Map<string, string[]>();
  for (const [key, ids] of await tagging.attachedTags(objects)) {
    for (const id of ids) {
      const keys = carriers.get(id);
      if (keys === undefined) carriers.set(id, [key]);
      else keys.push(key);
    }
  }
  return Promise.all(
    [...carriers].map(async ([id, keys]) => {
      const { name, categoryId } = await tagging.tag(id);
      return { name, categoryId, carriers: keys };
    }),
  );
}

interface TemplateRead extends Pick<TemplateFacts, "key" | "faults"> {
  readonly folder: ManagedObjectReference;
  readonly name: string;
}

/** A call for the list, and one for each template. */
async function readTemplates({ virtualMachines }: VCenterClient): Promise<TemplateRead[]> {
  const listed = (await ifAllowed(() => virtualMachines.templates())) ?? [];
  return Promise.all(
    listed.map(async (template, index) => {
      const { folder, name } = template;
      const machine =
        index < mostTemplates
          ? await ifAllowed(() => virtualMachines.read({ type: template.type, id: template.id }))
          : undefined;
      const faults =
        machine === undefined
          ? ["it was not looked into"]
          : unmetRequirements("", machine, usualRootDisk).map(({ wrong }) => wrong);
      return { key: objectKey(template), folder, name, faults };
    }),
  );
}

/** A call for each usual name. */
async function readAccounts(
  { authorization }: VCenterClient,
  user: string,
): Promise<readonly string[]> {
  const domain = principalParts(user)?.domain;
  if (domain === undefined) return [];
  const found = await Promise.all(
    usualAccounts.map(async (account) =>
      (await ifAllowed(() => authorization.exists({ account, domain }, false))) === true &&
      comparableName(principalParts(user)?.account ?? "") !== account
        ? [`${account}@${domain.toLowerCase()}`]
        : [],
    ),
  );
  return found.flat();
}

/** What this account may not read is undefined. */
async function ifAllowed<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isVCenterError(error, "noPermission")) return undefined;
    throw error;
  }
}
