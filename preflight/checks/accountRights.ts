import type { Finding } from "../../findings/finding";
import { listed } from "../../findings/text";
import { objectKey } from "../../vcenter/offline";
import type { Check } from "../check";
import type { LackingRight } from "../facts";

/** How many privileges, and how many objects, a message names at most. */
const mostPrivileges = 3;
const mostObjects = 3;

/**
 * The account that runs Pulumi may do what `pulumi up` is going to: make the role, grant it, and tag objects. Rights on tags
 * themselves are Global Permissions, which nobody can ask for. A preview can be made by an account that only reads, in a
 * pipeline for example, and is told what `up` would need.
 *
 * Source: docs/vcenter-rights.md, with its sources.
 */
export const accountRights: Check = {
  name: "accountRights",
  run({ isReady, isPreview }, { accountLacks, inventory }) {
    if (isReady) return { findings: [], facts: 0, skipped: "pulumi up has done its work" };
    if (accountLacks === undefined) {
      return { findings: [], facts: 0, skipped: "this account may not ask what it may do" };
    }
    return {
      facts: accountLacks.reduce((sum, { asked }) => sum + asked, 0),
      findings: byObjects(accountLacks).map(({ user, privileges, objects }): Finding => {
        const paths = objects.map((object) => inventory.pathOf(object) ?? object.id);
        return {
          severity: isPreview ? "warning" : "error",
          where: "vsphere:user",
          found: JSON.stringify(user),
          wrong: `it lacks ${listed(privileges, mostPrivileges)} on ${listed(paths, mostObjects)}`,
          consequence: "and pulumi up would stop there, half done",
          remedy:
            `grant the account the line of docs/vcenter-rights.md that names ${lineOf(privileges)} ("Rights of the account ` +
            'that runs pulumi up"), or use another account',
        };
      }),
    };
  },
};

/** What is lacking on the same objects, in one. */
function byObjects(
  lacking: readonly LackingRight[],
): (Pick<LackingRight, "user" | "objects"> & { readonly privileges: string[] })[] {
  const found = new Map<string, ReturnType<typeof byObjects>[number]>();
  for (const { user, privilege, objects } of lacking) {
    if (objects.length === 0) continue;
    const key = objects.map(objectKey).sort().join();
    const same = found.get(key) ?? { user, objects, privileges: [] };
    if (!same.privileges.includes(privilege)) same.privileges.push(privilege);
    found.set(key, same);
  }
  return [...found.values()];
}

function lineOf(privileges: readonly string[]): string {
  return privileges.length === 1 ? "this privilege" : "these privileges";
}
