import { objectKey, networkKinds } from "../../vcenter/offline";
import type { Finding } from "../../findings/finding";
import type { Check } from "../check";
import { objectsAt } from "../objectsAt";
import { hostNames, zonesWithClusters } from "../zones";

/**
 * Each network of a region is on every host of its zones' clusters: nodes run on any of them. A distributed port group
 * reaches the hosts of its switch; a standard network is made host by host.
 */
export const networksOnHosts: Check = {
  name: "networksOnHosts",
  run(wanted, facts) {
    const zones = zonesWithClusters(wanted, facts);
    const findings: Finding[] = [];
    let looked = 0;
    for (const { name: region, cluster: nodes } of wanted.configuration.regions) {
      for (const { path } of nodes?.networks ?? []) {
        const [network, ...same] = objectsAt(facts.inventory, path, networkKinds);
        if (network === undefined || same.length > 0) continue;
        for (const { cluster, path: clusterPath } of zones.filter((one) => one.region === region)) {
          looked += cluster.hosts.length;
          const lacking = cluster.hosts.filter((host) => !host.networks.has(objectKey(network)));
          if (lacking.length === 0) continue;
          const isStandard = network.type === "Network";
          findings.push({
            severity: lacking.some((host) => host.isConnected && !host.isInMaintenance)
              ? "error"
              : "warning",
            where: wanted.names.find((one) => one.path === path)?.at ?? path,
            found: JSON.stringify(network.path),
            wrong:
              `${lacking.length} of the ${cluster.hosts.length} hosts of ${clusterPath} do not have it ` +
              `(${hostNames(lacking)})`,
            consequence: "and a node that lands there could not be connected to it",
            remedy: isStandard
              ? "make the port group, with the same name, on each of these hosts"
              : "add these hosts to the port group's distributed switch",
          });
        }
      }
    }
    return { findings, facts: looked };
  },
};
