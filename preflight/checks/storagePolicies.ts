import { nearest } from "../../findings/text";
import type { Check } from "../check";

/**
 * The storage policy of each cluster exists, by its name or its id.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (`storagePolicyID`).
 */
export const storagePolicies: Check = {
  name: "storagePolicies",
  run({ configuration }, { storagePolicies: known }) {
    const wanted = configuration.regions.flatMap(({ cluster }, index) => {
      const policy = cluster?.controlPlane === "vSphere" ? cluster.storagePolicy : undefined;
      return policy === undefined ? [] : [{ at: `regions[${index}], storagePolicy`, policy }];
    });
    if (known === undefined && wanted.length > 0) {
      return {
        findings: [],
        facts: 0,
        skipped: "this account may not list storage policies (StorageProfile.View on the root)",
      };
    }
    return {
      facts: wanted.length,
      findings: wanted
        .filter(
          ({ policy }) =>
            !(known ?? []).some(({ id, name }) => id === policy.id || name === policy.name),
        )
        .map(({ at, policy }) => {
          const meant = nearest(
            policy.name ?? "",
            (known ?? []).map(({ name }) => name),
          );
          return {
            severity: "error" as const,
            where: at,
            found: JSON.stringify(policy.name ?? policy.id),
            wrong: "vCenter has no such storage policy, or this account cannot see it",
            consequence: "and the installer could not make the nodes' disks",
            remedy: `correct the name or the id${meant === undefined ? "" : ` (the nearest that exists is ${meant})`}`,
          };
        }),
    };
  },
};
