import type { Case, LifecycleCommand } from "./lifecycle";

/** How many objects one call asks for their tags. */
const objectsInCall = 2000;

/** What any program needs to ask a vCenter: its services, and one login to and one logout from each interface. */
const session = 5;

/**
 * The fewest calls with which the interfaces of vCenter allow a command, of this program alone: the vSphere provider makes
 * categories, tags and the role. It is the second floor, beside the empty program's time.
 *
 * Each reads the session's 5, the inventory (1) and the tags of all objects (1 for 2,000). A command that changes
 * something reads tags and permissions (1 for all) before and after. Attaching and detaching take one call for each tag,
 * with all its objects; a permission takes one call to set or remove, as each is a resource of its own. A destroy asks
 * besides who else uses the role (1), and needs no look at the permissions afterwards.
 */
export function fewestCalls(
  command: LifecycleCommand,
  { zones, datastores, principals = 1 }: Case,
): number {
  const regions = zones / 2;
  const tags = regions + zones;
  const permissions = regions * principals;
  const inventory = 1;
  const tagsRead = Math.ceil((regions + zones + zones * datastores) / objectsInCall);
  const look = session + inventory + tagsRead + 1;
  const change = look + tagsRead + 1 + tags + permissions;
  return command === "first up" || command === "destroy" ? change : look;
}
