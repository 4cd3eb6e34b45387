import { compareNaturally } from "./text";

/** A piece of a sentence: words of this program, or a name that somebody else chose and that is only ever shown. */
export type Piece = { readonly text: string } | { readonly name: string };

/** A sentence, or a part of one. Each form in which it is shown has its names in its own way, so that none can disguise it. */
export type Words = readonly Piece[];

/** What can stand in a sentence: a name, a number, several names, or other words. */
type Value = string | number | readonly string[] | Words;

/** How many names one sentence holds. */
const mostNames = 5;

/**
 * Writes a sentence around names: `` say`zone ${zone} gains datastore ${path}` ``. What is put in as a text is a name;
 * a list of names is shortened to five.
 */
export function say(texts: TemplateStringsArray, ...values: readonly Value[]): Words {
  return texts.flatMap((text, index) => {
    const value = values[index];
    return [...(text === "" ? [] : [{ text }]), ...(value === undefined ? [] : piecesOf(value))];
  });
}

/** `1 datastore`, `2,000 datastores`. */
export function counted(count: number, what: string): Words {
  return [{ text: countedText(count, what) }];
}

/** {@link counted} as a text. */
export function countedText(count: number, what: string): string {
  const plural = what.endsWith("y") ? `${what.slice(0, -1)}ies` : `${what}s`;
  return `${count.toLocaleString("en-US")} ${count === 1 ? what : plural}`;
}

/** The sentence as a text in which names look like words. */
export function plainText(words: Words): string {
  return words.map((piece) => ("name" in piece ? piece.name : piece.text)).join("");
}

function piecesOf(value: Value): Words {
  if (typeof value === "number") return [{ text: value.toLocaleString("en-US") }];
  if (typeof value === "string") return [{ name: value }];
  return isWords(value) ? value : listed(value);
}

function isWords(value: readonly string[] | Words): value is Words {
  return value.every((piece) => typeof piece !== "string");
}

function listed(names: readonly string[]): Words {
  const shown = [...names].sort(compareNaturally).slice(0, mostNames);
  const more = names.length - shown.length;
  return [
    ...shown.flatMap((name, index) => [...(index === 0 ? [] : [{ text: ", " }]), { name }]),
    ...(more > 0 ? [{ text: ` and ${more.toLocaleString("en-US")} more` }] : []),
  ];
}
