import { warning, type Finding } from "../findings/finding";
import type { Cluster } from "./clusterTypes";
import { parseInterface } from "./networks";

/**
 * Pods reach the nodes of their own cluster through the proxy unless `noProxy` names the networks of the nodes.
 *
 * Source: deckhouse/deckhouse `candi/openapi/cluster_configuration.yaml` (`proxy.noProxy`).
 *
 * @param path what the cluster is called in the message
 */
export function* proxyWarnings(path: string, cluster: Cluster): Iterable<Finding> {
  if (cluster.controlPlane === "elsewhere" || cluster.proxy === undefined) return;
  const { noProxy = [] } = cluster.proxy;
  const subnets = cluster.networks.flatMap(({ subnet }) => subnet ?? []);
  const missing = [...new Set(subnets)].filter(
    (subnet) => !noProxy.some((entry) => contains(entry, subnet)),
  );
  if (missing.length === 0) return;
  yield warning(
    `${path}, proxy.noProxy`,
    `${missing.join(", ")}, where the nodes are, ${missing.length === 1 ? "is" : "are"} not in it, and what pods ask of ` +
      "nodes would go through the proxy",
    `add ${missing.join(", ")}`,
  );
}

/** Whether an entry of `noProxy` is a network with all of a subnet in it. */
function contains(entry: string, subnet: string): boolean {
  if (!/^[0-9]+(\.[0-9]+){3}\/[0-9]+$/.test(entry)) return false;
  const { network } = parseInterface(entry);
  const inner = parseInterface(subnet).network;
  return network.first <= inner.first && inner.last <= network.last;
}
