import { visibleText } from "../../findings/text";

/**
 * The longest text, in characters, of a comment or an issue on GitHub, which refuses a longer one. GitLab takes more;
 * one limit keeps the texts the same on both.
 */
export const longestText = 65_536;

/**
 * Puts what others wrote into a block of Markdown, unchanged but for characters that would disguise it. What is too long
 * loses its middle: the beginning shows what is meant, and the end holds messages and errors.
 *
 * @param language the language of the block, `text`
 * @param text nothing in it is taken for Markdown
 * @param longest how many characters the whole block may have
 */
export function fenced(language: string, text: string, longest: number): string {
  const shown = visibleText(text).replace(/^\n+/, "").trimEnd();
  const fence = fenceFor(shown);
  const frame = (content: string): string => `${fence}${language}\n${content}\n${fence}`;
  return frame(shortened(shown, longest - frame("").length));
}

/** A fence that the text cannot close: longer than any row of backticks in it. */
function fenceFor(text: string): string {
  const rows = text.match(/`+/g) ?? [];
  return "`".repeat(Math.max(3, ...rows.map((row) => row.length + 1)));
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const remark = (leftOut: number): string =>
    `\n\n[... ${leftOut} characters left out; the log of the run has them ...]\n\n`;
  const room = Math.max(0, longest - remark(text.length).length);
  const head = wholeCharacters(text.slice(0, Math.ceil(room / 2)));
  const tail = wholeCharacters(text.slice(text.length - Math.floor(room / 2)));
  return `${head}${remark(text.length - head.length - tail.length)}${tail}`;
}

/** Without the half of a character that a cut left at either end. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, "").replace(/[\uD800-\uDBFF]$/, "");
}
