import { styleText } from "node:util";
import { visibleLine, visibleText } from "../../findings/text";
import type { Mark } from "../../findings/change";
import type { Review } from "./model";
import { shortTree, type ShownLine } from "./tree";
import { joinedHappenings, type Level, type Verdict } from "./verdict";
import { countedText, plainText } from "../../findings/words";

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<Mark, Style | undefined>> = {
  "+": "green",
  "-": "red",
  "~": "yellow",
  " ": undefined,
};
const levelStyles: Readonly<Record<Level, Style>> = {
  nothing: "green",
  safe: "green",
  closely: "yellow",
  failed: "red",
};

/** Columns of a line. */
const width = 120;

/**
 * Writes a review for a terminal of 120 columns.
 *
 * @param isColoured whether it may use colours
 */
export function terminalReview(review: Review, verdict: Verdict, isColoured: boolean): string {
  const paint = (style: Style | undefined, text: string): string =>
    isColoured && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
  const { intent, drift, said, steps, stack, succeeded, output = "" } = review;
  const heading = (text: string): string => paint("bold", text);
  const block = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ["", heading(title), ...lines];
  const failure = said.errors.length > 0 ? said.errors.join("\n") : output;
  const lines = [
    paint(levelStyles[verdict.level], `${verdict.heading}: stack ${visibleLine(stack)}`),
    ...wrapped(verdict.summary.replaceAll("`", ""), ""),
    ...verdict.reasons.flatMap(({ happenings, consequence }) => [
      ...wrapped(visibleLine(joinedHappenings(happenings, plainText)), "! ").map((line) =>
        paint("yellow", line),
      ),
      ...wrapped(consequence.replaceAll("`", ""), "  "),
    ]),
    ...(succeeded ? [] : ["", visibleText(failure).trim()]),
    ...block(
      "What changes",
      shortTree(intent.lines).flatMap((line) =>
        treeLines(line).map((text) => paint(styles[line.mark], text)),
      ),
    ),
    ...block(
      "Changed by somebody else",
      drift.flatMap((words) => wrapped(visibleLine(plainText(words)), "- ")),
    ),
    ...block("What the preflight found", [
      ...(said.checked === undefined ? [] : [visibleLine(said.checked)]),
      ...said.warnings.flatMap((text) => wrapped(visibleLine(text), "- ")),
    ]),
    ...block(
      "Notes",
      said.notes.flatMap((text) => wrapped(visibleLine(text), "- ")),
    ),
    ...block("Deckhouse's documents", documentLines(review, paint)),
    ...(steps.length === 0 ? [] : ["", countedText(steps.length, "step") + " of the engine."]),
  ];
  return `${lines.join("\n")}\n`;
}

function documentLines(
  { documents, isFirst }: Review,
  paint: (style: Style | undefined, text: string) => string,
): string[] {
  if (isFirst && documents.length > 0) return [`${countedText(documents.length, "file")}, all new`];
  return documents.flatMap(({ region, file, added, removed, diff }) => [
    visibleLine(`${region}/${file}: ${countedText(added, "line")} more, ${removed} fewer`),
    ...(diff === undefined ? [] : visibleText(diff).trimEnd().split("\n").slice(2, 60)).map(
      (line) =>
        paint(/^[+]/.test(line) ? "green" : /^-/.test(line) ? "red" : undefined, `  ${line}`),
    ),
  ]);
}

function treeLines(line: ShownLine): string[] {
  const text =
    "more" in line
      ? `... and ${line.more.toLocaleString("en-US")} more`
      : visibleLine(plainText(line.words));
  return wrapped(text, `${line.mark} ${"  ".repeat(line.depth)}`);
}

/** A text in lines, those after the first below its first word. */
function wrapped(text: string, start: string): string[] {
  const lines: string[] = [];
  let line = start;
  for (const word of text.split(" ")) {
    if (line.length + word.length > width && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = " ".repeat(start.length);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
