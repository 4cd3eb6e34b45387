import { inventoryPath } from "../../../configuration/inventoryPaths";
import type { Role } from "../../../configuration";
import { changeTexts } from "../../../findings/change";
import { comparablePrincipal } from "../../../findings/principals";
import type { Earlier } from "../../../preflight/check";
import { permissionChanges, type Grant, type Grants } from "./permissions";

/** What is remembered of the grants of the last `up`. */
export type EarlierGrants = Pick<Earlier, "principals" | "grants">;

/**
 * What an `up` would change of permissions, a sentence for each principal, and then a warning where one goes.
 *
 * @param earlier what the stack asked for at the last `up`; undefined before the first
 * @param role undefined when the configuration has none
 */
export function grantTexts(earlier: EarlierGrants | undefined, role: Role | undefined): string[] {
  const { principals, grants } = earlier ?? { principals: [], grants: [] };
  // Which of the two roles it was is not remembered: the one that allows more is the one to miss.
  const before = byPath(
    grants.map((path) => ({ path, role: role?.name ?? "", propagates: false })),
  );
  const after = byPath(
    (role?.grants ?? []).map(({ path, propagate, role: which }) => ({
      path,
      role: (which === "readOnly" ? role?.readOnlyRole?.name : role?.name) ?? "",
      propagates: propagate,
    })),
  );
  const known = new Set(principals.map(comparablePrincipal));
  const wanted = new Set((role?.principals ?? []).map(({ name }) => comparablePrincipal(name)));
  const all: Grants[] = [
    ...(role?.principals ?? []).map(({ name }) => {
      const had = known.has(comparablePrincipal(name)) ? before : new Map<string, Grant>();
      return {
        principal: name,
        added: without(after, had),
        removed: without(had, after),
        changed: [],
      };
    }),
    ...principals
      .filter((name) => !wanted.has(comparablePrincipal(name)))
      .map((name) => ({ principal: name, added: [], removed: [...before.values()], changed: [] })),
  ];
  const part = permissionChanges(all);
  // Before the first up the whole configuration is new, and whoever wrote it has just chosen where to grant.
  return changeTexts(earlier === undefined ? { ...part, dangers: [] } : part);
}

function byPath(grants: readonly Omit<Grant, "principal">[]): Map<string, Grant> {
  return new Map(grants.map((grant) => [inventoryPath(grant.path), { principal: "", ...grant }]));
}

function without(one: ReadonlyMap<string, Grant>, other: ReadonlyMap<string, Grant>): Grant[] {
  return [...one].flatMap(([path, grant]) => (other.has(path) ? [] : [grant]));
}
