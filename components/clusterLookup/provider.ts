import { findingTexts, type Finding } from "../../findings/finding";
import { LookupProvider, type CheckResult } from "../dynamic/dynamicProvider";
import { tell } from "../dynamic/errors";
import { lookUp } from "../dynamic/findObject";
import type { LiveView } from "../dynamic/liveView";
import type { ClusterLookupInputs, ClusterLookupOutputs } from "./clusterLookup";
import { datastoreFaults, mountFindings } from "./datastores";
import { folderNameWarnings, spellingFaults, findStoragePolicy } from "./names";
import { networkFaults } from "./networks";
import { resourcePoolFaults, templateFaults, vmFolderFaults, vmFolderWarnings } from "./places";

type Outputs = ClusterLookupOutputs;

/**
 * Checks whether vCenter has what the documents of a cluster name, and changes nothing there. It looks in `check` alone,
 * which the engine calls at every preview: what is missing is a failure, never a change that an update could make.
 */
export class ClusterLookupProvider extends LookupProvider<Outputs> {
  override check(
    _olds: Partial<Outputs>,
    news: ClusterLookupInputs,
  ): Promise<CheckResult<Outputs>> {
    return this.checked<Outputs>(
      async () => {
        const { findings, storagePolicyId } = await this.session.read((live) =>
          checkCluster(live, news),
        );
        // Shown as messages of the preview, also beside failures.
        tell(...findingTexts(findings.filter(({ severity }) => severity === "warning")));
        return {
          inputs: { ...news, storagePolicyId },
          findings: findings.filter(({ severity }) => severity === "error"),
        };
      },
      { ...news, storagePolicyId: "" },
    );
  }

  protected override idOf(inputs: Outputs): string {
    return inputs.region;
  }
}

/** What a look has found. */
interface ClusterFindings {
  /** Errors would break the installation; warnings may be as intended. */
  readonly findings: readonly Finding[];
  /** Empty when the documents name no storage policy, or one that does not exist. */
  readonly storagePolicyId: string;
}

/**
 * Looks for everything that the documents of a cluster name. Without the datacenter nothing of it can exist, and that
 * alone is reported.
 *
 * @throws VCenterError when vCenter cannot be asked
 */
async function checkCluster(live: LiveView, inputs: ClusterLookupInputs): Promise<ClusterFindings> {
  const [objects, policy] = await Promise.all([
    objectFindings(live, inputs),
    findStoragePolicy(live, inputs),
  ]);
  return {
    // One datastore may be wanted for masters and for others, and one folder may hold several things.
    findings: distinct([...objects, ...("fault" in policy ? [policy.fault] : [])]),
    storagePolicyId: "id" in policy ? policy.id : "",
  };
}

async function objectFindings(live: LiveView, inputs: ClusterLookupInputs): Promise<Finding[]> {
  const inventory = await live.inventory();
  const found = lookUp(inventory, inputs.datacenter, ["datacenter"]);
  if ("fault" in found) return [found.fault];
  // The contents have the datacenter's path in vCenter, which may be in another Unicode form than the documents'.
  const located = { ...inputs, datacenter: found.object.path };
  const [mounts, pools, templates] = await Promise.all([
    mountFindings(live, inventory, inputs.datastores),
    resourcePoolFaults(live, inputs.resourcePools),
    templateFaults(live, inputs.templates),
  ]);
  return [
    ...networkFaults(inventory, located),
    ...datastoreFaults(inventory, located),
    ...mounts,
    ...pools,
    ...vmFolderFaults(inventory, located),
    ...templates,
    ...spellingFaults(inventory, inputs),
    ...vmFolderWarnings(inventory, inputs.vmFolder),
    ...folderNameWarnings(inventory, located.datacenter),
  ];
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [`${one.where}: ${one.wrong}`, one])).values()];
}
