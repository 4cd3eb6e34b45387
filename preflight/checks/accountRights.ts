import type { Finding } from "../../findings/finding";
import { listed } from "../../findings/text";
import type { Check } from "../check";

/** How many objects a message names at most. */
const mostObjects = 3;

/**
 * The account that runs Pulumi may do what `pulumi up` is going to: make the role, grant it, and tag objects. Rights on tags
 * themselves are Global Permissions, which nobody can ask for.
 *
 * Source: docs/vcenter-rights.md, with its sources.
 */
export const accountRights: Check = {
  name: "accountRights",
  run({ isReady }, { accountLacks, inventory }) {
    if (isReady) return { findings: [], facts: 0, skipped: "pulumi up has done its work" };
    if (accountLacks === undefined) {
      return { findings: [], facts: 0, skipped: "this account may not ask what it may do" };
    }
    return {
      facts: accountLacks.reduce((sum, { asked }) => sum + asked, 0),
      findings: accountLacks.flatMap(({ user, privilege, objects }): Finding[] => {
        if (objects.length === 0) return [];
        const paths = objects.map((object) => inventory.pathOf(object) ?? object.id);
        return [
          {
            severity: "error",
            where: "vsphere:user",
            found: JSON.stringify(user),
            wrong: `it lacks ${privilege} on ${listed(paths, mostObjects)}`,
            consequence: "and pulumi up would stop there, half done",
            remedy:
              'grant the account the line of docs/vcenter-rights.md that names this privilege ("Rights of the account that ' +
              'runs pulumi up"), or use another account',
          },
        ];
      }),
    };
  },
};
