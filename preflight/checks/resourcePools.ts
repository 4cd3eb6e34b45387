import type { Check } from "../check";

/**
 * Resource pools that instance classes or `baseResourcePool` name exist in the cluster of each zone.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/
 * main.tf`.
 */
export const resourcePools: Check = {
  name: "resourcePools",
  run(_wanted, { resourcePools: found }) {
    const missing = found.filter(({ exists }) => !exists);
    return {
      facts: found.length,
      findings: missing.map(({ at, path }) => ({
        severity: "error" as const,
        where: at,
        found: JSON.stringify(path),
        wrong: "no such resource pool in vCenter, or this account cannot see it",
        consequence: "and the installer would not find it",
        remedy:
          "create the pool, or correct baseResourcePool or the resourcePool of the instance class",
      })),
    };
  },
};
