import { compareNaturally } from "./text";

/** How many findings of one kind are told one by one: enough to find the cause, and no more than a screen. */
export const mostOfAKind = 20;

/** One finding among many that may be alike. */
export interface Foldable {
  /** The same for all findings that one line can stand for. It is not shown. */
  readonly kind: string;
  /** What the finding is about, mostly a path. By it the findings of a kind are sorted when some are left out. */
  readonly about: string;
  /** The sentence. Only made when it is shown: looking for names that were meant takes long among thousands. */
  readonly text: () => string;
}

/**
 * The sentences of findings. A kind with more than {@link mostOfAKind} is told together, the first of them in full and
 * then how many there are beside: one mistake in a long list neither fills the screen nor hides what else is wrong.
 *
 * @param findings in the order in which to tell them
 */
export function folded(findings: readonly Foldable[]): string[] {
  const kinds = new Map<string, Foldable[]>();
  for (const finding of findings) {
    const alike = kinds.get(finding.kind);
    if (alike === undefined) {
      kinds.set(finding.kind, [finding]);
    } else {
      alike.push(finding);
    }
  }
  return findings.flatMap((finding) => {
    const alike = kinds.get(finding.kind) ?? [];
    if (alike.length <= mostOfAKind) {
      return [finding.text()];
    }
    return finding === alike[0] ? firstOf(alike) : [];
  });
}

/**
 * The line after the findings of a kind that are told, for all others.
 *
 * @param count how many findings there are in all
 * @returns `and 9,980 more of this kind`; nothing when all are told
 */
export function moreOfAKind(count: number): string[] {
  const rest = count - mostOfAKind;
  return rest > 0 ? [`and ${rest.toLocaleString("en-US")} more of this kind`] : [];
}

/**
 * A sentence that is made already, of the form `what it is about: what is wrong: what to do`. Those with one wording of
 * what is wrong are of one kind.
 */
export function foldableOf(sentence: string): Foldable {
  const [about = "", wrong = about] = sentence.split(": ");
  return { kind: wording(wrong), about, text: () => sentence };
}

/** {@link folded} for sentences that are made already. */
export function foldedSentences(sentences: readonly string[]): string[] {
  return folded(sentences.map(foldableOf));
}

/**
 * What is left of a sentence that was made for one object when everything is taken out that differs from object to
 * object: quoted text, inventory paths and numbers. Sentences that leave the same are of one kind.
 */
export function wording(sentence: string): string {
  return sentence
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\/[^\s:,]*/g, "/")
    .replaceAll(/\d+/g, "0");
}

function firstOf(alike: readonly Foldable[]): string[] {
  const shown = [...alike]
    .sort((one, other) => compareNaturally(one.about, other.about))
    .slice(0, mostOfAKind);
  return [...shown.map(({ text }) => text()), ...moreOfAKind(alike.length)];
}
