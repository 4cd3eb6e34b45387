import type { Configuration } from "../../configuration";
import type { NamedObject } from "../../configuration/namedObjects";
import { principalParts } from "../../findings/principals";
import { comparableName } from "../../findings/text";
import type { Wanted } from "../../preflight/check";
import type { VCenterFacts } from "../../preflight/facts";
import type { LiveView } from "../dynamic/liveView";
import {
  distinctObjects,
  isVCenterError,
  objectKey,
  type Inventory,
  type ManagedObjectReference,
  type Permission,
  type VCenterClient,
} from "../../vcenter";

/**
 * Reads everything that the checks look at: one login, and a number of calls that grows with the tags and the role's
 * users, not with the objects. Changes nothing. What the process has read a moment ago is not read again, and what is read
 * here serves the checks of the resources that follow.
 *
 * @param user the account that looks
 * @throws VCenterError when vCenter cannot be asked
 */
export async function readFacts(
  live: LiveView,
  { configuration, names, isReady }: Wanted,
  user: string,
): Promise<VCenterFacts> {
  const [about, inventory, categories, roles, privileges, permissions] = await Promise.all([
    live.about(),
    live.inventory(),
    live.categories(),
    live.roles(),
    live.ask("privileges", ({ authorization }) => authorization.privileges()),
    allPermissions(live),
  ]);
  const zones = configuration.regions.flatMap((region) => region.zones);
  const [hosts, tagged, unlisted, storagePolicies, principals, accountLacks, missingPrivileges] =
    await Promise.all([
      live.ask("hosts of the zones", (client) =>
        client.hosts.read(
          zones.flatMap(({ cluster }) => inventory.find(cluster, "ClusterComputeResource") ?? []),
          zones.flatMap(({ datastores }) =>
            datastores.flatMap((path) => inventory.find(path, "Datastore") ?? []),
          ),
        ),
      ),
      readTags(live, configuration, categories),
      readUnlisted(live, names),
      readStoragePolicies(live, configuration),
      live.ask("principals", (client) => readPrincipals(client, configuration)),
      isReady
        ? undefined
        : live.ask("rights of this account", (client) =>
            readRights(client, configuration, { inventory, privileges, user }),
          ),
      isReady
        ? live.ask("privileges of the principals", (client) =>
            missing(client, configuration, inventory, permissions ?? []),
          )
        : undefined,
    ]);
  return {
    ...{ about, inventory, categories, roles, privileges, permissions },
    ...hosts,
    ...tagged,
    ...unlisted,
    storagePolicies,
    principals,
    accountLacks,
    missingPrivileges,
  };
}

/** What the inventory does not list: a call for each path, and one more for each template. */
async function readUnlisted(
  live: LiveView,
  names: readonly NamedObject[],
): Promise<Pick<VCenterFacts, "resourcePools" | "templates">> {
  const of = (kind: NamedObject["kinds"][number]): NamedObject[] =>
    names.filter(({ kinds }) => kinds.includes(kind));
  return {
    resourcePools: await Promise.all(
      of("resource pool").map(async ({ at, path }) => ({
        at,
        path,
        exists: (await live.object(path, "resource pool")) !== undefined,
      })),
    ),
    templates: await Promise.all(
      of("virtual machine").map(async ({ at, path, rootDiskSize = 0 }) => ({
        at,
        path,
        machine: await live.virtualMachine(path),
        rootDiskSize,
      })),
    ),
  };
}

/** The list of all permissions takes more rights than all else that is read. */
function allPermissions(live: LiveView): Promise<readonly Permission[] | undefined> {
  return ifAllowed(() =>
    live.ask("all permissions", ({ authorization }) => authorization.allPermissions()),
  );
}

/** A call for each principal. */
async function readPrincipals(
  { authorization }: VCenterClient,
  { role }: Configuration,
): Promise<VCenterFacts["principals"]> {
  const answers = await Promise.all(
    role.principals.map(async ({ name, group }): Promise<[string, boolean][]> => {
      const parts = principalParts(name);
      const exists = parts && (await authorization.exists(parts, group));
      return exists === undefined ? [] : [[name, exists]];
    }),
  );
  return new Map(answers.flat());
}

