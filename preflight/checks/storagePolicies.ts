import type { Finding } from "../../findings/finding";
import { nearest } from "../../findings/text";
import type { StoragePolicy } from "../../vcenter";
import type { Check } from "../check";
import { policiesMeant, policyOf, type PolicyChoice } from "../storagePolicyIds";

/** A vCenter with more policies than this has only the nearest named in a message. */
const mostNames = 6;

/**
 * The storage policy of each cluster exists, by its name or its id, and its name is that of no other.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (`storagePolicyID`).
 */
export const storagePolicies: Check = {
  name: "storagePolicies",
  run({ configuration }, { storagePolicies: known }) {
    const places = new Map<string, { readonly policy: PolicyChoice; readonly regions: number[] }>();
    for (const [index, region] of configuration.regions.entries()) {
      const policy = policyOf(region);
      if (policy === undefined) continue;
      const key = JSON.stringify([policy.id, policy.name]);
      const place = places.get(key) ?? { policy, regions: [] };
      place.regions.push(index);
      places.set(key, place);
    }
    const wanted = [...places.values()];
    return {
      facts: wanted.length,
      findings: wanted.flatMap(({ policy, regions }) => faultOf(policy, regions, known)),
    };
  },
};

function faultOf(
  policy: PolicyChoice,
  [first = 0, ...others]: readonly number[],
  known: readonly StoragePolicy[] | undefined,
): Finding[] {
  const key = policy.id === undefined ? "name" : "id";
  const also =
    others.length === 0 ? "" : ` (also of ${others.map((one) => `regions[${one}]`).join(", ")})`;
  const fault = (wrong: string, consequence: string, remedy: string): Finding[] => [
    {
      severity: "error",
      where: `regions[${first}].clusterConfiguration.storagePolicy.${key}`,
      found: JSON.stringify(policy[key]),
      wrong: `${wrong}${also}`,
      consequence,
      remedy,
    },
  ];
  if (known === undefined) {
    return fault(
      "this account may not list storage policies",
      key === "name"
        ? "so its id, which the documents need, cannot be found"
        : "so nobody can tell whether the installer would find it",
      "grant the account StorageProfile.View on the root folder, or use another account",
    );
  }
  const meant = policiesMeant(policy, known);
  if (meant.length === 1) return [];
  if (meant.length === 0) {
    return fault(
      `vCenter has no storage policy with this ${key}, or this account cannot see it`,
      "and the installer could not make the nodes' disks",
      remedyFor(known, policy.name),
    );
  }
  return fault(
    `${meant.length} storage policies have this name`,
    "and nobody can tell which is meant",
    `write storagePolicy.id instead: ${meant.map(({ id }) => id).join(" or ")}`,
  );
}

/** All names where there are few, otherwise the one that may have been meant. */
function remedyFor(policies: readonly StoragePolicy[], wanted: string | undefined): string {
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
