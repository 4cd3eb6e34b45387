import { zonesWithClusters } from "../zones";
import type { Check } from "../check";

/**
 * Each zone's cluster has a host that nodes can run on.
 */
export const clusterHosts: Check = {
  name: "clusterHosts",
  run(wanted, facts) {
    const zones = zonesWithClusters(wanted, facts);
    return {
      facts: zones.length,
      findings: zones.flatMap(({ at, cluster, path }) => {
        const running = cluster.hosts.filter((host) => host.isConnected && !host.isInMaintenance);
        if (running.length > 0) return [];
        return [
          {
            severity: "error" as const,
            where: `${at}.cluster`,
            found: JSON.stringify(path),
            wrong:
              cluster.hosts.length === 0
                ? "it has no hosts, or this account cannot see them"
                : `none of its ${cluster.hosts.length} hosts is connected and out of maintenance`,
            consequence: "and no node of this zone could run",
            remedy:
              cluster.hosts.length === 0
                ? "add hosts to the cluster, or name another one"
                : "connect a host, or end its maintenance",
          },
        ];
      }),
    };
  },
};
