/**
 * MurmurHash3 of 32 bits (x86, seed 0) of a text in UTF-8: what Deckhouse tells names apart by.
 *
 * Source: Austin Appleby, "MurmurHash3", in the public domain; its test values are in the tests.
 *
 * @returns an unsigned number
 */
export function murmurHash(text: string): number {
  const bytes = Buffer.from(text, "utf8");
  const whole = bytes.length - (bytes.length % 4);
  let hash = 0;
  for (let offset = 0; offset < whole; offset += 4) {
    hash ^= mixed(bytes.readUInt32LE(offset));
    hash = (Math.imul(rotated(hash, 13), 5) + 0xe6546b64) | 0;
  }
  const rest = bytes.subarray(whole);
  if (rest.length > 0) {
    hash ^= mixed(rest.readUIntLE(0, rest.length));
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
