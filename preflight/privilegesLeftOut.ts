import type { Configuration } from "../configuration";
import { isImplied } from "../configuration/privileges";
import type { VCenterFacts } from "./facts";
import { madeRoles } from "./ours";

/**
 * The privileges of the roles that this vCenter does not know: of an older version, or of a plugin that is not installed. It
 * refuses a role that has one of them as a whole, without saying which.
 *
 * Source: vmware/terraform-provider-vsphere `vsphere/resource_vsphere_role.go`; VMware vSphere API reference,
 * `AuthorizationManager.privilegeList`.
 *
 * @returns sorted; none when vCenter did not list its privileges, and none of a role that exists
 */
export function unknownPrivileges(
  { role }: Pick<Configuration, "role">,
  { privileges }: Pick<VCenterFacts, "privileges">,
): string[] {
  if (role === undefined || privileges.length === 0) return [];
  const known = new Set(privileges);
  const wanted = new Set(madeRoles(role).flatMap((made) => made.privileges));
  return [...wanted].filter((id) => !known.has(id) && !isImplied(id)).sort();
}

/**
 * The privileges that the roles are made without, because this vCenter does not know them; none where the configuration has
 * them refused (`role.unknownPrivileges: refuse`).
 */
export function privilegesLeftOut(
  configuration: Pick<Configuration, "role">,
  facts: Pick<VCenterFacts, "privileges">,
): string[] {
  return configuration.role?.unknownPrivileges === "refuse"
    ? []
    : unknownPrivileges(configuration, facts);
}
