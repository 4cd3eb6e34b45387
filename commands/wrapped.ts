import { visibleLine } from "../findings/text";

/** As wide as a line of a report is at most. */
const lineWidth = 120;

/**
 * Breaks a text between words, so that no line of a report is longer than 120 columns unless a word is.
 *
 * @param text one line, with names that others chose; nothing in it can disguise it
 * @param prefix what the first line begins with, spaces and perhaps a dash; those after it are indented two columns more
 */
export function wrapped(text: string, prefix = ""): string[] {
  const indentation = " ".repeat(prefix.length + 2);
  const lines: string[] = [];
  let line = prefix;
  let isEmpty = true;
  for (const word of visibleLine(text).split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > lineWidth) {
      lines.push(line);
      line = indentation + word;
    } else line += `${isEmpty ? "" : " "}${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
