import { isDeepStrictEqual } from "node:util";

import {
  failuresOf,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type DynamicProvider,
  type ProviderConfiguration,
  type ReadResult,
} from "../dynamicProvider";
import { asProviderError } from "../errors";
import type { VCenterSession } from "../vcenterSession";
import { checkCluster } from "./check";
import type { ClusterLookupInputs, ClusterLookupOutputs } from "./model";
import { tell } from "../tell";

type Outputs = ClusterLookupOutputs;
type Bag<Properties> = Properties & { readonly __provider?: unknown };

/**
 * Looks whether vCenter has what the documents of a cluster name, and changes nothing there. It looks in `check` alone,
 * which the engine calls at every preview: what is missing is a fault, and never a change that an update could make.
 */
export class ClusterLookupProvider implements DynamicProvider<Outputs, Outputs> {
  readonly #session: VCenterSession;

  constructor(session: VCenterSession) {
    this.#session = session;
  }

  configure(request: { readonly config: ProviderConfiguration }): void {
    this.#session.configure(request.config);
  }

  async check(_olds: Partial<Outputs>, news: ClusterLookupInputs): Promise<CheckResult<Outputs>> {
    try {
      const { failures, warnings, storagePolicyId } = await this.#session.read((live) =>
        checkCluster(live, news),
      );
      // Shown as messages of the preview.
      for (const sentence of warnings) tell(sentence);
      return { inputs: { ...news, storagePolicyId }, failures: failuresOf(failures) };
    } catch (error) {
      return {
        inputs: { ...news, storagePolicyId: "" },
        failures: failuresOf([asProviderError(error).message]),
      };
    }
  }

  diff(_id: string, olds: Bag<Outputs>, news: Bag<Outputs>): Promise<DiffResult> {
    const isSame =
      olds.__provider === news.__provider && isDeepStrictEqual(plain(olds), plain(news));
    return Promise.resolve({ changes: !isSame });
  }

  create(inputs: Outputs): Promise<CreateResult<Outputs>> {
    return Promise.resolve({ id: inputs.region, outs: plain(inputs) });
  }

  update(_id: string, _olds: Outputs, news: Outputs): Promise<{ readonly outs: Outputs }> {
    return Promise.resolve({ outs: plain(news) });
  }

  /** What was looked for stays to be looked for. */
  read(id: string, properties: Outputs): Promise<ReadResult<Outputs, Outputs>> {
    return Promise.resolve({ id, props: properties });
  }

  /** There is nothing to take back. */
  delete(): Promise<void> {
    return Promise.resolve();
  }
}

/** The inputs alone, without what the engine adds to a property bag. */
function plain(inputs: Outputs): Outputs {
  const { region, datacenter, networks, datastores, resourcePools } = inputs;
  const { vmFolder, templates, storagePolicy, storagePolicyId } = inputs;
  return {
    ...{ region, datacenter, networks, datastores, resourcePools, vmFolder, templates },
    ...(storagePolicy === undefined ? {} : { storagePolicy }),
    storagePolicyId,
  };
}
