import type { Role, RoleDefinition } from "../configuration";
import { comparablePrincipal } from "../findings/principals";
import { comparableName } from "../findings/text";
import type { Earlier, Wanted } from "./check";

/** Why what the stack asked for earlier does not count where nobody knows it. */
export const unknownEarlier =
  "no state says what this stack made: pulumi preview tells its own from what others made";

/** Names as vCenter compares them: neither case nor the form of letters counts. */
export function comparableNames(names: Iterable<string>): Set<string> {
  return new Set(Array.from(names, comparableName));
}

/** Nothing was asked for. */
export const nothingEarlier: Earlier = {
  topology: {},
  ...{ categories: [], roles: [], principals: [], grants: [], carriers: [] },
  left: {
    ...{ regions: [], zones: [], categories: [], roles: [], principals: [], grants: [] },
    carriers: [],
  },
};

/** What the stack asked for at its last `up`; nothing where there was none, or nobody knows. */
export function earlierOf({ earlier }: Pick<Wanted, "earlier">): Earlier {
  return typeof earlier === "object" ? earlier : nothingEarlier;
}

/** The names of the tags that the stack made or used in one of its categories, also of those that left the configuration. */
export function earlierTags(wanted: Pick<Wanted, "earlier">, kind: "region" | "zone"): Set<string> {
  const { topology, left } = earlierOf(wanted);
  return comparableNames(
    kind === "region"
      ? [...Object.keys(topology), ...left.regions]
      : [...Object.values(topology).flat(), ...left.zones],
  );
}

/** The names of those tags that it made. */
export function earlierMadeTags(
  wanted: Pick<Wanted, "earlier">,
  kind: "region" | "zone",
): Set<string> {
  const { usedTags = [], left } = earlierOf(wanted);
  const used = comparableNames([...usedTags, ...(left.usedTags ?? [])]);
  return new Set([...earlierTags(wanted, kind)].filter((name) => !used.has(name)));
}

/** The roles that the stack makes: without one that is said to exist. */
export function madeRoles(role: Role | undefined): readonly RoleDefinition[] {
  if (role === undefined) return [];
  const readOnly = role.readOnlyRole === undefined ? [] : [role.readOnlyRole];
  return role.existing ? readOnly : [role, ...readOnly];
}

/** The names of the categories or roles that the stack made, also of those that left the configuration. */
export function earlierNames(
  wanted: Pick<Wanted, "earlier">,
  kind: "categories" | "roles",
): Set<string> {
  const earlier = earlierOf(wanted);
  return comparableNames([...earlier[kind], ...earlier.left[kind]]);
}

/** The paths of the datacenters and clusters that are, or were, regions and zones of the stack. */
export function earlierCarriers(wanted: Pick<Wanted, "earlier">): string[] {
  const { carriers, left } = earlierOf(wanted);
  return [...carriers, ...left.carriers];
}

/** Tells whether the stack granted its role to a principal on an object, by the object's real path. */
export function earlierGrants(
  wanted: Pick<Wanted, "earlier">,
  realPath: (path: string) => string,
): (principal: string, path: string) => boolean {
  const { principals, grants, left } = earlierOf(wanted);
  const who = new Set([...principals, ...left.principals].map(comparablePrincipal));
  const where = new Set([...grants, ...left.grants].map(realPath));
  return (principal, path) => who.has(comparablePrincipal(principal)) && where.has(path);
}
