import { objectKey } from "../vcenter/offline";
import type { ManagedObject, ManagedObjectReference, Permission } from "../vcenter";
import { samePrincipal } from "../findings/principals";
import { comparableName } from "../findings/text";
import type { Wanted } from "./check";
import type { VCenterFacts } from "./facts";
import { grantedObjects, type GrantedObject } from "./grants";
import { privilegesLeftOut } from "./privilegesLeftOut";
import { madeRoles } from "./ours";
import { objectsAbove, tagsOn } from "./tagsAbove";

/**
 * For how many pairs of a privilege and an object one question is asked at most. An account that has all privileges of a
 * role on the first dozens of a thousand datastores has them on the others.
 */
const mostPairs = 5_000;

/** Privileges that `pulumi up` needs on objects. */
export interface PlannedRights {
  /** Those that this vCenter knows. */
  readonly privileges: readonly string[];
  readonly objects: readonly ManagedObjectReference[];
}

/** What the rights are worked out from. */
export type RightsFacts = Pick<
  VCenterFacts,
  "inventory" | "roles" | "permissions" | "privileges" | "categories" | "tags" | "attached"
>;

/**
 * What the account that runs Pulumi has to be allowed for what `pulumi up` is going to change: nothing where everything is
 * as the configuration wants it. Rights on categories and tags themselves are Global Permissions, of which vCenter cannot be
 * asked.
 *
 * Source: docs/vcenter-rights.md ("Rights of the account that runs `pulumi up`"), with its sources.
 *
 * @returns a few sets, each of which is one question to vCenter
 */
export function plannedRights(wanted: Wanted, facts: RightsFacts): PlannedRights[] {
  const { role, regions } = wanted.configuration;
  const leftOut = new Set(privilegesLeftOut(wanted.configuration, facts));
  const made = madeRoles(role).map(({ name, privileges }) => ({
    name,
    privileges: privileges.filter((id) => !leftOut.has(id)),
  }));
  // A role that exists is granted as it is.
  const used = facts.roles.filter(
    ({ name }) => role?.existing === true && comparableName(name) === comparableName(role.name),
  );
  const changedRoles = made.filter((one) => !isAsWanted(one, facts));
  const grants = grantedObjects(wanted, facts.inventory).filter(
    (one) => !isGranted(wanted, facts, one),
  );
  const usesPolicy = regions.some(
    ({ cluster }) => cluster?.controlPlane === "vSphere" && cluster.storagePolicy !== undefined,
  );
  const root = [facts.inventory.root];
  const sets: PlannedRights[] = [
    {
      privileges:
        changedRoles.length === 0
          ? []
          : ["Authorization.ModifyRoles", ...changedRoles.flatMap(({ privileges }) => privileges)],
      objects: root,
    },
    { privileges: usesPolicy ? ["StorageProfile.View"] : [], objects: root },
    {
      privileges: ["Authorization.ModifyPermissions"],
      objects: grants.flatMap(({ object }) => withParent(object, facts)),
    },
    ...[...made, ...used].map(({ name, privileges }) => ({
      privileges: privileges.filter((id) => !id.startsWith("System.")),
      objects: grants
        .filter(({ grant }) => isOf(grant.role === "full" ? role : role?.readOnlyRole, name))
        .map(({ object }) => object),
    })),
    { privileges: ["InventoryService.Tagging.ObjectAttachable"], objects: untagged(wanted, facts) },
  ];
  const known = new Set(facts.privileges);
  return sets
    .map(({ privileges, objects }) => ({
      privileges: [...new Set(privileges)].filter((id) => known.has(id)),
      objects: [...new Map(objects.map((object) => [objectKey(object), object])).values()],
    }))
    .filter(({ privileges, objects }) => privileges.length > 0 && objects.length > 0)
    .map(({ privileges, objects }) => ({
      privileges,
      objects: objects.slice(0, Math.ceil(mostPairs / privileges.length)),
    }));
}

