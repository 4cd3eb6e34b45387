import type { Check } from "../check";

/**
 * This vCenter knows every privilege of the role: it would reject the whole role otherwise, without saying which.
 *
 * Source: vmware/terraform-provider-vsphere `vsphere/resource_vsphere_role.go`; VMware vSphere API reference,
 * `AuthorizationManager.privilegeList`.
 */
export const privileges: Check = {
  name: "privileges",
  run({ configuration: { role } }, { privileges: known }) {
    if (known.length === 0) {
      return { findings: [], facts: 0, skipped: "vCenter did not list its privileges" };
    }
    const ids = new Set(known);
    const unknown = role.privileges.filter((id) => !ids.has(id) && !id.startsWith("System."));
    return {
      facts: role.privileges.length,
      findings:
        unknown.length === 0
          ? []
          : [
              {
                severity: "error",
                where: "role",
                found: unknown.join(", "),
                wrong: `this vCenter does not know ${unknown.length === 1 ? "this privilege" : "these privileges"}`,
                consequence: "and it would reject the whole role",
                remedy:
                  "correct role.extraPrivileges or role.privileges, or list the privileges that this vCenter has (role.privileges)",
              },
            ],
    };
  },
};
