import { administratorPrivileges } from "./administrator.generated";
import { currentPrivileges, readOnlyPrivileges } from "./current";
import { isImplied, normalizedPrivileges, privilegeIds, type PrivilegeSet } from "./privilegeSet";
import { seedPrivileges } from "./seed";
import { packerPrivileges, templateBuildingPrivileges } from "./templateBuilding";

/*
 * The privileges of the roles that this program makes, as data with their sources, and the list of those that vCenter
 * knows.
 */
export {
  isImplied,
  normalizedPrivileges,
  packerPrivileges,
  privilegeIds,
  readOnlyPrivileges,
  templateBuildingPrivileges,
  type PrivilegeSet,
};

/** The privilege sets a role can start from, by the name the configuration uses. */
export const presets = {
  current: currentPrivileges,
  seed: seedPrivileges,
} as const satisfies Record<string, PrivilegeSet>;

/** The name of a privilege set: `current` or `seed`. */
export type PresetName = keyof typeof presets;

/** The preset that a role has when it names neither a preset nor privileges of its own. */
const defaultPreset: PresetName = "current";

/** What decides the privileges of a role. `preset` and `privileges` exclude each other. */
export interface PrivilegeChoice {
  readonly preset?: PresetName | undefined;
  readonly privileges?: readonly string[] | undefined;
  readonly extraPrivileges?: readonly string[] | undefined;
}

/**
 * Lists the privileges a role is to have in vCenter.
 *
 * @param role the role's preset or own list, and what is added to either
 * @returns privilege ids, sorted, each once, without the implied `System.*`; the same for the same set of
 *   ids in any order
 */
export function rolePrivileges(role: PrivilegeChoice): string[] {
  const base = role.privileges ?? privilegeIds(presets[role.preset ?? defaultPreset]);
  return normalizedPrivileges([...base, ...(role.extraPrivileges ?? [])]);
}

/**
 * What privileges are for: the groups of the presets that have them, as they are told to users, each once.
 *
 * @param ids privilege ids; one that no preset has is for nothing
 */
export function purposesOf(ids: readonly string[]): string[] {
  const groups = [...Object.entries(currentPrivileges), ...Object.entries(seedPrivileges)];
  const purposes = ids.flatMap((id) => {
    const [purpose] = groups.find(([, group]) => group.includes(id)) ?? [];
    return purpose === undefined ? [] : [purpose];
  });
  return [...new Set(purposes)];
}

/** Every privilege id this program accepts in a role: those of vCenter's administrator, and the presets'. */
export const knownPrivileges: ReadonlySet<string> = new Set([
  ...administratorPrivileges,
  ...privilegeIds(seedPrivileges),
  ...privilegeIds(currentPrivileges),
  ...privilegeIds(packerPrivileges),
]);

/**
 * Tells whether vCenter knows a privilege. One unknown id makes vCenter refuse the whole role without
 * saying which id it was (vmware/govmomi `govc/test/role.bats`), so ids are checked before.
 *
 * @param id a privilege id in vCenter's spelling, for example `Datastore.Browse`; case matters
 */
export function isKnownPrivilege(id: string): boolean {
  return knownPrivileges.has(id);
}
