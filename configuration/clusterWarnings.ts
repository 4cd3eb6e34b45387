import type { Cluster, Network, VsphereCluster } from "./clusterTypes";
import { objectName } from "./inventoryPaths";

/**
 * What a user should know about a cluster whose configuration is right, one line each.
 *
 * @param path where to say that it is: `cluster configuration of k8s-region-x1`
 * @param cluster the cluster
 */
export function clusterWarnings(path: string, cluster: Cluster): string[] {
  return [
    ...(cluster.controlPlane === "vSphere" ? masterWarnings(path, cluster) : []),
    ...unreachedNetworks(path, cluster),
    ...namelessNodes(path, cluster),
    ...unknownTaints(path, cluster),
    ...(cluster.ingress?.kind === "metallbL2" ? l2Warnings(path, cluster) : []),
  ];
}

function masterWarnings(path: string, cluster: VsphereCluster): string[] {
  const { replicas, instanceClass } = cluster.masterNodeGroup;
  const [second] = instanceClass.additionalNetworks ?? [];
  return [
    ...(replicas % 2 === 0
      ? [
          `${path}, masterNodeGroup.replicas: ${replicas} masters outvote a lost one no better than ` +
            `${replicas - 1}: use an odd number`,
        ]
      : []),
    ...(second !== undefined && mayGiveOut(networkOf(cluster, second))
      ? [
          `${path}, networks: ${objectName(second)} has DHCP, and the masters take fixed addresses there, the tenth ` +
            `of ${cluster.internalNetworkCIDR} and what follows: keep those out of what DHCP gives out, and write that as its dhcpRange`,
        ]
      : []),
  ];
}

/**
 * The platform gives an address on additional networks to masters alone.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`.
 */
function unreachedNetworks(path: string, cluster: Cluster): string[] {
  const groups = [
    ...(cluster.controlPlane === "vSphere" ? cluster.nodeGroups : []),
    ...cluster.ephemeralNodeGroups,
  ];
  return groups.flatMap(({ name, instanceClass }) =>
    (instanceClass.additionalNetworks ?? [])
      .filter((network) => networkOf(cluster, network)?.dhcp === false)
      .map(
        (network) =>
          `${path}, node group ${name}: ${objectName(network)} has no DHCP, and the platform gives these nodes no ` +
          "address there: run a DHCP server, or bring the adapter up yourself",
      ),
  );
}

/** A node that can resolve no names fetches no images. */
function namelessNodes(path: string, cluster: Cluster): string[] {
  const groups =
    cluster.controlPlane === "vSphere"
      ? [{ name: "master", ...cluster.masterNodeGroup }, ...cluster.nodeGroups]
      : [];
  return groups
    .filter(({ instanceClass }) =>
      (instanceClass.mainNetworkIPAddresses ?? []).some(
        ({ nameservers }) => (nameservers.addresses ?? []).length === 0,
      ),
    )
    .map(
      ({ name }) =>
        `${path}, node group ${name}: static addresses have no name servers, and nodes that resolve no names fetch no ` +
        "images: give the network nameservers, unless the template has them",
    );
}

/** The keys of taints that Deckhouse tolerates by itself. */
const knownTaints = ["dedicated", "dedicated.deckhouse.io"];

/**
 * Deckhouse refuses a group with taints that its own modules would not tolerate, until it is told to.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/webhooks/validating/node_group`.
 */
function unknownTaints(path: string, cluster: Cluster): string[] {
  const groups = [
    ...(cluster.controlPlane === "vSphere" ? cluster.nodeGroups : []),
    ...cluster.ephemeralNodeGroups,
  ];
  return groups.flatMap(({ name, nodeTemplate }) =>
    (nodeTemplate?.taints ?? []).flatMap(({ key }) =>
      key === undefined || knownTaints.includes(key)
        ? []
        : [
            `${path}, node group ${name}: Deckhouse refuses taints with the key ${key} unless it is among ` +
              "modules.placement.customTolerationKeys of the ModuleConfig global: add it there, or use dedicated",
          ],
    ),
  );
}

/** An address is announced in L2 mode from the network in which DHCP may give it to somebody else. */
function l2Warnings(path: string, { ingress, networks }: Cluster): string[] {
  return ingress?.kind === "metallbL2" && networks.some(mayGiveOut)
    ? [
        `${path}, ingress.metallbL2: DHCP may give ${ingress.addresses.join(", ")} to machines: keep these addresses ` +
          "out of what it gives out, and write that as dhcpRange of the network",
      ]
    : [];
}

/** Whether DHCP may give out any address of the network: a rule checks a range that is known. */
function mayGiveOut(network: Network | undefined): boolean {
  return network?.dhcp === true && network.dhcpRange === undefined;
}

function networkOf({ networks }: Cluster, path: string): Network | undefined {
  return networks.find((network) => network.path === path);
}
