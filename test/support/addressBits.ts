/** The 32 bits of an address as text, and the length of its prefix, 32 without one. */
export function bits(address: string): [bits: string, prefix: number] {
  const [octets = "", prefix = "32"] = address.split("/");
  const text = octets.split(".").map((octet) => Number(octet).toString(2).padStart(8, "0"));
  return [text.join(""), Number(prefix)];
}
