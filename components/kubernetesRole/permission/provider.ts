import { objectKey, type VCenterClient } from "../../../vcenter";
import { toDomainPrincipal } from "../../../findings/principals";
import { ifInterrupted } from "../../../preflight/adoption";
import {
  containsUnknown,
  SessionProvider,
  unknownValue,
  type Bag,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type DynamicProvider,
  type ReadResult,
} from "../../dynamic/dynamicProvider";
import { driftText } from "../../../findings/change";
import { Done } from "../../dynamic/done";
import { asProviderError, PartialFailure, ProviderError, tell } from "../../dynamic/errors";
import { isAnotherObject } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import type { VCenterSession } from "../../dynamic/vcenterSession";
import type { PermissionInputs, PermissionOutputs } from "../kubernetesRole";
import { checkPermission, objection, PlannedRoles } from "./check";
import { changeOf, confirm, isRefused } from "./change";
import {
  changedIdentity,
  describeDifference,
  findRecordedRule,
  findRule,
  hiddenPermission,
  isAsWanted,
  leadsElsewhere,
  locate,
  meansAnother,
  objectOf,
  roleNameOf,
  ruleKey,
  withRealPath,
} from "./rule";
import { UnmadePermissions } from "./unmade";

type Inputs = PermissionInputs;
type Outputs = PermissionOutputs;

/**
 * One permission: one principal, one object, one role. It never reads or writes anybody else's permission on the object
 * (the provider's own EntityPermissions removes them: pulumi/pulumi-vsphere, terraform-provider-vsphere#1517).
 */
