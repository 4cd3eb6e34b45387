import { consequences, endangering, type DangerKind } from "./consequences";
import { folded } from "./finding";
import { plainText, type Words } from "./words";

/** What happens to the thing of a line: it comes, goes, changes, or is only there to show where the lines below belong. */
export type Mark = "+" | "-" | "~" | " ";

/** A line of the tree of all that changes. */
export interface Line {
  /** How far it is indented; 0 for a heading. */
  readonly depth: number;
  readonly mark: Mark;
  readonly words: Words;
}

/** One thing to look at closely. */
export interface Danger {
  readonly kind: DangerKind;
  /** What happens, as a sentence without its end. */
  readonly words: Words;
}

/** What a part of the stack would change. */
export interface Part {
  /** Its lines of the tree. */
  readonly lines: readonly Line[];
  /** The same in sentences, without their ends. */
  readonly sentences: readonly Words[];
  readonly dangers: readonly Danger[];
}

/** What changes nothing. */
export const nothing: Part = { lines: [], sentences: [], dangers: [] };

/** Parts one after the other. */
export function joined(parts: readonly Part[]): Part {
  return {
    lines: parts.flatMap(({ lines }) => lines),
    sentences: parts.flatMap(({ sentences }) => sentences),
    dangers: parts.flatMap(({ dangers }) => dangers),
  };
}

/** A line of the tree. */
export function line(depth: number, mark: Mark, words: Words): Line {
  return { depth, mark, words };
}

/** The sentences of a part, and then a warning for each change that may harm a running cluster. Many of a kind are folded. */
export function changeTexts({ sentences, dangers }: Part): string[] {
  const warnings = dangers.filter(({ kind }) => endangering.has(kind));
  return folded([
    ...sentences.map((words) => ({
      ...{ kind: kindOfWords(words), about: plainText(words) },
      text: () => plainText(words),
    })),
    ...warnings.map((danger) => ({
      ...{ kind: `warning: ${danger.kind}`, about: plainText(danger.words) },
      text: () => dangerText(danger),
    })),
  ]);
}

/** `warning: zone k8s-zone-x1-b is removed from region k8s-region-x1: Deckhouse can make no machine ...`. */
function dangerText({ kind, words }: Danger): string {
  return `warning: ${plainText(words)}: ${consequences[kind]}`;
}

/** The same for sentences that differ in names and numbers alone. */
function kindOfWords(words: Words): string {
  return words.map((piece) => ("name" in piece ? "" : piece.text.replaceAll(/\d+/g, "0"))).join("");
}

/** Tells what somebody else changed apart from what the program changes. A line that counts what was folded stays. */
export function driftText(sentence: string): string {
  return /^and [\d,]+ more of this kind$/.test(sentence)
    ? sentence
    : `vCenter differs: ${sentence}`;
}
