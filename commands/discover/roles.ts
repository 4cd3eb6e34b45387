import {
  isImplied,
  isKnownPrivilege,
  presets,
  rolePrivileges,
  type PresetName,
} from "../../configuration/privileges";
import { comparablePrincipal, principalParts } from "../../findings/principals";
import { listed } from "../../findings/text";
import { listedKinds, typesOf, type Role } from "../../vcenter";
import type { DiscoveryFacts, PermissionFacts } from "./facts";
import type {
  GrantProposal,
  Note,
  PrincipalProposal,
  RegionProposal,
  RoleProposal,
} from "./proposal";

/** A role is taken for the cluster's if it has more than this share of a preset. */
const leastShare = 0.5;

/** How many names a note has at most. */
const mostNames = 8;

/** The name that a new role gets. */
const newRole = "kubernetes";

/** A role that may be the cluster's, with the preset that it is most like. */
interface Candidate {
  readonly role: Role;
  readonly preset: PresetName;
  readonly lacking: readonly string[];
  readonly extra: readonly string[];
  /** What both have, of what either has. */
  readonly likeness: number;
}

/**
 * The role of the cluster's account: one that has most of a preset's privileges with its principals and grants, or a new
 * one for an account that exists.
 */
export function plannedRole(
  { roles, permissions, accounts }: Pick<DiscoveryFacts, "roles" | "permissions" | "accounts">,
  regions: readonly RegionProposal[],
  chosenPrincipal: string | undefined,
): { readonly role: RoleProposal | undefined; readonly notes: readonly Note[] } {
  const [found, ...others] = candidates(roles);
  if (found === undefined) return newRoleFor(accounts, roles, chosenPrincipal);
  const notes: Note[] = [];
  const note = (at: string, text: string): unknown => notes.push({ kind: "note", at, text });
  if (others.length > 0) {
    const names = listed(
      others.map(({ role }) => role.name),
      mostNames,
    );
    note("role.name", `other roles with most of the privileges: ${names}`);
  }
  if (found.lacking.length > 0) {
    note(
      "role.preset",
      `the role lacks ${found.lacking.length} privileges of it: ${listed(found.lacking, mostNames)}`,
    );
  }
  const unknown = found.extra.filter((id) => !isKnownPrivilege(id));
  if (unknown.length > 0) {
    note("role.extraPrivileges", `the role also has ${listed(unknown, mostNames)}`);
  }
  const { principals, grant } = grantsOf(found, permissions, regions, notes, chosenPrincipal);
  return {
    role: {
      ...{ name: found.role.name, existing: true, preset: found.preset, principals, grant },
      extraPrivileges: found.extra.filter(isKnownPrivilege),
    },
    notes,
  };
}

function newRoleFor(
  accounts: readonly string[],
  roles: readonly Role[],
  chosen: string | undefined,
): ReturnType<typeof plannedRole> {
  const notes: Note[] = [];
  const principal = chosen ?? (accounts.length === 1 ? accounts[0] : undefined);
  if (principal === undefined) {
    const among = accounts.length === 0 ? "" : `: ${accounts.join(", ")}`;
    return {
      role: undefined,
      notes: [
        {
          kind: "choose",
          at: "role.principals",
          text: `the account that Deckhouse works with${among}. Without a role, the stack grants nothing to anybody`,
        },
      ],
    };
  }
  // A role of that name that is not like a preset belongs to somebody else.
  const taken = new Set(roles.map(({ name }) => name.toLowerCase()));
  const name = [newRole, "deckhouse", "deckhouse-kubernetes"].find((one) => !taken.has(one));
  if (name !== newRole) {
    notes.push({ kind: "note", at: "role.name", text: `vCenter has another role ${newRole}` });
  }
  return {
    role: {
      ...{ name: name ?? `${newRole}-2`, existing: false, preset: "current" as const },
      ...{ extraPrivileges: [], principals: [{ name: principal, group: false }], grant: undefined },
    },
    notes,
  };
}

/** The roles that may be the cluster's, the most likely first. */
function candidates(roles: readonly Role[]): Candidate[] {
  return roles
    .filter(({ system, id }) => !system && id > 0)
    .flatMap((role): Candidate[] => {
      const own = role.privileges.filter((id) => !isImplied(id));
      const likely = (Object.keys(presets) as PresetName[])
        .map((preset) => compared(role, own, preset))
        .filter(({ share }) => share > leastShare)
        .sort((a, b) => b.likeness - a.likeness);
      return likely.slice(0, 1);
    })
    .sort((a, b) => b.likeness - a.likeness);
}

