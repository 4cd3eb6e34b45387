import { comparablePrincipal } from "../../findings/principals";
import { comparableName, listed } from "../../findings/text";
import { objectKey } from "../../vcenter/offline";
import type { Inventory, ManagedObjectReference, Role, Tag, TagCategory } from "../../vcenter";
import type { Named } from "./named";
import type { FoundInVCenter } from "./readVCenter";

/** In what something in vCenter is not as the configuration says. */
export interface Difference {
  /** `description: "Zone A", and the configuration says "Kubernetes Zone X1-A"` */
  readonly what: string;
  /** What the next `pulumi up` does about it when the thing is only used. */
  readonly ifUsed: string;
  /** The same when it is taken over. */
  readonly ifTaken: string;
}

/** How many names a line has at most. */
const most = 8;

const stays = "stays";

/** In what a category differs. Cardinality and types are never changed, whoever made it. */
export function categoryDifferences(named: Named, found: TagCategory): Difference[] {
  const { types, cardinality } = named.category ?? { types: [], cardinality: "SINGLE" };
  const { associableTypes } = found;
  const takesAll = associableTypes.length === 0;
  const lacking = takesAll ? [] : types.filter((type) => !associableTypes.includes(type));
  const more = associableTypes.filter((type) => !types.includes(type));
  const widen = `stays: pulumi up is refused until somebody widens it, which cannot be undone: govc tags.category.update ${lacking
    .map((type) => `-t ${type}`)
    .join(" ")} '${found.name}'`;
  return [
    ...nameDifference(named, found),
    ...descriptionDifference(named, found),
    ...(found.cardinality === cardinality
      ? []
      : [
          same(
            `cardinality: ${found.cardinality}, and the configuration says ${cardinality}`,
            stays,
          ),
        ]),
    ...(lacking.length > 0
      ? [same(`types: its tags do not go on ${lacking.join(" and ")}`, widen)]
      : []),
    ...(takesAll ? [same("types: its tags go on every type of object", stays)] : []),
    ...(more.length > 0 ? [same(`types: its tags also go on ${listed(more, most)}`, stays)] : []),
  ];
}

/** In what a tag differs: its description, and what carries it. */
export function tagDifferences(
  named: Named,
  found: Tag,
  { carriers, inventory }: Pick<FoundInVCenter, "carriers" | "inventory">,
  ofConfiguration: ReadonlySet<string>,
): Difference[] {
  const wanted = new Map(
    (named.carriers ?? []).map(({ path, type }) => {
      const object = inventory.find(path, type);
      return [object === undefined ? path : objectKey(object), path];
    }),
  );
  const there = carriers.get(found.id) ?? [];
  const thereKeys = new Set(there.map(objectKey));
  const missing = [...wanted].filter(([key]) => !thereKeys.has(key)).map(([, path]) => path);
  const elsewhere = there.filter((object) => !wanted.has(objectKey(object)));
  const [ours, others] = [true, false].map((isOurs) =>
    elsewhere
      .filter((object) => ofConfiguration.has(objectKey(object)) === isOurs)
      .map((object) => shownPath(inventory, object)),
  ) as [string[], string[]];
  return [
    ...nameDifference(named, found),
    ...descriptionDifference(named, found),
    ...(missing.length > 0
      ? [same(`not on ${counted(missing.length, "object")}: ${listed(missing, most)}`, "attached")]
      : []),
    ...(ours.length > 0
      ? [
          {
            what: `on ${counted(ours.length, "object")} of the configuration where it does not belong: ${listed(ours, most)}`,
            ifUsed: "stays, and is told until somebody detaches it",
            ifTaken: "detached there",
          },
        ]
      : []),
    ...(others.length > 0
      ? [
          same(
            `on ${counted(others.length, "object")} that the configuration does not name: ${listed(others, most)}`,
            stays,
          ),
        ]
      : []),
  ];
}

/** In what a role differs: its privileges, and where it is granted. `System.*` are implied. */
export function roleDifferences(
  named: Named,
  found: Role,
  { permissions, inventory }: Pick<FoundInVCenter, "permissions" | "inventory">,
): Difference[] {
  const { privileges, grants } = named.role ?? { privileges: [], grants: [] };
  const has = found.privileges.filter((privilege) => !privilege.startsWith("System."));
  const lacking = privileges.filter((privilege) => !has.includes(privilege));
  const besides = has.filter((privilege) => !privileges.includes(privilege));
  const granted = permissions.get(found.id);
  const missing =
    granted === undefined
      ? []
      : grants.filter(({ principal, path }) => {
          const objects = path === "/" ? [inventory.root] : inventory.at(path);
          return !granted.some(
            (one) =>
              comparablePrincipal(one.principal) === comparablePrincipal(principal) &&
              objects.some((object) => objectKey(object) === objectKey(one.entity)),
          );
        });
  return [
    ...nameDifference(named, found),
    ...(lacking.length > 0
      ? [
          {
            what: `lacks ${counted(lacking.length, "privilege")}: ${listed(lacking, most)}`,
            ifUsed: `stays, and is told until somebody adds ${lacking.length === 1 ? "it" : "them"}`,
            ifTaken: "added",
          },
        ]
      : []),
    ...(besides.length > 0
      ? [
          {
            what: `has ${counted(besides.length, "privilege")} besides: ${listed(besides, most)}`,
            ifUsed: stays,
            ifTaken: "taken away, from everybody who has the role",
          },
        ]
      : []),
    ...(missing.length > 0
      ? [
          same(
            `not granted yet: ${listed(
              missing.map(({ principal, path }) => `${principal} on ${path}`),
              most,
            )}`,
            "granted",
          ),
        ]
      : []),
  ];
}

/** vCenter ignores the case of names; the vSphere provider does not. */
function nameDifference({ name }: Named, found: { readonly name: string }): Difference[] {
  return found.name === name
    ? []
    : [
        {
          what: `name: ${JSON.stringify(found.name)}, and the configuration says ${JSON.stringify(name)}`,
          ifUsed: comparableName(found.name) === comparableName(name) ? stays : "not found",
          ifTaken: "renamed",
        },
      ];
}

function descriptionDifference(
  { description = "" }: Named,
  found: { readonly description: string },
): Difference[] {
  return found.description === description
    ? []
    : [
        {
          what: `description: ${JSON.stringify(found.description)}, and the configuration says ${JSON.stringify(description)}`,
          ifUsed: stays,
          ifTaken: "changed",
        },
      ];
}

function same(what: string, either: string): Difference {
  return { what, ifUsed: either, ifTaken: either };
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function shownPath(inventory: Inventory, object: ManagedObjectReference): string {
  return inventory.pathOf(object) ?? objectKey(object);
}
