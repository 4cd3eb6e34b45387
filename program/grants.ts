import type { GrantArgs } from "../components/kubernetesRole";
import type { RoleGrant } from "../configuration";

/** Gives each grant its path as the key that names its resource: removing one object must not replace another. */
export function grantsByPath(grants: readonly RoleGrant[]): Record<string, GrantArgs> {
  return Object.fromEntries(grants.map((grant) => [grant.path, grant]));
}