export class PermissionProvider
  extends SessionProvider
  implements DynamicProvider<Inputs, Outputs>
{
  protected readonly topic = "permission";
  readonly #planned: PlannedRoles;
  readonly #unmade: UnmadePermissions;
  readonly #done: Done;
  /**
   * The rules that this process granted. When an object was renamed, or a principal is spelled in another way, the
   * engine makes a new resource and deletes the old one afterwards: both mean the same rule, and it must stay.
   */
  readonly #granted = new Set<string>();
  /**
   * The rules that the program asks for in this process: one that an interrupted up granted is not granted again, and the
   * old resource that means it is deleted in this up. A destroy checks nothing.
   */
  readonly #wanted = new Set<string>();

  /**
   * @param planned what is known of roles that are yet to be made
   * @param shared what is known of permissions that the last `up` did not get to, and who counts what is done
   */
  constructor(
    session: VCenterSession,
    planned = new PlannedRoles(),
    { unmade = new UnmadePermissions(), done = new Done() } = {},
  ) {
    super(session);
    this.#planned = planned;
    this.#unmade = unmade;
    this.#done = done;
  }

  check(olds: Partial<Inputs>, news: Inputs): Promise<CheckResult<Inputs>> {
    const look = async (live: LiveView) => {
      const inputs = await withRealPath(live, olds, news);
      const isNew =
        changedIdentity(olds, inputs).length > 0 || (await leadsElsewhere(live, olds, inputs));
      // One that was there before is not the stack's to change, however long it has been used.
      const isOthers = isNew || olds.found === true;
      const findings = await checkPermission(live, inputs, isOthers, this.#planned);
      if (findings.length > 0) return { inputs, findings };
      await this.#want(live, inputs);
      const isFound = await isThere(live, inputs, isNew ? inputs.existing : olds.found);
      if (isNew && isFound) tell(`${keptPermission(inputs)}. ${ifInterrupted}`);
      // One that an interrupted up did set is there, and was told above or is a finding.
      const isAsked = olds.path === undefined && this.#unmade.isAsked(news);
      if (isAsked && !(await isThere(live, inputs, true))) tell(this.#unmade.sentence(news));
      return { inputs: isFound ? { ...inputs, found: true } : inputs, findings };
    };
    return this.checked<Inputs>(() => this.session.read(look), news);
  }

  /** Compares with vCenter itself, not only with the state: a plain preview shows what somebody changed by hand. */
  async diff(_id: string, olds: Bag<Outputs>, news: Bag<Inputs>): Promise<DiffResult> {
    const replaces: string[] = changedIdentity(olds, news);
    if (replaces.length === 0) {
      const another = await this.#look(olds, (live) => meansAnother(live, olds, news));
      replaces.push(...(another ?? []));
    }
    if (replaces.length > 0) return { changes: true, replaces };
    // Said by the refresh that found it.
    if (olds.drift !== "") return { changes: true };
    const difference = await this.#look(olds, async (live) => {
      const place = await locate(live, olds);
      return typeof place === "string" ? undefined : describeDifference(live, place, olds);
    });
    tell(difference && driftText(difference));
    const changed =
      containsUnknown(news) ||
      olds.role !== news.role ||
      olds.roleName !== news.roleName ||
      olds.propagate !== news.propagate ||
      olds.__provider !== news.__provider;
    return { changes: changed || difference !== undefined };
  }

  async create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    const id = `${toDomainPrincipal(inputs.principal)} on ${inputs.path}`;
    return { id, outs: await this.#set(id, inputs, undefined) };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<{ readonly outs: Outputs }> {
    return { outs: await this.#set(id, news, olds) };
  }

  /**
   * Keeps what was granted, so that only that is ever taken back, and says beside it how vCenter differs. An empty id
   * when the permission is surely gone; an object that cannot be found proves nothing.
   */
  async read(id: string, properties: Outputs): Promise<ReadResult<Inputs, Outputs>> {
    const asRecorded = { id, props: properties };
    const found = await this.#look(properties, async (live) => {
      const place = await locate(live, properties);
      if (typeof place === "string") {
        if (place === "hidden") tell(hiddenPermission(properties));
        return asRecorded;
      }
      const rule = await findRecordedRule(live, place, properties);
      const difference = await describeDifference(live, place, properties);
      tell(difference && driftText(difference));
      if (rule === undefined) {
        this.#unmade.forget(properties);
        return { id: "", props: properties };
      }
      const { roleId, propagate } = rule;
      const roleName = await roleNameOf(live, rule);
      return {
        id,
        props: { ...properties, drift: difference ?? "" },
        inputs: {
          ...inputsOf({ ...properties, role: String(roleId), roleName, propagate }),
          ...(properties.found === true && { found: true }),
        },
      };
    });
    return found ?? asRecorded;
  }

  /** Removes the permission if it is still ours: a rule that has another role by now is somebody else's decision. */
  async delete(_id: string, properties: Outputs): Promise<void> {
    if (properties.found === true) {
      tell(keptPermission(properties));
      return;
    }
    await this.#changing(properties, async (client, live) => {
      await this.session.requireVCenter(live, properties.vCenter);
      const object = await locate(live, properties);
      if (object === "hidden") {
        throw new ProviderError(hiddenPermission(properties), "permission");
      }
      if (object === "missing" || this.#isKept(ruleKey(object, properties))) {
        return;
      }
      const rule = await findRecordedRule(live, object, properties);
      if (rule === undefined) {
        return;
      }
      if (String(rule.roleId) !== properties.role) {
        tell(
          `${object.path}: the permission of ${properties.principal} now has the role ${await roleNameOf(live, rule)}, ` +
            "which this stack did not give: it stays",
        );
        return;
      }
      await changeOf(live, object, () =>
        client.authorization.removePermission(object, rule.principal, rule.group),
      );
      this.#done.add("removed");
    });
  }

  async #want(live: LiveView, inputs: Inputs): Promise<void> {
    if (inputs.path === unknownValue || inputs.principal === unknownValue) return;
    const found = objectOf(await live.inventoryFor([inputs.path]), inputs);
    if ("object" in found) this.#wanted.add(ruleKey(found.object, inputs));
  }

  #isKept(rule: string): boolean {
    return this.#granted.has(rule) || this.#wanted.has(rule);
  }

  /**
   * Sets the rule, and believes it only when vCenter shows it.
   *
   * @throws PartialFailure when the rule may be there although this failed: it stays recorded, so that it can be removed
   */
  async #set(id: string, inputs: Bag<Inputs>, recorded: Outputs | undefined): Promise<Outputs> {
    return this.#changing(inputs, async (client, live) => {
      await this.session.requireVCenter(live, recorded?.vCenter ?? "");
      const found = objectOf(await live.inventoryFor([inputs.path]), inputs);
      const isNew =
        recorded === undefined ||
        recorded.found === true ||
        ("object" in found && (await isAnotherObject(live, recorded, found.object)));
      const reason = objection(await checkPermission(live, inputs, isNew, this.#planned));
      // A missing object is one of the reasons.
      if (reason !== undefined || "fault" in found) {
        throw new ProviderError(reason ?? "", "permission");
      }
      const { object } = found;
      // What was there before is recorded, and not set: so nobody else's permission can become the stack's by this.
      const isFound = await isThere(
        live,
        inputs,
        recorded === undefined ? inputs.existing : recorded.found,
      );
      const outputs = {
        ...inputsOf(inputs),
        ...(isFound && { found: true }),
        vCenter: await live.instanceUuid(),
        reference: objectKey(object),
        drift: "",
      };
      if (isFound) return outputs;
      try {
        await changeOf(live, object, () =>
          client.authorization.setPermission(object, {
            principal: toDomainPrincipal(inputs.principal),
            group: inputs.group,
            roleId: Number(inputs.role),
            propagate: inputs.propagate,
          }),
        );
        this.#granted.add(ruleKey(object, inputs));
        await confirm(live, object, inputs);
        this.#done.add("granted");
      } catch (error) {
        if (isRefused(error)) throw error;
        // The engine's process adds this line to the outputs of a success only, and finds the provider by it later.
        const properties = { ...outputs, __provider: inputs.__provider };
        throw new PartialFailure(id, properties, [asProviderError(error).message]);
      }
      return outputs;
    });
  }

  async #changing<T>(
    permission: Pick<Inputs, "principal" | "path">,
    change: (client: VCenterClient, live: LiveView) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.inWords(() => this.session.changeOneOfMany(change));
    } catch (error) {
      this.#done.fail(`permission of ${permission.principal} on ${permission.path}`);
      throw error;
    }
  }

  /** What `use` finds in the vCenter of a recorded permission; undefined where nothing can be found out. */
  #look<T>({ vCenter }: Outputs, use: (live: LiveView) => Promise<T>): Promise<T | undefined> {
    return this.inWords(() => this.session.refresh(vCenter, use));
  }
}

/**
 * Whether the permission is in vCenter just as wanted, and was before the stack.
 *
 * @param isExpected whether it is one that others may have set
 */
async function isThere(
  live: LiveView,
  inputs: Inputs,
  isExpected: boolean | undefined,
): Promise<boolean> {
  if (isExpected !== true || containsUnknown(inputs)) return false;
  const found = objectOf(await live.inventoryFor([inputs.path]), inputs);
  return "object" in found && isAsWanted(await findRule(live, found.object, inputs), inputs);
}

/** The inputs alone, without what the engine and the state add. */
function inputsOf({
  path,
  kinds,
  principal,
  group,
  role,
  roleName,
  existing,
  propagate,
}: Inputs): Inputs {
  return {
    ...{ path, principal, group, role, roleName, propagate },
    ...(kinds !== undefined && { kinds }),
    ...(existing === true && { existing }),
  };
}

/** Says of a permission that the stack uses and never takes back, because it was there before. */
function keptPermission({ path, principal, roleName }: Inputs): string {
  return `${path}: the permission of ${principal} with the role ${roleName} was there before this stack, and stays`;
}
