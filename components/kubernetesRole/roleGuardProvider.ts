import { findingTexts, type Finding } from "../../findings/finding";
import { comparableName, listed } from "../../findings/text";
import { isVCenterError, kindOf, type Permission } from "../../vcenter";
import {
  containsUnknown,
  failuresOf,
  SessionProvider,
  type Bag,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type DynamicProvider,
  type ReadResult,
} from "../dynamic/dynamicProvider";
import { ProviderError, tell } from "../dynamic/errors";
import type { LiveView } from "../dynamic/liveView";
import type { VCenterSession } from "../dynamic/vcenterSession";
import { roleTexts, type RoleState } from "./changes/roles";
import type { PlannedRoles } from "./permission/check";
import type { RoleGuardInputs, RoleGuardOutputs } from "./kubernetesRole";

/** How many permissions a message names at most. */
const mostUsers = 5;

/** Checks, before a role is deleted, whether others use it, and changes nothing in vCenter. */
export class RoleGuardProvider
  extends SessionProvider
  implements DynamicProvider<RoleGuardInputs, RoleGuardOutputs>
{
  protected readonly topic = "role-in-use";
  readonly #planned: PlannedRoles;

  /** @param planned receives the privileges of each role, for the checks of the permissions that follow */
  constructor(session: VCenterSession, planned: PlannedRoles) {
    super(session);
    this.#planned = planned;
  }

  /** Says what changes of the role, too, of which the vSphere provider's own resource shows positions in a list. */
  check(
    olds: Partial<RoleGuardInputs>,
    news: RoleGuardInputs,
  ): Promise<CheckResult<RoleGuardInputs>> {
    if (!containsUnknown(news.privileges)) {
      this.#planned.set(news.roleName, news.privileges);
      // An old state may hold a role without its privileges.
      const isKnown = olds.roleName === undefined || olds.privileges !== undefined;
      if (isKnown && news.existing !== true) tell(...roleTexts(earlierRole(olds), roleOf(news)));
    }
    const failures = failuresOf(findingTexts(deletedForAnother(olds, news)));
    return Promise.resolve({ inputs: news, failures });
  }

  /** Other privileges of the same role are an update of the role alone. */
  diff(_id: string, olds: Bag<RoleGuardOutputs>, news: Bag<RoleGuardInputs>): Promise<DiffResult> {
    const isSame =
      olds.role === news.role &&
      (olds.existing ?? false) === (news.existing ?? false) &&
      olds.__provider === news.__provider;
    return Promise.resolve({ changes: !isSame });
  }

  async create(inputs: RoleGuardInputs): Promise<CreateResult<RoleGuardOutputs>> {
    return { id: inputs.roleName, outs: await this.#outputs(inputs) };
  }

  async update(
    _id: string,
    _olds: RoleGuardOutputs,
    news: RoleGuardInputs,
  ): Promise<{ readonly outs: RoleGuardOutputs }> {
    return { outs: await this.#outputs(news) };
  }

  read(
    id: string,
    properties: RoleGuardOutputs,
  ): Promise<ReadResult<RoleGuardInputs, RoleGuardOutputs>> {
    return Promise.resolve({ id, props: properties });
  }

  /** @throws ProviderError when others use the role: then the engine does not try to delete it */
  async delete(_id: string, { role, vCenter, existing }: RoleGuardOutputs): Promise<void> {
    if (existing === true) return;
    const reason = await this.inWords(() =>
      this.session.change(async (_client, live) => {
        await this.session.requireVCenter(live, vCenter);
        return roleInUse(live, role);
      }),
    );
    if (reason !== undefined) throw new ProviderError(reason, "role-in-use");
  }

  #outputs({ role, roleName, existing }: RoleGuardInputs): Promise<RoleGuardOutputs> {
    return this.inWords(async () => {
      const vCenter = await this.session.read((live) => live.instanceUuid());
      return { role, roleName, vCenter, ...(existing === true && { existing }) };
    });
  }
}

/** The role as the last `up` left it; undefined before, and where another one made it then. */
function earlierRole({
  roleName,
  privileges,
  existing,
}: Partial<RoleGuardInputs>): RoleState | undefined {
  return roleName === undefined || privileges === undefined || existing === true
    ? undefined
    : roleOf({ roleName, privileges });
}

function roleOf({
  roleName,
  privileges,
}: Pick<RoleGuardInputs, "roleName" | "privileges">): RoleState {
  return { name: roleName, privileges: new Set(privileges) };
}

/**
 * The configuration names another role, which exists, in place of one that the stack made. The engine would read the other
 * one in its place and delete the stack's own, without asking who uses it; where the name is the same, it lets go of it
 * (pulumi/pulumi, GenerateReadSteps of the step generator).
 */
function deletedForAnother(
  { roleName, existing = false }: Partial<RoleGuardInputs>,
  news: RoleGuardInputs,
): Finding[] {
  if (roleName === undefined || existing || news.existing !== true) return [];
  if (comparableName(roleName) === comparableName(news.roleName)) return [];
  return [
    {
      severity: "error",
      where: "role.name",
      found: JSON.stringify(news.roleName),
      wrong: `this stack made the role ${roleName}, and would delete it for one that exists`,
      consequence: "and whoever else was granted it would lose it",
      remedy:
        `do it in two steps: write ${roleName} with existing: true and run pulumi up, by which the stack lets go of it and it ` +
        `stays in vCenter; then write ${news.roleName}`,
    },
  ];
}

/**
 * Says who uses a role and where, so that it cannot be deleted; undefined when nobody does, or when this account may
 * not see all permissions. vCenter does not list Global Permissions among them.
 *
 * @param id of the role
 * @throws VCenterError for everything but a missing privilege
 */
async function roleInUse(live: LiveView, id: string): Promise<string | undefined> {
  const users = await permissionsWith(live, Number(id));
  const role = users.length === 0 ? undefined : await live.role(Number(id));
  if (role === undefined) return undefined;
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
    return await live.permissionsWithRole(id);
  } catch (error) {
    if (isVCenterError(error, "noPermission")) return [];
    throw error;
  }
}
