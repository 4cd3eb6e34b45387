import { distance } from "fastest-levenshtein";

/**
 * Characters that a terminal or a web page obeys in place of showing them: controls (with ESC and NUL), direction marks
 * and other characters without a shape, line separators, and halves of characters.
 *
 * Source: Unicode Standard Annex #44, general categories Cc, Cf, Cs, Zl, Zp; Unicode Technical Report #36 for what they
 * are misused for (CVE-2021-42574).
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text of several lines as it is to be shown: what could change what the reader sees is written out, `\u202e`. Line
 * breaks and tabs stay.
 *
 * @param text words of this program around names and answers that others chose
 */
export function visibleText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(hidden, (character) => (/[\n\t]/.test(character) ? character : written(character)));
}

/**
 * A text that is one line, whatever is in it: a name with a line break must not look like two messages.
 *
 * @param text as for {@link visibleText}
 */
export function visibleLine(text: string): string {
  return text.replaceAll(hidden, written);
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function written(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (Object.hasOwn(short, character)) return short[character] ?? "";
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
}

/** What XML 1.0 cannot carry at all (section 2.2), and the carriage return, which parsers turn into a line feed. */
const unspeakable = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Whether XML, and so the SOAP interface of vCenter, can carry a text as it is. */
export function isSpeakable(text: string): boolean {
  return !unspeakable.test(text);
}

/**
 * Compares texts as people count: numbers in them as numbers, so that `[9]` comes before `[10]`.
 *
 * @returns less than 0 when the left comes first, more when the right does, 0 for equals
 */
export function compareNaturally(left: string, right: string): number {
  const leftParts = left.split(/(\d+)/);
  const rightParts = right.split(/(\d+)/);
  for (let index = 0; index < Math.max(leftParts.length, rightParts.length); index++) {
    const one = leftParts[index] ?? "";
    const other = rightParts[index] ?? "";
    const order = index % 2 === 1 ? Number(one) - Number(other) : compareText(one, other);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** Compares texts by their characters' codes, the same in every language of the machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The form in which names are compared with those of vCenter, which keeps what it was given: a name that a Mac typed has its
 * letters and their marks apart (NFD) where others have them in one (NFC), and looks the same. Case does not count.
 *
 * Source: Unicode Standard Annex #15.
 */
export function comparableName(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** Whether two names are the same but for the form of their letters. Case counts. */
export function isSameName(one: string, other: string): boolean {
  return one === other || one.normalize("NFC") === other.normalize("NFC");
}

/** The spellings under which vCenter may have a name that looks like this one, as it is given first, each once. */
export function spellingsOf(name: string): string[] {
  return [...new Set([name, name.normalize("NFC"), name.normalize("NFD")])];
}

/**
 * Names in their order, which vCenter does not keep, folded where there are many:
 * `esxi-01, esxi-02, esxi-03 and 2 more`.
 */
export function listed(names: readonly string[], most: number): string {
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return `${[...names].sort().slice(0, most).join(", ")}${more}`;
}

/**
 * Finds what a user may have meant. Case does not count.
 *
 * @param word what the user wrote
 * @param candidates what is allowed
 * @returns the candidate with the fewest changes of single characters, the first of equals; undefined when even that one
 *   needs more than two changes and more than a third of the word's length
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = comparableName(word);
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const changes = distance(wanted, comparableName(candidate));
    if (changes < least) {
      best = candidate;
      least = changes;
    }
  }
  return best;
}

/**
 * The candidates that are most like a word, however far from it, the nearest first, and equally near ones in
 * alphabetical order.
 *
 * @param most how many to give
 */
export function nearestFirst(word: string, candidates: Iterable<string>, most: number): string[] {
  const wanted = comparableName(word);
  return Array.from(candidates, (candidate) => ({
    candidate,
    changes: distance(wanted, comparableName(candidate)),
  }))
    .sort((a, b) => a.changes - b.changes || compareText(a.candidate, b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** A text as one word of a command that can be copied into a POSIX shell, whatever it contains: `'it'\''s'`. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
