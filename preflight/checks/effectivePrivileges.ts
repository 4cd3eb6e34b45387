import { rootWarnings } from "../../configuration/rootPrivileges";
import type { Finding } from "../../findings/finding";
import { listed } from "../../findings/text";
import type { Permission } from "../../vcenter";
import type { Check, CheckResult, Wanted } from "../check";
import {
  groupsInTheWay,
  missingOnRoot,
  replacedPrivileges,
  touchedObjects,
  type Replaced,
} from "../effectivePrivileges";
import type { VCenterFacts } from "../facts";

/** How many privileges, objects, and users or groups a message names at most. */
const mostPrivileges = 3;
const mostObjects = 3;
const mostPrincipals = 3;

const consequence = "and Deckhouse could not do its work there";

/**
 * Each principal can do on each granted object, and on what is below it, what the role says. A permission of the same
 * principal further down replaces the granted one there: ReadOnly on a datacenter makes a grant on the root void in it.
 *
 * Of users vCenter is asked once the role is granted, because it knows their groups. Before that, and of groups, of which it
 * cannot be asked, it is worked out here.
 *
 * Source: VMware vSphere Security, "Hierarchical Inheritance of Permissions"; deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const effectivePrivileges: Check = {
  name: "effectivePrivileges",
  run(wanted, facts) {
    const asked = fromVCenter(wanted, facts);
    const { permissions } = facts;
    const unread = "this account may not read permissions";
    if (permissions === undefined) return { ...asked, skipped: unread };
    const worked = workedOut(wanted, facts, permissions);
    return {
      findings: [
        ...asked.findings,
        ...worked.findings,
        ...(wanted.isReady ? onRoot(wanted, facts, permissions) : []),
      ],
      facts: asked.facts + worked.facts,
      skipped: wanted.isReady ? undefined : ofGroups(wanted, facts, permissions),
    };
  },
};

/** Before the role is granted, nobody can tell whether a permission of a group takes the place of a user's. */
function ofGroups(
  wanted: Wanted,
  facts: VCenterFacts,
  permissions: readonly Permission[],
): string | undefined {
  const principals = wanted.configuration.role?.principals ?? [];
  const users = principals.filter(({ group }) => !group).map(({ name }) => name);
  if (users.length === 0) return undefined;
  const found = groupsInTheWay(wanted, facts, permissions).map(
    ({ group, path, roleName }) => `${group} (${roleName} on ${path})`,
  );
  return found.length === 0
    ? undefined
    : `whether ${listed(users, mostPrincipals)} is in a group whose permission would take the place of the role, such as ` +
        `${listed([...new Set(found)], mostPrincipals)}: vCenter says it once the role is granted (npm run check)`;
}

/** What vCenter says of users. */
function fromVCenter(
  { configuration: { role } }: Wanted,
  { missingPrivileges, inventory }: VCenterFacts,
): CheckResult {
  const findings: Finding[] = [];
  let facts = 0;
  role?.principals.forEach(({ name }, index) => {
    const byLack = new Map<string, string[]>();
    for (const [key, missing] of missingPrivileges?.get(name) ?? []) {
      facts += 1;
      if (missing.length === 0) continue;
      const [type = "", id = ""] = key.split(":");
      const path = inventory.pathOf({ type, id }) ?? key;
      byLack.set(missing.join(), [...(byLack.get(missing.join()) ?? []), path]);
    }
    for (const [lack, paths] of byLack) {
      findings.push({
        severity: "error",
        where: `role.principals[${index}]`,
        found: JSON.stringify(name),
        wrong: lackOn(lack.split(","), role.privileges.length, paths),
        consequence,
        remedy:
          "run pulumi up, if it has not granted the role yet; otherwise look for a permission of this principal, on the " +
          "object or above it, that replaces the granted one, and ask whose it is",
      });
    }
  });
  return { findings, facts };
}

function workedOut(
  wanted: Wanted,
  facts: VCenterFacts,
  permissions: readonly Permission[],
): CheckResult {
  const principals = wanted.configuration.role?.principals ?? [];
  const looked = principals.filter(({ group }) => group || !wanted.isReady);
  return {
    facts: looked.length * touchedObjects(wanted, facts).length,
    findings: principals.flatMap((principal, index) =>
      looked.includes(principal)
        ? replacedPrivileges(wanted, facts, permissions, principal).map((replaced): Finding => ({
            severity: "error",
            where: `role.principals[${index}]`,
            found: JSON.stringify(principal.name),
            ...because(replaced, principal.group ? "group" : "user"),
          }))
        : [],
    ),
  };
}

function because(
  { by, missing, of, paths }: Replaced,
  kind: "user" | "group",
): Pick<Finding, "wrong" | "consequence" | "remedy"> {
  const lack = lackOn(missing, of, paths);
  if (by === undefined) {
    return {
      wrong: `it has no permission there, or above: ${lack}`,
      consequence,
      remedy: "run pulumi up, which grants the role",
    };
  }
  return {
    wrong: `its permission with the role ${by.roleName} on ${by.path} takes the place of what is granted further up: ${lack}`,
    consequence,
    remedy: `ask whose permission that is, and whether it can go; or name another ${kind} in role.principals`,
  };
}

function lackOn(missing: readonly string[], of: number, paths: readonly string[]): string {
  return (
    (missing.length >= of
      ? "it has none of the role's privileges"
      : `it lacks ${missing.length} of the role's ${of} privileges (${listed(missing, mostPrivileges)})`) +
    ` on ${listed(paths, mostObjects)}`
  );
}

/** What counts on the root only, and nobody gives there. Before the change, the configuration's own warning says it. */
function onRoot(
  wanted: Wanted,
  facts: VCenterFacts,
  permissions: readonly Permission[],
): Finding[] {
  const missing = (wanted.configuration.role?.principals ?? []).flatMap((principal) =>
    missingOnRoot(wanted, facts, permissions, principal),
  );
  return rootWarnings([...new Set(missing)]);
}
