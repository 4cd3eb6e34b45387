import { isVCenterError, kindOf, type Permission } from "../../../vcenter";
import { listed } from "../../../findings/text";
import type { LiveView } from "../../dynamic/liveView";

/** How many permissions a message names at most. */
const mostUsers = 5;

/**
 * Says who uses a role and where, so that it cannot be deleted; undefined when nobody does, or when this account may
 * not see all permissions. Global Permissions are not among those that vCenter lists.
 *
 * @param id of the role
 * @throws VCenterError for all but a missing privilege
 */
export async function roleInUse(live: LiveView, id: string): Promise<string | undefined> {
  const role = (await live.roles()).find((candidate) => String(candidate.id) === id);
  const users = role === undefined ? [] : await permissionsWith(live, role.id);
  if (role === undefined || users.length === 0) return undefined;
  const inventory = await live.inventory();
  const places = users.map(({ principal, group, entity }) => {
    const place = inventory.pathOf(entity) ?? `${kindOf(entity.type)} (${entity.id})`;
    return `${principal}${group ? " (a group)" : ""} on ${place}`;
  });
  return (
    `role ${role.name}: it is in use, so it stays: ${listed(places, mostUsers)}: give them another role there (in the ` +
    "vSphere Client, Permissions of the object) and run again; without any permission they could do nothing there. Or " +
    "let the stack forget the role, which then stays in vCenter: pulumi state delete --target-dependents with the " +
    "role's URN (pulumi stack --show-urns)"
  );
}

async function permissionsWith(live: LiveView, id: number): Promise<readonly Permission[]> {
  try {
    return (await live.allPermissions()).filter(({ roleId }) => roleId === id);
  } catch (error) {
    if (isVCenterError(error, "noPermission")) return [];
    throw error;
  }
}
