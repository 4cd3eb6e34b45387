import type { Finding } from "../../findings/finding";
import { nearest } from "../../findings/text";
import type { Check } from "../check";
import { madeRoles } from "../ours";
import { unknownPrivileges } from "../privilegesLeftOut";

/**
 * This vCenter knows every privilege of the role: it would reject the whole role otherwise, without saying which. The role
 * is made without one that it does not know, unless the configuration has that refused.
 */
export const privileges: Check = {
  name: "privileges",
  run({ configuration }, facts) {
    const { role } = configuration;
    if (facts.privileges.length === 0) {
      return { findings: [], facts: 0, skipped: "vCenter did not list its privileges" };
    }
    const isRefused = role?.unknownPrivileges === "refuse";
    return {
      facts: madeRoles(role).reduce((sum, made) => sum + made.privileges.length, 0),
      findings: unknownPrivileges(configuration, facts).map((id): Finding => {
        const meant = nearest(id, facts.privileges);
        const instead = meant === undefined ? "" : ` (the nearest that it knows is ${meant})`;
        return {
          severity: isRefused ? "error" : "warning",
          where: "role",
          found: JSON.stringify(id),
          wrong: `this vCenter knows no such privilege${instead}`,
          consequence: isRefused
            ? "and role.unknownPrivileges is refuse, because it would reject the whole role"
            : "so the role is made without it, and Deckhouse cannot do what it stands for",
          remedy: isRefused
            ? "correct it in role.privileges or role.extraPrivileges, or write role.unknownPrivileges: leaveOut"
            : "correct it in role.privileges or role.extraPrivileges if it is misspelt; nothing has to be done where this " +
              "version of vCenter does without it",
          kind: "privilege that vCenter does not know",
        };
      }),
    };
  },
};
