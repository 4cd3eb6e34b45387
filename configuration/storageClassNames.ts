import { inventoryPath } from "./inventoryPaths";
import { murmurHash } from "./murmurHash";

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
