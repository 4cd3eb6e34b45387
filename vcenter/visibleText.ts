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
