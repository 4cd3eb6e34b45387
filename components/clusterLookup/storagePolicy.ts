import type { ClusterLookupInputs } from "./clusterLookup";
import type { LiveView } from "../dynamic/liveView";
import { finding, type Finding } from "../../findings/finding";
import { nearest, isSameName } from "../../findings/text";
import { isVCenterError, type StoragePolicy } from "../../vcenter";

/** A vCenter with more policies than this has only the nearest named in a message. */
const mostNames = 6;

/** The id of the policy, or what is wrong with the choice. */
export type StoragePolicyFinding = { readonly id: string } | { readonly fault: Finding };

const consequence = "and the installer could not create root disks";

/**
 * Finds the storage policy that the documents of a cluster name: its id, which is what Deckhouse takes. Asks nothing
 * when they name none.
 *
 * @throws VCenterError for everything but a missing privilege, which is a finding as well
 */
export async function findStoragePolicy(
  live: LiveView,
  { region, storagePolicy }: Pick<ClusterLookupInputs, "region" | "storagePolicy">,
): Promise<StoragePolicyFinding> {
  if (storagePolicy === undefined) return { id: "" };
  const [key, found] =
    "id" in storagePolicy ? ["id", storagePolicy.id] : ["name", storagePolicy.name];
  const fault = (wrong: string, remedy: string): StoragePolicyFinding => ({
    fault: finding(`storagePolicy.${key} of the cluster of ${region}`, found, wrong, remedy),
  });
  let policies: readonly StoragePolicy[];
  try {
    policies = await live.storagePolicies();
  } catch (error) {
    if (!isVCenterError(error, "noPermission")) throw error;
    return fault(
      `this account may not list the storage policies (${error.answer}), so it cannot be told whether this one exists`,
      error.remedy,
    );
  }
  if ("id" in storagePolicy) {
    return policies.some(({ id }) => id === storagePolicy.id)
      ? { id: storagePolicy.id }
      : fault(`vCenter has no storage policy with this id, ${consequence}`, remedy(policies));
  }
  const [policy, ...others] = policies.filter(({ name }) => isSameName(name, storagePolicy.name));
  if (policy === undefined) {
    return fault(
      `vCenter has no storage policy with this name, ${consequence}`,
      remedy(policies, storagePolicy.name),
    );
  }
  if (others.length === 0) return { id: policy.id };
  const ids = [policy, ...others].map(({ id }) => id);
  return fault(
    `${ids.length} storage policies have this name, and nobody can tell which is meant`,
    `write storagePolicy.id instead: ${ids.join(" or ")}`,
  );
}

/** All names where there are few, otherwise the one that may have been meant. */
function remedy(policies: readonly StoragePolicy[], wanted?: string): string {
  const names = [...new Set(policies.map(({ name }) => name))];
  if (names.length === 0) return "create a storage policy in vCenter, or leave storagePolicy out";
  const meant = wanted === undefined ? undefined : nearest(wanted, names);
  const shown = names.length <= mostNames ? names : meant === undefined ? [] : [meant];
  const list = shown.map((name) => `"${name}"`).join(", ");
  if (shown.length === names.length) return `write storagePolicy.name, one of ${list}`;
  const hint = "`govc storage.policy.ls` lists all";
  return list === ""
    ? `write storagePolicy.name as vCenter has it (${hint} ${names.length})`
    : `write storagePolicy.name: ${list} (${hint} ${names.length})`;
}
