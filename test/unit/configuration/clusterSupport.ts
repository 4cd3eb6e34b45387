import { parseConfiguration, type Configuration } from "../../../configuration";
import { changed, type Changes } from "../../support/changedConfiguration";
import type { RawCluster } from "../../support/configurationArbitraries";
import { publicKey, stack } from "./support";

/** The least that masters may have, with a template. */
export const machine = { numCPUs: 4, memory: 7680, template: "t" };

/** A static address in the network `static` of the cluster below. */
export function staticAddress(last: number): { readonly address: string } {
  return { address: `10.200.1.${last}/24` };
}

/** A cluster with everything that a rule may be about: networks, groups of both kinds, BGP. */
export const installed: RawCluster = {
  vmFolderPath: "new",
  vmFolderExists: true,
  sshPublicKey: publicKey,
  networks: [
    { path: "nodes", nodeAddress: "internal", subnet: "10.200.0.0/24" },
    { path: "routers", subnet: "192.0.200.0/24" },
    { path: "public", nodeAddress: "external", subnet: "198.51.200.0/24" },
    {
      path: "static",
      nodeAddress: "internal",
      subnet: "10.200.1.0/24",
      dhcp: false,
      gateway: "10.200.1.1",
      nameservers: { addresses: ["10.200.1.1"] },
    },
    { path: "alike", subnet: "10.200.0.0/24" },
  ],
  rootDiskDatastore: "root",
  masterNodeGroup: { replicas: 1, instanceClass: { ...machine, mainNetwork: "nodes" } },
  nodeGroups: [
    {
      name: "frontend",
      replicas: 1,
      nodeTemplate: { labels: { "node-role.deckhouse.io/frontend": "" } },
      instanceClass: { ...machine, mainNetwork: "nodes", additionalNetworks: ["routers"] },
    },
    {
      name: "static",
      replicas: 1,
      instanceClass: {
        ...machine,
        mainNetwork: "static",
        mainNetworkIPAddresses: [{ address: "10.200.1.50/24" }],
      },
    },
  ],
  ephemeralNodeGroups: [
    { name: "worker", minPerZone: 0, maxPerZone: 1, instanceClass: { numCPUs: 1, memory: 1 } },
  ],
  ingress: {
    metallbBGP: {
      network: "routers",
      routers: ["192.0.200.1"],
      routerASN: 64512,
      clusterASN: 64513,
      addresses: ["203.0.200.0/24"],
    },
  },
};

/** A cluster that gets nodes, and is installed elsewhere. */
export const elsewhere: RawCluster = {
  controlPlane: "elsewhere",
  vmFolderPath: "new",
  sshPublicKey: publicKey,
  rootDiskDatastore: "root",
  ephemeralNodeGroups: [
    {
      name: "worker",
      minPerZone: 0,
      maxPerZone: 1,
      instanceClass: { ...machine, mainNetwork: "nodes" },
    },
  ],
};

/** Where the cluster of the first region is written. */
export const inRegion = "regions[0].clusterConfiguration";

/** The example's stack with a cluster in its first region alone. */
export function stackOf(cluster: unknown, others: Changes = {}): unknown {
  return changed(stack, { [inRegion]: cluster, ...others });
}

/**
 * The example's stack with a cluster that is described for all regions. What MetalLB announces is of the first region
 * alone: two must not announce the same.
 */
export function stackOfAll(cluster: unknown): unknown {
  const { ingress, additionalIngresses = [] } = cluster as RawCluster;
  const isAnnouncing = [ingress, ...additionalIngresses].some(
    (one) => (one?.metallbBGP ?? one?.metallbL2) !== undefined,
  );
  return changed(stack, {
    [inRegion]: undefined,
    clusterConfiguration: cluster,
    ...(isAnnouncing && {
      "regions[1].clusterConfiguration": {
        ingress: { externalLoadBalancer: {}, nodeGroup: ingress?.nodeGroup ?? "frontend" },
        ...(additionalIngresses.length > 0 && { additionalIngresses: [] }),
      },
    }),
  });
}

/** The clusters that a configuration without fault comes to. */
export function clustersOf(raw: unknown): Configuration["regions"][number]["cluster"][] {
  return parseConfiguration(raw).regions.map(({ cluster }) => cluster);
}
