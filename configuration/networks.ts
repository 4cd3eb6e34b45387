import type { Network } from "./clusterTypes";
import { comparableObject, networkPath } from "./inventoryPaths";
import { valuesOf, type ValuePlace } from "./places";
import type { WrittenClusterConfiguration } from "./types";

/**
 * Tells whether two spellings name one network of a datacenter.
 */
export function isSameNetwork(datacenter: string, one: string, other: string): boolean {
  return (
    comparableObject(datacenter, "network", one) === comparableObject(datacenter, "network", other)
  );
}

/**
 * Finds what a cluster configuration says of a network.
 */
export function networkNamed(
  datacenter: string,
  cluster: WrittenClusterConfiguration,
  path: string | undefined,
): Network | undefined {
  return networkPlaceNamed(datacenter, cluster, path)?.value;
}

/**
 * {@link networkNamed}, with the path in the list of networks: `[1]`.
 */
export function networkPlaceNamed(
  datacenter: string,
  cluster: WrittenClusterConfiguration,
  path: string | undefined,
): ValuePlace<Network> | undefined {
  return path === undefined
    ? undefined
    : valuesOf("", cluster.networks).find(({ value }) =>
        isSameNetwork(datacenter, value.path, path),
      );
}

/**
 * The full path of a network as the configuration describes it: a node group may spell it in another case.
 */
export function describedPath(
  datacenter: string,
  cluster: WrittenClusterConfiguration,
  path: string,
): string {
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
 * @returns as the masters' instance class spells it
 */
export function networkOfMasters(cluster: WrittenClusterConfiguration): string | undefined {
  const instanceClass = cluster.masterNodeGroup?.instanceClass;
  const [additional] = valuesOf("", instanceClass?.additionalNetworks);
  return additional?.value ?? instanceClass?.mainNetwork;
}

type Keys = Pick<WrittenClusterConfiguration, "podSubnetCIDR" | "serviceSubnetCIDR">;

/** The addresses of pods: what the configuration says, else those of Deckhouse's own examples. */
export function podSubnetOf({ podSubnetCIDR }: Keys): string {
  return podSubnetCIDR ?? "10.111.0.0/16";
}

/** The addresses of services: what the configuration says, else those of Deckhouse's own examples. */
export function serviceSubnetOf({ serviceSubnetCIDR }: Keys): string {
  return serviceSubnetCIDR ?? "10.222.0.0/16";
}
