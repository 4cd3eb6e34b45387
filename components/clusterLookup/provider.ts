import { failuresOf, type CheckResult } from "../dynamic/dynamicProvider";
import { asProviderError } from "../dynamic/errors";
import { LookupProvider } from "../dynamic/lookupProvider";
import { checkCluster } from "./check";
import type { ClusterLookupInputs, ClusterLookupOutputs } from "./model";
import { tell } from "../dynamic/tell";

type Outputs = ClusterLookupOutputs;

/**
 * Looks whether vCenter has what the documents of a cluster name, and changes nothing there. It looks in `check` alone,
 * which the engine calls at every preview: what is missing is a fault, and never a change that an update could make.
 */
export class ClusterLookupProvider extends LookupProvider<Outputs> {
  override async check(
    _olds: Partial<Outputs>,
    news: ClusterLookupInputs,
  ): Promise<CheckResult<Outputs>> {
    try {
      const { failures, warnings, storagePolicyId } = await this.session.read((live) =>
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

  protected override idOf(inputs: Outputs): string {
    return inputs.region;
  }

  protected override plain(inputs: Outputs): Outputs {
    const { region, datacenter, networks, datastores, resourcePools } = inputs;
    const { vmFolder, templates, storagePolicy, storagePolicyId } = inputs;
    return {
      ...{ region, datacenter, networks, datastores, resourcePools, vmFolder, templates },
      ...(storagePolicy === undefined ? {} : { storagePolicy }),
      storagePolicyId,
    };
  }
}