function compared(
  role: Role,
  own: readonly string[],
  preset: PresetName,
): Candidate & { readonly share: number } {
  const wanted = rolePrivileges({ preset });
  const has = new Set(own);
  const asks = new Set(wanted);
  const lacking = wanted.filter((id) => !has.has(id));
  const extra = own.filter((id) => !asks.has(id)).sort();
  const both = wanted.length - lacking.length;
  return {
    ...{ role, preset, lacking, extra },
    likeness: both / (wanted.length + extra.length),
    share: both / wanted.length,
  };
}

/** Who has the role where. The configuration grants everything to everybody, so all of them need the same objects. */
function grantsOf(
  { role, preset }: Candidate,
  permissions: readonly PermissionFacts[] | undefined,
  regions: readonly RegionProposal[],
  notes: Note[],
  chosen: string | undefined,
): Pick<RoleProposal, "principals" | "grant"> {
  const own = (permissions ?? []).filter(({ roleId }) => roleId === role.id);
  if (own.length === 0) {
    const why =
      permissions === undefined
        ? "this account may not list permissions"
        : "no permission with it is in any list (Global Permissions never are)";
    notes.push(
      chosen === undefined
        ? { kind: "choose", at: "role.principals", text: `who gets the role: ${why}` }
        : { kind: "note", at: "role.principals", text: why },
    );
    const principals = chosen === undefined ? [] : [{ name: chosen, group: false }];
    return { principals, grant: undefined };
  }
  const byPrincipal = groupedBy(
    own,
    ({ group, principal }) => `${group} ${comparablePrincipal(principal)}`,
  );
  const sets = groupedBy([...byPrincipal.values()], objectsText);
  const chosenKey = chosen === undefined ? undefined : `false ${comparablePrincipal(chosen)}`;
  const [main, ...different] = [...sets.values()].sort(
    (a, b) =>
      Number(has(b, chosenKey, byPrincipal)) - Number(has(a, chosenKey, byPrincipal)) ||
      b.length - a.length ||
      (b[0]?.length ?? 0) - (a[0]?.length ?? 0),
  );
  const first = main?.[0] ?? [];
  for (const others of different.flat()) {
    const [one] = others;
    if (one === undefined) continue;
    notes.push({
      kind: "note",
      at: "role.principals",
      text: `${written(one).name} has the role on other objects (${listed(
        others.map(({ path }) => path),
        mostNames,
      )}), which this stack leaves alone`,
    });
  }
  const principals = (main ?? []).flatMap(([one]) => (one === undefined ? [] : [written(one)]));
  return {
    principals: [...principals].sort((a, b) => (a.name < b.name ? -1 : 1)),
    grant: modelOf(first, regions, preset),
  };
}

function has(
  group: readonly PermissionFacts[][],
  key: string | undefined,
  byPrincipal: ReadonlyMap<string, PermissionFacts[]>,
): boolean {
  const wanted = key === undefined ? undefined : byPrincipal.get(key);
  return wanted !== undefined && group.includes(wanted);
}

function groupedBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

function objectsText(permissions: readonly PermissionFacts[]): string {
  return permissions
    .map(({ path, type, propagate }) => JSON.stringify([path, type, propagate]))
    .sort()
    .join();
}

/** The model that gives exactly these permissions; a list where none does. */
function modelOf(
  permissions: readonly PermissionFacts[],
  regions: readonly RegionProposal[],
  preset: PresetName,
): RoleProposal["grant"] {
  const paths = permissions.map(({ path }) => path).sort();
  const isPlain = permissions.every(({ propagate }) => propagate);
  const isOn = (wanted: readonly string[]): boolean =>
    isPlain && JSON.stringify(paths) === JSON.stringify([...wanted].sort());
  if (isOn(["/"])) return preset === "current" ? undefined : "root";
  if (isOn(regions.map(({ datacenterPath }) => datacenterPath))) {
    return preset === "seed" ? undefined : "datacenters";
  }
  return [...permissions]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, type, propagate }): GrantProposal => {
      const kind = listedKinds.find((one) => typesOf([one]).includes(type));
      return { path, ...(kind !== undefined && path !== "/" && { kind }), propagate };
    });
}

/** A principal as people write it: `VSPHERE.LOCAL\deckhouse` becomes `deckhouse@vsphere.local`. */
function written({ principal, group }: PermissionFacts): PrincipalProposal {
  const parts = principalParts(principal);
  // A name without a dot is that of an Active Directory before 2000, which has no other form.
  const name =
    parts?.domain.includes(".") === true
      ? `${parts.account}@${parts.domain.toLowerCase()}`
      : principal;
  return { name, group };
}