/** A call for each privilege, however many objects there are. A privilege that this vCenter does not know is not asked for. */
function readRights(
  { authorization }: VCenterClient,
  { role, regions }: Configuration,
  known: {
    readonly inventory: Inventory;
    readonly privileges: readonly string[];
    readonly user: string;
  },
): Promise<VCenterFacts["accountLacks"]> {
  const { inventory, privileges, user } = known;
  const tagged = regions.flatMap(({ datacenter, zones }) => [
    datacenter,
    ...zones.flatMap(({ cluster, datastores }) => [cluster, ...datastores]),
  ]);
  const needed: readonly (readonly [privilege: string, objects: ManagedObjectReference[]])[] = [
    ["Authorization.ModifyRoles", [inventory.root]],
    [
      "Authorization.ModifyPermissions",
      role.grants.flatMap(({ path }) => (path === "/" ? [inventory.root] : inventory.at(path))),
    ],
    ["InventoryService.Tagging.ObjectAttachable", tagged.flatMap((path) => inventory.at(path))],
  ];
  return ifAllowed(() =>
    Promise.all(
      needed
        .filter(([privilege]) => privileges.includes(privilege))
        .map(async ([privilege, all]) => {
          const objects = distinctObjects(all);
          const missing = await authorization.missingPrivileges(user, objects, [privilege]);
          const lacking = objects.filter((one) => (missing.get(objectKey(one)) ?? []).length > 0);
          return { user, privilege, asked: objects.length, objects: lacking };
        }),
    ),
  );
}

/** Three calls, where one is named. */
async function readStoragePolicies(
  live: LiveView,
  { regions }: Configuration,
): Promise<VCenterFacts["storagePolicies"]> {
  const isNamed = regions.some(
    ({ cluster }) => cluster?.controlPlane === "vSphere" && cluster.storagePolicy !== undefined,
  );
  return isNamed ? ifAllowed(() => live.storagePolicies()) : undefined;
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

async function readTags(
  live: LiveView,
  { categories: { region, zone } }: Configuration,
  categories: VCenterFacts["categories"],
): Promise<Pick<VCenterFacts, "tags" | "attached">> {
  const names = [region.name, zone.name].map(comparableName);
  const ours = categories.filter(({ name }) => names.includes(comparableName(name)));
  const tags = (await Promise.all(ours.map(({ id }) => live.tags(id)))).flat();
  const ids = tags.map(({ id }) => id);
  const attached = await live.ask("objects of the tags", ({ tagging }) =>
    tagging.attachedObjects(ids),
  );
  return { tags, attached };
}

/**
 * What the users of the role lack where it is granted, and on the objects below of which a permission of somebody's stands
 * on the way: only such a permission can replace the granted one. Groups cannot be asked for.
 */
async function missing(
  { authorization }: VCenterClient,
  { role, regions }: Configuration,
  inventory: Inventory,
  permissions: readonly Permission[],
): Promise<NonNullable<VCenterFacts["missingPrivileges"]>> {
  const granted = role.grants
    .filter((grant) => grant.role === "full")
    .flatMap(({ path }) => (path === "/" ? [inventory.root] : inventory.at(path)));
  const withPermission = permissions.flatMap(({ entity }) => inventory.get(entity)?.path ?? []);
  const named = regions.flatMap(({ datacenter, zones }) => [
    datacenter,
    ...zones.flatMap(({ cluster, datastores }) => [cluster, ...datastores]),
  ]);
  const below = named
    .flatMap((path) => inventory.at(path))
    .filter(({ path }) =>
      withPermission.some((other) => other !== "/" && `${path}/`.startsWith(`${other}/`)),
    )
    .filter(({ path }) =>
      granted.some((one) => one.path === "/" || path.startsWith(`${one.path}/`)),
    );
  const objects = distinctObjects([...granted, ...below]);
  const users = role.principals.filter(({ group }) => !group);
  const answers = await Promise.all(
    users.map(({ name }) => authorization.missingPrivileges(name, objects, role.privileges)),
  );
  return new Map(
    users.map(({ name }, index) => [
      name,
      completed(answers[index] ?? new Map<string, readonly string[]>(), objects),
    ]),
  );
}

function completed(
  answer: ReadonlyMap<string, readonly string[]>,
  objects: readonly ManagedObjectReference[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(objects.map((object) => [objectKey(object), answer.get(objectKey(object)) ?? []]));
}
