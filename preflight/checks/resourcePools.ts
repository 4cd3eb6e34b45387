import { kindOf } from "../../vcenter/offline";
import { withoutCauses } from "../causes";
import type { Check } from "../check";

/**
 * Resource pools that instance classes or `baseResourcePool` name exist in the cluster of each zone.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/
 * main.tf`.
 */
export const resourcePools: Check = {
  name: "resourcePools",
  run({ names }, { inventory, resourcePools: found }) {
    const places = new Map(names.map((name) => [`${name.at} ${name.path}`, name]));
    const pools = found.map((pool) => ({ ...places.get(`${pool.at} ${pool.path}`), ...pool }));
    const { sought, skipped } = withoutCauses(inventory, pools, ["pool", "pools"]);
    return {
      facts: sought.length,
      findings: sought
        .filter(({ exists }) => !exists)
        .map(({ at, path, instead }) => ({
          severity: "error" as const,
          where: at,
          found: JSON.stringify(inventory.realPath(path)),
          wrong:
            instead === undefined
              ? "no such resource pool in vCenter, or this account cannot see it"
              : `it is ${kindOf(instead)}, not a resource pool`,
          consequence: "and the installer would not find it",
          remedy:
            "create the pool, or correct baseResourcePool or the resourcePool of the instance class",
        })),
      skipped,
    };
  },
};
