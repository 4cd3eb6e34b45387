import {
  failuresOf,
  LookupProvider,
  type CheckResult,
  type ReadResult,
} from "../dynamic/dynamicProvider";
import { asProviderError, ProviderError } from "../dynamic/errors";
import { isSameVCenter, otherVCenter, type VCenterInputs, type VCenterOutputs } from "./identity";

type Outputs = VCenterOutputs;

/**
 * Remembers which vCenter the stack was made in, and changes nothing there. Everything else of the stack waits for its
 * check, so that one sentence stops preview and up when vCenter cannot be used, or is another one; its read stops
 * refresh and destroy.
 */
export class VCenterProvider extends LookupProvider<Outputs> {
  /** Logs in as well: what all resources would fail on is said here, once. */
  override async check(olds: Partial<Outputs>, news: VCenterInputs): Promise<CheckResult<Outputs>> {
    const { server, restoredAs } = news;
    try {
      const instanceUuid = await this.session.read(async (live) => {
        await live.inventoryFor([]);
        return live.instanceUuid();
      });
      const found = { server, restoredAs, instanceUuid };
      return { inputs: found, failures: failuresOf(objections(olds, found)) };
    } catch (error) {
      return {
        inputs: { server, restoredAs, instanceUuid: olds.instanceUuid ?? "" },
        failures: failuresOf([asProviderError(error).message]),
      };
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
    const [objection] = found === undefined ? [] : objections(properties, found);
    if (objection !== undefined) throw new ProviderError(objection);
    return { id, props: properties };
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
