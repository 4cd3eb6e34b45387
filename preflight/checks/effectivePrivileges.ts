import type { Finding } from "../../findings/finding";
import { listed } from "../../findings/text";
import type { Check } from "../check";

/** How many privileges, and how many objects, a message names at most. */
const mostPrivileges = 3;
const mostObjects = 3;

/**
 * Each principal can do on each granted object, and on what is below it, what the role says. A permission of the same
 * principal further down replaces the granted one there: ReadOnly on a datacenter makes a grant on the root void in it.
 *
 * Source: VMware vSphere Security, "Hierarchical Inheritance of Permissions"; deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const effectivePrivileges: Check = {
  name: "effectivePrivileges",
  run({ configuration: { role } }, { missingPrivileges, inventory }) {
    if (missingPrivileges === undefined) {
      return {
        findings: [],
        facts: 0,
        skipped: "the role is granted by pulumi up, and what it comes to is known only then",
      };
    }
    const findings: Finding[] = [];
    let facts = 0;
    role.principals.forEach(({ name }, index) => {
      const byLack = new Map<string, string[]>();
      for (const [key, missing] of missingPrivileges.get(name) ?? []) {
        facts += 1;
        if (missing.length === 0) continue;
        const [type = "", id = ""] = key.split(":");
        const path = inventory.pathOf({ type, id }) ?? key;
        byLack.set(missing.join(), [...(byLack.get(missing.join()) ?? []), path]);
      }
      for (const [lack, paths] of byLack) {
        const missing = lack.split(",");
        const isAll = missing.length >= role.privileges.length;
        findings.push({
          severity: "error",
          where: `role.principals[${index}]`,
          found: JSON.stringify(name),
          wrong:
            (isAll
              ? "it has none of the role's privileges"
              : `it lacks ${missing.length} of the role's ${role.privileges.length} privileges ` +
                `(${listed(missing, mostPrivileges)})`) + ` on ${listed(paths, mostObjects)}`,
          consequence: "and Deckhouse could not do its work there",
          remedy:
            "run pulumi up, if it has not granted the role yet; otherwise look for a permission of this principal, on the " +
            "object or above it, that replaces the granted one, and ask whose it is",
        });
      }
    });
    return { findings, facts };
  },
};