/** A question to vCenter that answers for several sets of rights. */
export interface RightsQuestion extends PlannedRights {
  readonly sets: readonly PlannedRights[];
}

/**
 * Joins sets of which one question asks little more than several would: every privilege on every object, at most half as
 * much again.
 */
export function askedTogether(planned: readonly PlannedRights[]): RightsQuestion[] {
  return planned.reduce<RightsQuestion[]>((questions, set) => {
    const joined = questions.map((question) => joinedWith(question, set));
    const index = joined.findIndex(
      (one) => pairsOf(one) <= 1.5 * one.sets.reduce((sum, each) => sum + pairsOf(each), 0),
    );
    if (index < 0) return [...questions, { ...set, sets: [set] }];
    return questions.map((question, at) => (at === index ? (joined[at] ?? question) : question));
  }, []);
}

function joinedWith(question: RightsQuestion, set: PlannedRights): RightsQuestion {
  const objects = [...question.objects, ...set.objects];
  return {
    privileges: [...new Set([...question.privileges, ...set.privileges])],
    objects: [...new Map(objects.map((object) => [objectKey(object), object])).values()],
    sets: [...question.sets, set],
  };
}

function pairsOf({ privileges, objects }: PlannedRights): number {
  return privileges.length * objects.length;
}

function isOf(role: { readonly name: string } | undefined, name: string): boolean {
  return role !== undefined && comparableName(role.name) === comparableName(name);
}

/** Whether vCenter has the role with these privileges. */
function isAsWanted(
  { name, privileges }: { readonly name: string; readonly privileges: readonly string[] },
  { roles }: RightsFacts,
): boolean {
  const found = roles.find((one) => comparableName(one.name) === comparableName(name));
  const [has, wanted] = [found?.privileges ?? [], privileges].map((ids) =>
    ids.filter((id) => !id.startsWith("System.")).sort(),
  );
  return found !== undefined && has?.join() === wanted?.join();
}

/** Whether every principal has the role on the object as it is wanted; not where permissions could not be read. */
function isGranted(
  { configuration: { role } }: Wanted,
  { roles, permissions = [] }: RightsFacts,
  { grant, object }: GrantedObject,
): boolean {
  if (role === undefined) return true;
  const roleName = (grant.role === "full" ? role : (role.readOnlyRole ?? role)).name;
  const id = roles.find(({ name }) => comparableName(name) === comparableName(roleName))?.id;
  return role.principals.every(({ name, group }) =>
    permissions.some(
      (one: Permission) =>
        objectKey(one.entity) === objectKey(object) &&
        one.roleId === id &&
        one.propagate === grant.propagate &&
        one.group === group &&
        samePrincipal(one.principal, name),
    ),
  );
}

/** vCenter asks for the right to change permissions on the object and on the one above it. */
function withParent(object: ManagedObject, { inventory }: RightsFacts): ManagedObject[] {
  return object.path === "/"
    ? [object]
    : [object, ...objectsAbove(object.path, inventory).slice(0, 1)];
}

/** The objects that do not carry the tags of their region and zone yet. */
function untagged(
  { configuration: { regions, categories } }: Wanted,
  facts: RightsFacts,
): ManagedObject[] {
  const lacks = (kind: "region" | "zone", tag: string, object: ManagedObject): boolean =>
    !tagsOn(facts, categories[kind].name, object).some(
      (one) => comparableName(one) === comparableName(tag),
    );
  return regions.flatMap(({ name, datacenter, zones }) => [
    ...facts.inventory.at(datacenter, ["Datacenter"]).filter((one) => lacks("region", name, one)),
    ...zones.flatMap((zone) => [
      ...facts.inventory
        .at(zone.cluster, ["ClusterComputeResource"])
        .filter((one) => lacks("zone", zone.name, one)),
      ...zone.datastores
        .flatMap((path) => facts.inventory.at(path, ["Datastore"]))
        .filter((one) => lacks("region", name, one) || lacks("zone", zone.name, one)),
    ]),
  ]);
}
