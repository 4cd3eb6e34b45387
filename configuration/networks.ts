import type { Network } from "./clusterTypes";
import type { Draft } from "./draft";
import { comparableObject, networkPath } from "./inventoryPaths";
import { valuesOf, type ValuePlace } from "./places";
import type { WrittenClusterConfiguration } from "./types";

type ClusterDraft = Draft<WrittenClusterConfiguration>;

/**
 * Tells whether two spellings name one network of a datacenter.
 *
 * @param datacenter the datacenter, in any spelling
 */
export function isSameNetwork(datacenter: string, one: string, other: string): boolean {
  return (
    comparableObject(datacenter, "network", one) === comparableObject(datacenter, "network", other)
  );
}

/**
 * Finds what a cluster configuration says of a network.
 *
 * @param datacenter the region's datacenter, in any spelling
 * @param cluster what is known of the cluster
 * @param path the network, in any spelling
 */
export function networkNamed(
  datacenter: string,
  cluster: ClusterDraft,
  path: string | undefined,
): Draft<Network> | undefined {
  return networkPlaceNamed(datacenter, cluster, path)?.value;
}

/**
 * {@link networkNamed}, with the path in the list of networks: `[1]`.
 */
export function networkPlaceNamed(
  datacenter: string,
  cluster: ClusterDraft,
  path: string | undefined,
): ValuePlace<Draft<Network>> | undefined {
  return path === undefined
    ? undefined
    : valuesOf("", cluster.networks).find(
        ({ value }) => value.path !== undefined && isSameNetwork(datacenter, value.path, path),
      );
}

/**
 * The full path of a network as the configuration describes it: a node group may spell it in another case.
 *
 * @param datacenter the region's datacenter, in any spelling
 * @param cluster what is known of the cluster
 * @param path the network, in any spelling
 */
export function describedPath(datacenter: string, cluster: ClusterDraft, path: string): string {
  return networkPath(datacenter, networkNamed(datacenter, cluster, path)?.path ?? path);
}

/**
 * The network that the masters reach each other on: their additional one, where they have one, because the installer
 * gives them its addresses; otherwise their main one.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf` and
 * `candi/docs/ENVIRONMENT.md` of the same module.
 *
 * @param cluster what is known of the cluster
 * @returns as the masters' instance class spells it
 */
export function networkOfMasters(cluster: ClusterDraft): string | undefined {
  const instanceClass = cluster.masterNodeGroup?.instanceClass;
  const [additional] = valuesOf("", instanceClass?.additionalNetworks);
  return additional?.value ?? instanceClass?.mainNetwork;
}
