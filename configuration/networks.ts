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

/** An IPv4 network: a prefix of an address. Addresses are whole numbers from 0 to 2^32 - 1. */
export interface Ipv4Network {
  /** The first address, which names the network. */
  readonly first: number;
  /** The last address, for broadcasts. */
  readonly last: number;
  /** Length of the prefix, 0 to 32. */
  readonly prefixLength: number;
}

/** An address in its network, as `192.0.2.10/24` writes it. */
export interface Ipv4Interface {
  readonly address: number;
  readonly network: Ipv4Network;
}

/**
 * Reads an address.
 *
 * @param text four numbers, `192.0.2.10`; the caller has checked the form
 */
export function parseAddress(text: string): number {
  return text.split(".").reduce((address, octet) => address * 256 + Number(octet), 0);
}

/**
 * Writes an address.
 *
 * @param address a whole number from 0 to 2^32 - 1
 */
export function addressText(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}

/**
 * Reads an address with a prefix length.
 *
 * @param text `192.0.2.10/24`; the caller has checked the form
 */
export function parseInterface(text: string): Ipv4Interface {
  const [addressPart = "", lengthPart = "32"] = text.split("/");
  const address = parseAddress(addressPart);
  const prefixLength = Number(lengthPart);
  const size = 2 ** (32 - prefixLength);
  const first = Math.floor(address / size) * size;
  return { address, network: { first, last: first + size - 1, prefixLength } };
}

/**
 * Writes a network as `192.0.2.0/24`.
 *
 * @param network the network
 */
export function networkText(network: Ipv4Network): string {
  return `${addressText(network.first)}/${network.prefixLength}`;
}

/**
 * Tells whether an address can belong to a machine: inside the network, and neither its first nor its last
 * address. Networks of two addresses or one have no such special addresses (RFC 3021).
 *
 * @param network the network
 * @param address the address
 */
export function isHostAddress(network: Ipv4Network, address: number): boolean {
  if (network.prefixLength >= 31) {
    return address >= network.first && address <= network.last;
  }
  return address > network.first && address < network.last;
}

/** Addresses one after the other. */
export type Ipv4Range = Pick<Ipv4Network, "first" | "last">;

/**
 * Reads addresses as MetalLB takes them.
 *
 * @param text a network `192.0.2.0/27` or a range `192.0.2.10-192.0.2.20`; the caller has checked the form
 * @returns a range that ends before it begins when the text does
 */
export function parseRange(text: string): Ipv4Range {
  const [first = "", last] = text.split("-");
  return last === undefined
    ? parseInterface(text).network
    : { first: parseAddress(first), last: parseAddress(last) };
}

/**
 * Tells whether two ranges have an address in common.
 */
export function overlap(one: Ipv4Range, other: Ipv4Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}
