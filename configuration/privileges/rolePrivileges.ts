import { currentPrivileges } from "./current";
import { normalizedPrivileges, privilegeIds, type PrivilegeSet } from "./privilegeSet";
import { seedPrivileges } from "./seed";

/** The privilege sets a role can start from, by the name the configuration uses. */
export const presets = {
  current: currentPrivileges,
  seed: seedPrivileges,
} as const satisfies Record<string, PrivilegeSet>;

/** The name of a privilege set: `current` or `seed`. */
export type PresetName = keyof typeof presets;

/** The preset that a role has when it names neither a preset nor privileges of its own. */
export const defaultPreset: PresetName = "current";

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
