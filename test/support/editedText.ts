import {
  InsertTextFormat,
  TextEdit,
  type CompletionItem,
} from "vscode-languageserver-protocol/node";

/** Marks the place of the cursor in a text. */
export const cursor = "‸";

/** A placeholder with its text, one without, or a character that is escaped because it would begin or end one. */
const snippetPart = /\$\{[0-9]+:((?:\\.|[^\\}])*)\}|\$\{[0-9]+\}|\$[0-9]+|\\([\\$}])/g;

/**
 * What an editor makes of a text when a completion is chosen and every placeholder left as it is. Lines after the first
 * get the indentation of the line that the cursor is in, which editors do unless they are told otherwise.
 */
export function editedText(text: string, { textEdit, insertTextFormat }: CompletionItem): string {
  if (!TextEdit.is(textEdit)) throw new Error("the completion replaces nothing");
  const lines = text.replace(cursor, "").split("\n");
  const { start, end } = textEdit.range;
  const line = lines[start.line] ?? "";
  const indentation = /^ */.exec(line)?.[0] ?? "";
  const inserted = textEdit.newText.replaceAll("\n", `\n${indentation}`);
  lines[start.line] = [
    line.slice(0, start.character),
    insertTextFormat === InsertTextFormat.Snippet ? withDefaults(inserted) : inserted,
    line.slice(end.character),
  ].join("");
  return lines.join("\n");
}

function withDefaults(snippet: string): string {
  return snippet.replaceAll(
    snippetPart,
    (_part, text: string | undefined, escaped: string | undefined) =>
      escaped ?? (text === undefined ? "" : withDefaults(text)),
  );
}
