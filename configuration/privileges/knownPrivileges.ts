import { administratorPrivileges } from "./administrator.generated";
import { currentPrivileges } from "./current";
import { packerPrivileges } from "./packer";
import { privilegeIds } from "./privilegeSet";
import { seedPrivileges } from "./seed";

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
