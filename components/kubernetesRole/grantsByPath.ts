import type { GrantArgs } from "./kubernetesRole";
import type { RoleGrant } from "../../configuration";

/**
 * Gives each grant a key that names its resource: its path, as removing one object must not replace another. Where a path
 * leads to two objects, the later one has its kind in the key as well, so that adding it leaves the first as it is.
 */
export function grantsByPath(grants: readonly RoleGrant[]): Record<string, GrantArgs> {
  const keys = new Map<string, RoleGrant>();
  for (const grant of grants) {
    const { path, kinds = [] } = grant;
    keys.set(keys.has(path) ? `${path} (${kinds.join(", ")})` : path, grant);
  }
  return Object.fromEntries(keys);
}
