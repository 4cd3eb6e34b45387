import {
  containsUnknown,
  failuresOf,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type DynamicProvider,
  type ProviderConfiguration,
  type ReadResult,
} from "../../dynamic/dynamicProvider";
import { ProviderError, asProviderError } from "../../dynamic/errors";
import type { PlannedRoles } from "../permission/plannedRoles";
import type { VCenterSession } from "../../dynamic/vcenterSession";
import type { RoleGuardInputs, RoleGuardOutputs } from "./model";
import { roleInUse } from "./users";

type Bag<Properties> = Properties & { readonly __provider?: unknown };

/** Looks, before a role is deleted, whether others use it, and changes nothing in vCenter. */
export class RoleGuardProvider implements DynamicProvider<RoleGuardInputs, RoleGuardOutputs> {
  readonly #session: VCenterSession;
  readonly #planned: PlannedRoles;

  /** @param planned is told the privileges of each role, for the checks of the permissions that follow */
  constructor(session: VCenterSession, planned: PlannedRoles) {
    this.#session = session;
    this.#planned = planned;
  }

  configure(request: { readonly config: ProviderConfiguration }): void {
    this.#session.configure(request.config);
  }

  check(
    _olds: Partial<RoleGuardInputs>,
    news: RoleGuardInputs,
  ): Promise<CheckResult<RoleGuardInputs>> {
    if (!containsUnknown(news.privileges)) this.#planned.set(news.roleName, news.privileges);
    return Promise.resolve({ inputs: news, failures: failuresOf([]) });
  }

  /** Other privileges of the same role are an update of the role alone. */
  diff(_id: string, olds: Bag<RoleGuardOutputs>, news: Bag<RoleGuardInputs>): Promise<DiffResult> {
    const isSame = olds.role === news.role && olds.__provider === news.__provider;
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
  async delete(_id: string, { role, vCenter }: RoleGuardOutputs): Promise<void> {
    let reason: string | undefined;
    try {
      reason = await this.#session.change(async (_client, live) => {
        await this.#session.requireVCenter(live, vCenter);
        return roleInUse(live, role);
      });
    } catch (error) {
      throw asProviderError(error);
    }
    if (reason !== undefined) throw new ProviderError(reason);
  }

  async #outputs({ role, roleName }: RoleGuardInputs): Promise<RoleGuardOutputs> {
    try {
      const vCenter = await this.#session.read((live) => live.instanceUuid());
      return { role, roleName, vCenter };
    } catch (error) {
      throw asProviderError(error);
    }
  }
}
