import { comparableName, isSameName } from "../../findings/text";
import {
  isVCenterError,
  type Inventory,
  type ManagedObjectReference,
  type Permission,
  type Role,
  type Tag,
  type TagCategory,
  type VCenterClient,
} from "../../vcenter";
import type { Named } from "./named";

/** What there is in vCenter of all that a configuration names. */
export interface FoundInVCenter {
  readonly instanceUuid: string;
  readonly inventory: Inventory;
  readonly categories: readonly TagCategory[];
  /** The tags of the categories. */
  readonly tags: readonly Tag[];
  /** What carries each tag, by the tag's id. */
  readonly carriers: ReadonlyMap<string, readonly ManagedObjectReference[]>;
  readonly roles: readonly Role[];
  /** The permissions with each role, by its id; absent for one of which this account may not read them. */
  readonly permissions: ReadonlyMap<number, readonly Permission[]>;
}

/**
 * Looks once for everything that the configuration names. Changes nothing.
 *
 * @throws VCenterError when vCenter cannot be asked
 */
export async function readVCenter(
  client: VCenterClient,
  named: readonly Named[],
): Promise<FoundInVCenter> {
  const [about, inventory, allCategories, allRoles] = await Promise.all([
    client.about(),
    client.inventory.read(),
    client.tagging.categories(),
    client.authorization.roles(),
  ]);
  const categories = allCategories.filter(({ name }) =>
    named.some((one) => one.category && comparableName(one.name) === comparableName(name)),
  );
  const roles = allRoles.filter(({ name }) =>
    named.some((one) => one.role && isSameName(one.name, name)),
  );
  const [tags, permissions] = await Promise.all([
    Promise.all(categories.map(({ id }) => client.tagging.tags(id))).then((all) => all.flat()),
    Promise.all(roles.map(({ id }) => permissionsOf(client, id))).then((all) => all.flat()),
  ]);
  const wanted = tags.filter(({ name }) =>
    named.some((one) => one.carriers && comparableName(one.name) === comparableName(name)),
  );
  return {
    ...{ instanceUuid: about.instanceUuid, inventory, categories, tags, roles },
    carriers: await client.tagging.attachedObjects(wanted.map(({ id }) => id)),
    permissions: new Map(permissions),
  };
}

async function permissionsOf(
  { authorization }: VCenterClient,
  id: number,
): Promise<[number, Permission[]][]> {
  try {
    return [[id, await authorization.permissionsWithRole(id)]];
  } catch (error) {
    if (isVCenterError(error, "noPermission")) return [];
    throw error;
  }
}
