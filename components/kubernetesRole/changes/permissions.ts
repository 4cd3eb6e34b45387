import { joined, nothing, type Danger, type Line, type Part } from "../../../findings/change";
import { say, type Words } from "../../../findings/words";

/** A permission. */
export interface Grant {
  readonly path: string;
  readonly principal: string;
  readonly role: string;
  readonly propagates: boolean;
}

/** What changes of the permissions of a principal with a role. */
export interface Grants {
  readonly principal: string;
  readonly added: readonly Grant[];
  readonly removed: readonly Grant[];
  readonly changed: readonly { readonly was: Grant; readonly is: Grant }[];
}

/** What changes of the permissions of some principals. */
export function permissionChanges(principals: readonly Grants[]): Part {
  return joined(principals.map(ofPrincipal));
}

function ofPrincipal({ principal, added, removed, changed }: Grants): Part {
  if (added.length + removed.length + changed.length === 0) return nothing;
  const held = [...added, ...changed.map(({ is }) => is)];
  const missed = removed.filter((grant) => !held.some((one) => covers(one, grant)));
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
      ...(missed.length > 0
        ? [
            {
              kind: "permissionRemoved",
              words: say`permission of ${principal} on ${paths(missed)} goes`,
            } as const,
          ]
        : []),
      ...held
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

/** Whether an account that gets one permission can do all that another one let it do. */
function covers(one: Grant, other: Grant): boolean {
  const above = one.path === "/" ? "/" : `${one.path}/`;
  return one.propagates && one.role === other.role && other.path.startsWith(above);
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
