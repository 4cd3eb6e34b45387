import { textOf, type Bag, type Step } from "./events";
import type { Danger, Line, Part } from "./model";
import { joined, nothing } from "./parts";
import { say, type Words } from "./words";

/** A permission as inputs or outputs have it. */
interface Grant {
  readonly path: string;
  readonly principal: string;
  readonly role: string;
  readonly propagates: boolean;
}

/** What changes of the permissions of a principal with a role. */
interface Grants {
  readonly principal: string;
  readonly added: Grant[];
  readonly removed: Grant[];
  readonly changed: { readonly was: Grant; readonly is: Grant }[];
}

/** What changes of permissions, by the principal who has them. */
export function permissionChanges(steps: readonly Step[]): Part {
  const byPrincipal = new Map<string, Grants>();
  for (const { type, operation, recorded, wanted } of steps) {
    if (!type.endsWith(":Permission")) continue;
    const was = recorded === undefined ? undefined : grantOf(recorded.outputs);
    const is = wanted === undefined ? undefined : grantOf(wanted.inputs);
    const principal = (is ?? was)?.principal ?? "";
    const grants = byPrincipal.get(principal) ?? { principal, added: [], removed: [], changed: [] };
    byPrincipal.set(principal, grants);
    const isOther = operation === "replace" || was?.path !== is?.path;
    if (was !== undefined && is !== undefined && !isOther) {
      if (was.role !== is.role || was.propagates !== is.propagates)
        grants.changed.push({ was, is });
      continue;
    }
    if (is !== undefined) grants.added.push(is);
    if (was !== undefined) grants.removed.push(was);
  }
  return joined([...byPrincipal.values()].map(ofPrincipal));
}

function ofPrincipal({ principal, added, removed, changed }: Grants): Part {
  if (added.length + removed.length + changed.length === 0) return nothing;
  const lines: Line[] = [
    { depth: 0, mark: " ", words: say`permissions of ${principal}` },
    ...added.map((grant): Line => ({ depth: 1, mark: "+", words: grantWords(grant) })),
    ...removed.map((grant): Line => ({ depth: 1, mark: "-", words: grantWords(grant) })),
    ...changed.map(({ was, is }): Line => ({
      ...{ depth: 1, mark: "~" },
      words:
        was.role === is.role ? grantWords(is) : say`${grantWords(is)}, until now role ${was.role}`,
    })),
  ];
  return {
    lines,
    sentences: [
      ...movements(principal, added, removed),
      ...changed.map(({ was, is }) =>
        was.role === is.role
          ? say`permission of ${principal} on ${is.path} ${propagation(is)}`
          : say`permission of ${principal} on ${is.path} gets role ${is.role} instead of ${was.role}`,
      ),
    ],
    dangers: [
      ...(removed.length > 0
        ? [
            {
              kind: "permissionRemoved",
              words: say`permission of ${principal} on ${paths(removed)} goes`,
            } as const,
          ]
        : []),
      ...[...added, ...changed.map(({ is }) => is)]
        .filter(({ path }) => path === "/")
        .map((grant): Danger =>
          grant.propagates
            ? {
                kind: "permissionFromRoot",
                words: say`permission of ${principal} on ${grant.path} propagates to the whole vCenter`,
              }
            : {
                kind: "permissionOnRoot",
                words: say`permission of ${principal} on ${grant.path}, the root of vCenter`,
              },
        ),
      ...changed
        .filter(({ was, is }) => was.role !== is.role)
        .map(({ was, is }): Danger => ({
          kind: "otherRole",
          words: say`${principal} has role ${is.role} on ${is.path} instead of ${was.role}`,
        })),
    ],
  };
}

function movements(principal: string, added: readonly Grant[], removed: readonly Grant[]): Words[] {
  if (added.length > 0 && removed.length > 0) {
    return [say`permission of ${principal} moves from ${paths(removed)} to ${paths(added)}`];
  }
  if (removed.length > 0) return [say`permission of ${principal} on ${paths(removed)} goes`];
  if (added.length === 0) return [];
  const roles = [...new Set(added.map(({ role }) => role))];
  return [say`${principal} gets role ${roles} on ${paths(added)}`];
}

function paths(grants: readonly Grant[]): string[] {
  return grants.map(({ path }) => path);
}

function grantWords(grant: Grant): Words {
  return say`${grant.path} with role ${grant.role}, ${propagation(grant)}`;
}

function propagation({ propagates }: Grant): Words {
  return [{ text: propagates ? "propagates" : "does not propagate" }];
}

function grantOf(properties: Bag): Grant {
  return {
    path: textOf(properties["path"]),
    principal: textOf(properties["principal"]),
    role: textOf(properties["roleName"]),
    propagates: properties["propagate"] === true,
  };
}
