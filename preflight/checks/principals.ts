import type { Check } from "../check";

/**
 * Users and groups of the role exist: vCenter refuses a permission for one that does not.
 *
 * Source: VMware vSphere API reference, `UserDirectory.RetrieveUserGroups` and `SetEntityPermissions` (UserNotFound).
 */
export const principals: Check = {
  name: "principals",
  run({ configuration: { role } }, { principals: known }) {
    const granted = role?.principals ?? [];
    const unknown = granted.filter(({ name }) => !known.has(name));
    return {
      facts: granted.length - unknown.length,
      findings: granted.flatMap(({ name, group }, index) =>
        known.get(name) === false
          ? [
              {
                severity: "error" as const,
                where: `role.principals[${index}]`,
                found: JSON.stringify(name),
                wrong: `vCenter knows no such ${group ? "group" : "user"}`,
                consequence: "and would refuse its permission",
                remedy: group
                  ? "create the group, or correct its name and its domain; for a user, leave out group: true"
                  : "create the user, or correct its name and its domain; for a group, write group: true",
              },
            ]
          : [],
      ),
      skipped:
        unknown.length === 0
          ? undefined
          : `vCenter did not say whether ${unknown.map(({ name }) => name).join(", ")} exists`,
    };
  },
};
