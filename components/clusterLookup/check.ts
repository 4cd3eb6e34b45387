import { foldableOf, folded, foldedSentences, type Foldable } from "../../findings/folding";
import { lookUp } from "../dynamic/findObject";
import type { LiveView } from "../dynamic/liveView";
import { datastoreFaults } from "./datastores";
import type { ClusterLookupInputs } from "./model";
import { folderNameWarnings } from "./folderNames";
import { findMounts } from "./mounts";
import { networkFaults } from "./networks";
import { resourcePoolFaults, vmFolderFaults, vmFolderWarnings } from "./places";
import { spellingFaults } from "./spelling";
import { findStoragePolicy } from "./storagePolicy";
import { templateFaults } from "./templates";

/** What a look has found. */
export interface ClusterFindings {
  /** What would break the installation, one sentence each, many of a kind folded. */
  readonly failures: readonly string[];
  /** What may be as it should be, folded as well. */
  readonly warnings: readonly string[];
  /** Empty when the documents name no storage policy, or one that is not there. */
  readonly storagePolicyId: string;
}

/**
 * Looks for everything that the documents of a cluster name. Without the datacenter nothing of it can be there, and that
 * alone is told.
 *
 * @throws VCenterError when vCenter cannot be asked
 */
export async function checkCluster(
  live: LiveView,
  inputs: ClusterLookupInputs,
): Promise<ClusterFindings> {
  const [objects, policy] = await Promise.all([
    checkObjects(live, inputs),
    findStoragePolicy(live, inputs),
  ]);
  return {
    failures: folded([
      ...objects.failures,
      ...("fault" in policy ? [policy.fault].map(foldableOf) : []),
    ]),
    warnings: foldedSentences(distinct(objects.warnings)),
    storagePolicyId: "id" in policy ? policy.id : "",
  };
}

/** What a look at the inventory has found, before it is folded. */
interface ObjectFindings {
  readonly failures: readonly Foldable[];
  readonly warnings: readonly string[];
}

async function checkObjects(live: LiveView, inputs: ClusterLookupInputs): Promise<ObjectFindings> {
  const inventory = await live.inventory();
  const found = lookUp(inventory, inputs.datacenter, ["datacenter"]);
  if ("fault" in found) {
    return { failures: [found.fault], warnings: [] };
  }
  // What is in it has the path that vCenter has, which may be in another Unicode form than the documents'.
  const located = { ...inputs, datacenter: found.object.path };
  const [mounts, pools, templates] = await Promise.all([
    findMounts(live, inventory, inputs.datastores),
    resourcePoolFaults(live, inputs.resourcePools),
    templateFaults(live, inputs.templates),
  ]);
  return {
    failures: [
      ...networkFaults(inventory, located),
      ...datastoreFaults(inventory, located),
      ...mounts.failures,
      ...distinct([
        ...pools,
        ...vmFolderFaults(inventory, located),
        ...templates,
        ...spellingFaults(inventory, inputs),
      ]).map(foldableOf),
    ],
    warnings: [
      ...mounts.warnings,
      ...vmFolderWarnings(inventory, inputs.vmFolder),
      ...folderNameWarnings(inventory, located.datacenter),
    ],
  };
}

function distinct(sentences: readonly string[]): string[] {
  return [...new Set(sentences)];
}
