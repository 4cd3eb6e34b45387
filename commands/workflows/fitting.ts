import { visibleText } from "../../findings/text";

/**
 * The longest text, in characters, of a comment or an issue on GitHub, which refuses a longer one. GitLab takes more;
 * one limit keeps the texts the same on both.
 */
export const longestText = 65_536;

/**
 * Puts what a program printed into a Markdown text, as it is but for what would disguise it, and shortened where that is needed: the beginning shows
 * what is meant and the end holds messages and errors, so it is the middle that is left out.
 *
 * @param before Markdown that goes in front
 * @param output what a program printed; nothing in it is taken for Markdown
 * @returns at most {@link longestText} characters
 */
export function withOutput(before: string, output: string): string {
  const text = visibleText(output).trim();
  const fence = fenceFor(text);
  const frame = (content: string): string =>
    `${before.trimEnd()}\n\n${fence}text\n${content}\n${fence}\n`;
  return frame(shortened(text, longestText - frame("").length));
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
  const room = longest - remark(text.length).length;
  const head = wholeCharacters(text.slice(0, Math.ceil(room / 2)));
  const tail = wholeCharacters(text.slice(text.length - Math.floor(room / 2)));
  return `${head}${remark(text.length - head.length - tail.length)}${tail}`;
}

/** Without the half of a character that a cut left at either end. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, "").replace(/[\uD800-\uDBFF]$/, "");
}
