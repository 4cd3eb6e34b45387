import type { Cluster, ClusterBase, Ingress } from "./clusterTypes";
import { compact } from "./compact";
import { networkPath } from "./inventoryPaths";
import { podSubnetOf, serviceSubnetOf } from "./kubernetesNetworks";
import { describedPath, networkNamed, networkOfMasters } from "./networks";
import {
  resolvedEphemeralNodeGroup,
  resolvedNodeGroup,
  type ClusterRegion,
} from "./resolveNodeGroups";
import type { WrittenClusterConfiguration } from "./types";

/**
 * Fills in what a region's cluster configuration leaves out, and writes every path in full.
 *
 * @param region the region
 * @param written a cluster configuration without faults: rules have seen to the required keys
 */
export function resolvedCluster(
  region: ClusterRegion,
  written: WrittenClusterConfiguration,
): Cluster {
  const base = clusterBase(region, written);
  const { masterNodeGroup: masters } = written;
  if (written.controlPlane === "elsewhere" || masters === undefined) {
    return { controlPlane: "elsewhere", ...base };
  }
  const { vmFolderExists, baseResourcePool, useNestedResourcePool, storagePolicy } = written;
  const group = (one: typeof masters) => resolvedNodeGroup(region, written, one);
  return compact({
    controlPlane: "vSphere",
    ...base,
    cloudPrefix: written.cloudPrefix ?? region.name,
    internalNetworkCIDR:
      networkNamed(region.datacenter, written, networkOfMasters(written))?.subnet ?? "",
    ...{ vmFolderExists, baseResourcePool, useNestedResourcePool, storagePolicy },
    masterNodeGroup: group(masters),
    nodeGroups: (written.nodeGroups ?? []).map(({ name, nodeTemplate, ...one }) => ({
      ...{ name, nodeTemplate },
      ...group(one),
    })),
    podSubnetCIDR: podSubnetOf(written),
    podSubnetNodeCIDRPrefix: written.podSubnetNodeCIDRPrefix,
    serviceSubnetCIDR: serviceSubnetOf(written),
    clusterDomain: written.clusterDomain ?? "cluster.local",
    kubernetesVersion: written.kubernetesVersion ?? "Automatic",
  } as const);
}

function clusterBase(region: ClusterRegion, written: WrittenClusterConfiguration): ClusterBase {
  const { vmFolderPath = "", sshPublicKey = "", networks = [], ephemeralNodeGroups = [] } = written;
  const { disableTimesync, storageClasses, nsxt } = written;
  return compact({
    ...{ vmFolderPath, sshPublicKey },
    networks: networks.map((network) => ({
      ...network,
      path: networkPath(region.datacenter, network.path),
    })),
    ephemeralNodeGroups: ephemeralNodeGroups.map((group) =>
      resolvedEphemeralNodeGroup(region, written, group),
    ),
    ingress: resolvedIngress(region, written),
    ...{ disableTimesync, storageClasses, nsxt },
  });
}

/** One of the three ways, of which a rule has seen to it that there is one. */
function resolvedIngress(
  { datacenter }: ClusterRegion,
  written: WrittenClusterConfiguration,
): Ingress | undefined {
  const { ingress, nodeGroups = [], ephemeralNodeGroups = [] } = written;
  if (ingress === undefined) {
    return undefined;
  }
  const { externalLoadBalancer, metallbBGP, metallbL2, ...rest } = ingress;
  const frontends = [...nodeGroups, ...ephemeralNodeGroups].find(
    ({ name }) => name === ingress.nodeGroup,
  );
  const base = { ...rest, taints: frontends?.nodeTemplate?.taints ?? [] };
  if (metallbBGP !== undefined) {
    const network = describedPath(datacenter, written, metallbBGP.network);
    return compact({ kind: "metallbBGP", ...base, ...metallbBGP, network } as const);
  }
  return metallbL2 !== undefined
    ? compact({ kind: "metallbL2", ...base, ...metallbL2 } as const)
    : externalLoadBalancer &&
        compact({ kind: "externalLoadBalancer", ...base, ...externalLoadBalancer } as const);
}
