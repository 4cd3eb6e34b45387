import { inventoryPath } from "./inventoryPaths";
import { createRequire } from "node:module";

/** The name of the StorageClass that Deckhouse makes of a datastore. */
export interface StorageClassName {
  /** The whole name; undefined where the datastore's has letters of which it is not known what Deckhouse makes of them. */
  readonly name: string | undefined;
  /** What the name ends with, in any case. */
  readonly ending: string;
}

/** Longer names are cut, with room for the hash. */
const longest = 150;

/** The names of a datacenter and of its folder for datastores; in a name they have no part. */
const leftOut = 2;

/**
 * Names the StorageClass of a datastore as Deckhouse does: after its path without the first two names in it, which are
 * the datacenter and its folder for datastores where the datacenter is in no folder. A name of letters and digits alone
 * stays; any other gets a hash.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC, slugKubernetesName) and `const.go`
 * there for the letters; `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/discover.go` (getStorageClassName).
 *
 * @param path the datastore's full path, `/X1/datastore/x1_lun_1`
 */
export function storageClassName(path: string): StorageClassName {
  const below = inventoryPath(path)
    .split("/")
    .slice(1 + leftOut)
    .join("-");
  if (/^[A-Za-z0-9]*$/.test(below) && below.length < longest) {
    const name = below.toLowerCase();
    return { name, ending: name };
  }
  const hash = murmurHash(below).toString(16);
  const words = wordsOf(below)?.slice(0, longest - 1 - hash.length);
  return {
    name: words === undefined ? undefined : [words, hash].filter((part) => part !== "").join("-"),
    ending: hash,
  };
}

/**
 * Whether a StorageClass is that of a datastore, or that of the datastore with a storage policy, whose name follows.
 *
 * @param wanted the name of the class
 */
export function isStorageClassOf(wanted: string, { name, ending }: StorageClassName): boolean {
  return name === undefined
    ? `${wanted}-`.includes(`${ending}-`)
    : wanted === name || wanted.startsWith(`${name}-`);
}

/** Small letters and digits with single dashes between them; undefined when a letter is not known. */
function wordsOf(text: string): string | undefined {
  const letters = Array.from(text, spelled);
  return letters.includes(undefined)
    ? undefined
    : letters.join("").replaceAll(/-+/g, "-").replaceAll(/^-|-$/g, "");
}

const dashes = "&(){}-_[],.;:=+<>~/ ";
const cyrillic: Readonly<Record<string, string>> = {
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "ye", ё: "yo", ж: "zh", з: "z", и: "i", й: "j" },
  ...{ к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f" },
  ...{
    х: "h",
    ц: "c",
    ч: "ch",
    ш: "sh",
    щ: "shch",
    ъ: "",
    ы: "y",
    ь: "",
    э: "e",
    ю: "yu",
    я: "ya",
  },
};
/** Those that are not their letter without the mark. */
const latin: Readonly<Record<string, string>> = {
  ...{ Æ: "ae", æ: "ae", Ð: "d", ð: "o", Ø: "o", ø: "o", Þ: "th", þ: "th", ß: "b" },
};

/** How a character is spelled in a name: empty for one that is left out, undefined for one that is not known. */
function spelled(character: string): string | undefined {
  if (/[A-Za-z0-9]/.test(character)) return character.toLowerCase();
  if (dashes.includes(character)) return "-";
  if (character < "\u0080") return "";
  const small = character.toLowerCase();
  if (Object.hasOwn(cyrillic, small)) return cyrillic[small];
  if (Object.hasOwn(latin, character)) return latin[character];
  // The Western European letters with marks; further alphabets are not known here.
  if (/^[\u00c0-\u00ff]$/.test(character)) {
    const letter = character.normalize("NFD").charAt(0).toLowerCase();
    return /[a-z]/.test(letter) ? letter : undefined;
  }
  return undefined;
}

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

/** A pattern that stands for whole names, as Go's regexp reads it. */
export interface GoPattern {
  readonly matches: (name: string) => boolean;
}

/**
 * Reads a pattern as Deckhouse does: as a regular expression of Go for the whole of a name. JavaScript takes other
 * patterns than Go does, and other ones not.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/discover.go`, which stops for good at one
 * that cannot be read (regexp.MustCompile).
 *
 * @param pattern what stands between `^(` and `)$`
 * @returns what Go says of a pattern that it does not read, otherwise
 */
export function goPattern(pattern: string): GoPattern | { readonly fault: string } {
  // Loaded where it is needed: most configurations have no pattern, and it takes 20 ms.
  const { RE2JS } = createRequire(__filename)("re2js") as typeof import("re2js");
  try {
    const compiled = RE2JS.compile(`^(${pattern})$`);
    return { matches: (name) => compiled.matcher(name).find() };
  } catch (error) {
    return { fault: faultOf(() => RE2JS.compile(pattern)) ?? messageOf(error) };
  }
}

/** What Go says of the pattern as it is written: of the whole it quotes what nobody wrote. */
function faultOf(compile: () => unknown): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return (error as Error).message.replace(/^error parsing regexp: /, "");
}
