import type { Check } from "../check";
import { zonesWithClusters } from "../zones";

/**
 * DRS is on where Deckhouse makes a resource pool: without it a cluster has none but its root pool.
 *
 * Source: deckhouse/deckhouse#656.
 */
export const distributedResourceScheduler: Check = {
  name: "distributedResourceScheduler",
  run(wanted, facts) {
    const makers = new Set(
      wanted.configuration.regions.flatMap(({ name, cluster }) =>
        cluster?.controlPlane === "vSphere" && cluster.useNestedResourcePool !== false
          ? [name]
          : [],
      ),
    );
    const zones = zonesWithClusters(wanted, facts).filter(({ region }) => makers.has(region));
    return {
      facts: zones.length,
      findings: zones
        .filter(({ cluster }) => cluster.isDrsEnabled === false)
        .map(({ at, path }) => ({
          severity: "error" as const,
          where: `${at}.cluster`,
          found: JSON.stringify(path),
          wrong: "DRS is off there, and a cluster without it has no resource pools",
          consequence: "so the installer, which makes one for the cluster's nodes, would stop",
          remedy:
            "turn DRS on (partially automated is enough), or write useNestedResourcePool: false in clusterConfiguration",
        })),
    };
  },
};
