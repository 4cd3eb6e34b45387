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
