import {
  failuresOf,
  LookupProvider,
  type CheckResult,
  type ReadResult,
} from "../dynamic/dynamicProvider";
import { asProviderError, ProviderError, tell } from "../dynamic/errors";
import type { VCenterSession } from "../dynamic/vcenterSession";
import { UnmadePermissions } from "../kubernetesRole/permission/unmade";
import {
  isSameVCenter,
  otherVCenter,
  type CheckedVCenter,
  type Seen,
  type VCenterInputs,
  type VCenterOutputs,
} from "./identity";
import { lookAround, mayDoWithout, unseen, type Look } from "./preflight";
import { rotatedSecretTexts } from "./rotatedSecrets";
import { findingTexts, soleFindingText, type Finding } from "../../findings/finding";
import { connectionFinding } from "../../preflight/connectionFinding";
import { isVCenterError } from "../../vcenter";

type Outputs = CheckedVCenter;

/**
 * Remembers which vCenter the stack was made in, and changes nothing there. Everything else of the stack waits for its
 * check, so that preview and up stop there, with everything that is wrong, when vCenter cannot be used, is another one or
 * lacks what the stack wants of it; its read stops refresh and destroy.
 */
export class VCenterProvider extends LookupProvider<Outputs> {
  protected readonly topic = "connection";
  readonly #unmade: UnmadePermissions;

  /** @param unmade learns which permissions the last `up` asked for */
  constructor(session: VCenterSession, unmade = new UnmadePermissions()) {
    super(session);
    this.#unmade = unmade;
  }

  /** Says here, once and at once, what all resources would fail on one by one. */
  override async check(olds: Partial<Outputs>, news: VCenterInputs): Promise<CheckResult<Outputs>> {
    const { server, restoredAs, documentSecrets } = news;
    const secrets = documentSecrets === undefined ? {} : { documentSecrets };
    this.#unmade.remember(olds.asked);
    const look = news.look === undefined ? undefined : (JSON.parse(news.look) as Look);
    const recorded = {
      ...{ server, restoredAs, instanceUuid: olds.instanceUuid ?? "", ...seenIn(olds) },
      ...secrets,
    };
    const rotated = rotatedSecretTexts(olds.documentSecrets, documentSecrets);
    try {
      return await this.session.read(async (live) => {
        // Logs in, and asks nothing more of a vCenter that may be another one.
        await live.inventoryFor([]);
        const found = { server, restoredAs, instanceUuid: await live.instanceUuid() };
        const failures = objections(olds, found);
        if (failures.length > 0 || look === undefined) {
          return { inputs: { ...recorded, ...found }, failures: failuresOf(failures) };
        }
        const { seen, errors, remarks } = await lookAround(
          live,
          look,
          seenIn(olds) ?? (olds.instanceUuid === undefined ? "none" : "unknown"),
        );
        tell(...(errors.length > 0 ? [] : rotated), ...remarks);
        return {
          inputs: { ...found, ...seen, ...secrets },
          failures: failuresOf(inOneMessage(errors)),
        };
      });
    } catch (error) {
      if (look !== undefined && mayDoWithout(look) && this.session.isNoNews(error)) {
        this.session.tellAway();
        tell(...rotated);
        return { inputs: { ...recorded, ...unseen(look, seenIn(olds)) }, failures: [] };
      }
      return { inputs: recorded, failures: failuresOf([this.#reason(error)]) };
    }
  }

  /** Refuses another vCenter, without logging in. */
  override async read(id: string, properties: Outputs): Promise<ReadResult<Outputs, Outputs>> {
    const found = await this.inWords(() =>
      this.session.ifReachable(async (live) => ({
        server: this.session.server,
        restoredAs: this.session.restoredAs,
        instanceUuid: await live.instanceUuid(),
      })),
    );
    if (found === undefined) this.session.tellAway();
    const [objection] = found === undefined ? [] : objections(properties, found);
    if (objection !== undefined) throw new ProviderError(objection, undefined);
    return { id, props: properties };
  }

  /** Why vCenter cannot be asked, in the words of `npm run check`. */
  #reason(error: unknown): string {
    return isVCenterError(error)
      ? soleFindingText(connectionFinding(error, this.session.connection))
      : asProviderError(error).message;
  }

  /** Secrets are compared by `check` alone: nothing changes in vCenter with one, and the inputs have it already. */
  protected override kept({ documentSecrets: _secrets, ...inputs }: Outputs): VCenterOutputs {
    return inputs;
  }

  protected override idOf(inputs: Outputs): string {
    return inputs.instanceUuid;
  }
}

/** Why the vCenter that was found must not be used; empty when it may be. */
function objections(recorded: Partial<Outputs>, found: Outputs): string[] {
  const { instanceUuid = "", server } = recorded;
  return isSameVCenter(instanceUuid, found.instanceUuid, found.restoredAs)
    ? []
    : [otherVCenter({ server, instanceUuid }, found)];
}

/** What the preflight of the last up left in the state; undefined where there was none. */
function seenIn({
  asked,
  storagePolicyIds,
  privilegesLeftOut,
  readiness,
}: Partial<Outputs>): Seen | undefined {
  return (
    asked &&
    storagePolicyIds &&
    privilegesLeftOut &&
    readiness && { asked, storagePolicyIds, privilegesLeftOut, readiness }
  );
}

/** One failure with a line for each finding: the engine writes the resource's name before every failure. */
function inOneMessage(errors: readonly Finding[]): string[] {
  if (errors.length === 0) return [];
  const count = errors.length === 1 ? "1 fault" : `${errors.length.toLocaleString("en-US")} faults`;
  return [[`${count} in vCenter; nothing was changed there:`, ...findingTexts(errors)].join("\n")];
}
