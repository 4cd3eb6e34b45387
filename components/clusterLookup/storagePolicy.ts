import { nearest } from "../../findings/nearest";
import { isVCenterError, type StoragePolicy } from "../../vcenter";
import type { LiveView } from "../dynamic/liveView";
import type { ClusterLookupInputs, StoragePolicyChoice } from "./model";
import { isSameName } from "../../findings/text";

/** A vCenter with more policies than this has only the nearest named in a message. */
const mostNames = 6;

/** The id of the policy, or what is wrong with the choice. */
export type StoragePolicyFinding = { readonly id: string } | { readonly fault: string };

/**
 * Finds the storage policy that the documents of a cluster name: its id, which is what Deckhouse takes. Asks nothing
 * when they name none.
 *
 * @throws VCenterError for all but a missing privilege, which is a finding as well
 */
export async function findStoragePolicy(
  live: LiveView,
  { region, storagePolicy }: Pick<ClusterLookupInputs, "region" | "storagePolicy">,
): Promise<StoragePolicyFinding> {
  if (storagePolicy === undefined) return { id: "" };
  const key = "name" in storagePolicy ? "name" : "id";
  const found = "name" in storagePolicy ? storagePolicy.name : storagePolicy.id;
  const subject = `storagePolicy.${key} of the cluster of ${region}: found "${found}"`;
  try {
    const finding = choose(await live.storagePolicies(), storagePolicy);
    return "id" in finding ? finding : { fault: `${subject}: ${finding.fault}` };
  } catch (error) {
    if (!isVCenterError(error, "noPermission")) throw error;
    return {
      fault:
        `${subject}: this account may not list the storage policies (${error.answer}), and nobody can tell whether ` +
        `there is such a one: ${error.remedy}`,
    };
  }
}

/** Finds the policy among all that vCenter has. */
export function choose(
  policies: readonly StoragePolicy[],
  choice: StoragePolicyChoice,
): StoragePolicyFinding {
  if ("id" in choice) {
    return policies.some(({ id }) => id === choice.id)
      ? { id: choice.id }
      : { fault: `vCenter has no storage policy of this id, ${consequence}: ${remedy(policies)}` };
  }
  const [policy, ...others] = policies.filter(({ name }) => isSameName(name, choice.name));
  if (policy === undefined) {
    return {
      fault: `vCenter has no storage policy of this name, ${consequence}: ${remedy(policies, choice.name)}`,
    };
  }
  const ids = [policy, ...others].map(({ id }) => id);
  return others.length === 0
    ? { id: policy.id }
    : {
        fault:
          `${ids.length} storage policies have this name, and nobody can tell which is meant: write storagePolicy.id ` +
          `in its place: ${ids.join(" or ")}`,
      };
}

const consequence = "and the installer could make no root disk";

/** All names where there are few, otherwise the one that may have been meant. */
function remedy(policies: readonly StoragePolicy[], wanted?: string): string {
  const names = [...new Set(policies.map(({ name }) => name))];
  if (names.length === 0) return "make a storage policy in vCenter, or leave storagePolicy out";
  const meant = wanted === undefined ? undefined : nearest(wanted, names);
  const shown = names.length <= mostNames ? names : meant === undefined ? [] : [meant];
  const list = shown.map((name) => `"${name}"`).join(", ");
  if (shown.length === names.length) return `write storagePolicy.name, one of ${list}`;
  const hint = "`govc storage.policy.ls` lists all";
  return list === ""
    ? `write storagePolicy.name as vCenter has it (${hint} ${names.length})`
    : `write storagePolicy.name: ${list} (${hint} ${names.length})`;
}
