import {
  permissionChanges,
  type Grant,
  type Grants,
} from "../../components/kubernetesRole/changes/permissions";
import type { Part } from "../../findings/change";
import { textOf, type Bag, type Step } from "./events";

/** What is collected of a principal. */
interface Collected extends Grants {
  readonly added: Grant[];
  readonly removed: Grant[];
  readonly changed: { readonly was: Grant; readonly is: Grant }[];
}

/** What changes of permissions, by the principal who has them. */
export function stepsOfPermissions(steps: readonly Step[]): Part {
  const byPrincipal = new Map<string, Collected>();
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
  return permissionChanges([...byPrincipal.values()]);
}

function grantOf(properties: Bag): Grant {
  return {
    path: textOf(properties["path"]),
    principal: textOf(properties["principal"]),
    role: textOf(properties["roleName"]),
    propagates: properties["propagate"] === true,
  };
}
