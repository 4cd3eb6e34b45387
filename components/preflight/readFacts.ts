import type { Configuration } from "../../configuration";
import { principalParts } from "../../findings/principals";
import { comparableName } from "../../findings/text";
import type { Wanted } from "../../preflight/check";
import type { VCenterFacts } from "../../preflight/facts";
import { plannedRights } from "../../preflight/plannedRights";
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
import { readAccountRights } from "./accountRights";
import { readUnlisted } from "./unlisted";

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
  wanted: Wanted,
  user: string,
): Promise<VCenterFacts> {
  const { configuration, names, isReady } = wanted;
  const [about, inventory, categories, roles, privileges, permissions] = await Promise.all([
    live.about(),
    live.inventoryFor([
      ...names.map(({ path }) => path),
      ...(configuration.role?.grants ?? []).map(({ path }) => path),
    ]),
    live.categories(),
    live.roles(),
    readPrivileges(live),
    live.allPermissions(),
  ]);
  const tags = readTags(live, configuration, categories);
  const known = { inventory, categories, roles, privileges, permissions };
  const zones = configuration.regions.flatMap((region) => region.zones);
  const [hosts, tagged, unlisted, storagePolicies, principals, accountLacks, missingPrivileges] =
    await Promise.all([
      live.ask("hosts of the zones", (client) =>
        client.hosts.read(
          zones.flatMap(({ cluster }) => inventory.find(cluster, "ClusterComputeResource") ?? []),
          names.flatMap(({ path, kinds }) =>
            kinds.includes("datastore") ? (inventory.find(path, "Datastore") ?? []) : [],
          ),
        ),
      ),
      tags,
      readUnlisted(live, configuration, names),
      readStoragePolicies(live, configuration),
      live.ask("principals", (client) => readPrincipals(client, configuration)),
      isReady
        ? undefined
        : tags.then((attached) =>
            ifAllowed(() =>
              live.ask("rights of this account", (client) =>
                readAccountRights(client, plannedRights(wanted, { ...known, ...attached }), user),
              ),
            ),
          ),
      isReady
        ? live.ask("privileges of the principals", (client) =>
            missing(client, configuration, inventory, permissions ?? []),
          )
        : undefined,
    ]);
  return {
    about,
    ...known,
    ...hosts,
    ...tagged,
    ...unlisted,
    storagePolicies,
    principals,
    accountLacks,
    missingPrivileges,
  };
}

/** Every privilege that this vCenter knows: one call. */
export function readPrivileges(live: LiveView): Promise<readonly string[]> {
  return live.ask("privileges", ({ authorization }) => authorization.privileges());
}

/** A call for each principal. */
async function readPrincipals(
  { authorization }: VCenterClient,
  { role }: Configuration,
): Promise<VCenterFacts["principals"]> {
  const answers = await Promise.all(
    (role?.principals ?? []).map(async ({ name, group }): Promise<[string, boolean][]> => {
      const parts = principalParts(name);
      const exists = parts && (await authorization.exists(parts, group));
      return exists === undefined ? [] : [[name, exists]];
    }),
  );
  return new Map(answers.flat());
}

/** The storage policies, where the configuration names one: three calls. Undefined when this account may not read them. */
export async function readStoragePolicies(
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
  if (role === undefined) return new Map();
  const granted = role.grants
    .filter((grant) => grant.role === "full")
    .flatMap(({ path }) => (path === "/" ? [inventory.root] : inventory.at(path)));
  const grantedKeys = new Set(granted.map(objectKey));
  // Of a permission on a granted object itself, what vCenter says of that object holds below too, if it reaches so far.
  const withPermission = permissions
    .filter(({ entity, propagate }) => !propagate || !grantedKeys.has(objectKey(entity)))
    .flatMap(({ entity }) => inventory.get(entity)?.path ?? []);
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
