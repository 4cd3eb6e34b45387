import { visibleLine } from "../../findings/text";
import { fenced, longestText } from "./fence";
import { mermaidPicture } from "./mermaid";
import type { DocumentChange, Review } from "./model";
import { shortTree, type ShownLine } from "./tree";
import { joinedHappenings, type Reason, type Verdict } from "./verdict";
import { countedText, plainText, type Words } from "../../findings/words";

/** How many entries a list has before the others are only counted. */
const mostEntries = 20;
/** How long one name or sentence of somebody else may be, in characters. */
const longestName = 1_500;

/**
 * How many characters each part may have, so that all together, with the documents' lines in what remains, stay below
 * what a comment can hold.
 */
const room = { reasons: 12_000, list: 7_000, tree: 10_000, picture: 8_000, steps: 3_000 } as const;

/** The parts of a comment around the review: what finds it again, and where it comes from. */
export interface Frame {
  /** Lines in front, which may hold a marker. */
  readonly before?: string;
  /** A line below the heading: the commit and the log. */
  readonly source?: string;
}

/**
 * Writes a review as one comment in Markdown. Every name in it, whoever chose it, stands in code, where it can be neither
 * markup nor a mention.
 *
 * @returns at most {@link longestText} characters
 */
export function markdownReview(review: Review, verdict: Verdict, frame: Frame = {}): string {
  const { intent, drift, documents, said, stack } = review;
  const { before = "", source = "" } = frame;
  const tree = treeBlock(shortTree(intent.lines));
  const head = blocks([
    before,
    `### ${verdict.heading}: stack ${code(stack)}`,
    [verdict.summary, source].filter((text) => text !== "").join(" "),
    list(verdict.reasons.map(reasonText), room.reasons),
    failure(review),
    section("What changes", [list(intent.sentences.map(markdownWords), room.list), tree]),
    section("Changed by somebody else", [list(drift.map(markdownWords), room.list)]),
    section("What the preflight found", [
      said.checked === undefined ? "" : code(said.checked),
      list(said.warnings.map(code), room.list),
    ]),
    section("Notes", [list(said.notes.map(code), room.list)]),
    picture(review),
  ]);
  const tail = stepsBlock(review);
  const left = longestText - head.length - tail.length - 200;
  return `${blocks([head, documentsBlock(documents, review.isFirst, left), tail])}\n`;
}

/** A sentence whose names stand in code. */
export function markdownWords(words: Words): string {
  return words.map((piece) => ("name" in piece ? code(piece.name) : piece.text)).join("");
}

function reasonText({ happenings, consequence }: Reason): string {
  return `**${joinedHappenings(happenings, markdownWords)}**: ${consequence}`;
}

/** A text in code, in which nothing means anything (CommonMark, code spans). */
function code(text: string): string {
  const line = visibleLine(text.slice(0, longestName)) || "(nothing)";
  const fence = "`".repeat(
    Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length)) + 1,
  );
  const pad = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

function blocks(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}

function section(title: string, texts: readonly string[]): string {
  const body = blocks(texts);
  return body === "" ? "" : `#### ${title}\n\n${body}`;
}

function list(entries: readonly string[], longest: number): string {
  const lines: string[] = [];
  let length = 0;
  for (const entry of entries.slice(0, mostEntries)) {
    length += entry.length + 3;
    if (length > longest) break;
    lines.push(`- ${entry}`);
  }
  const more = entries.length - lines.length;
  return [...lines, ...(more > 0 ? [`- and ${more.toLocaleString("en-US")} more`] : [])].join("\n");
}

function failure({ succeeded, said, output = "" }: Review): string {
  if (succeeded) return "";
  if (said.errors.length > 0) {
    return fenced("text", said.errors.join("\n"), room.reasons);
  }
  return fenced("text", output, room.reasons);
}

/** The tree as a diff, whose lines platforms colour. */
function treeBlock(lines: readonly ShownLine[]): string {
  if (lines.length === 0) return "";
  const shown: string[] = [];
  let length = 0;
  for (const line of lines) {
    const text = treeLine(line);
    length += text.length + 1;
    if (length > room.tree) break;
    shown.push(text);
  }
  const more = lines.length - shown.length;
  if (more > 0) shown.push(`  ... and ${countedText(more, "more line")}`);
  return fenced("diff", shown.join("\n"), room.tree + 100);
}

function treeLine(line: ShownLine): string {
  const text =
    "more" in line
      ? `... and ${line.more.toLocaleString("en-US")} more`
      : visibleLine(plainText(line.words));
  return `${line.mark} ${"  ".repeat(line.depth)}${text}`;
}

function picture({ succeeded, picture: regions }: Review): string {
  const drawing = succeeded ? mermaidPicture(regions, room.picture) : undefined;
  return drawing === undefined ? "" : folded("Picture", fenced("mermaid", drawing, Infinity));
}

function documentsBlock(
  documents: readonly DocumentChange[],
  isFirst: boolean,
  left: number,
): string {
  if (documents.length === 0) return "";
  if (isFirst) {
    return section("Deckhouse's documents", [
      `${countedText(documents.length, "file")}, all new: \`npm run render -- --placeholders --out DIR\` writes them after \`up\`.`,
    ]);
  }
  const summaries = documents.map(
    ({ region, file, added, removed, isRepeated }) =>
      `${code(`${region}/${file}`)}: ${countedText(added, "line")} more, ${removed.toLocaleString("en-US")} fewer` +
      (isRepeated ? ", the same as in the other files" : ""),
  );
  const before = section("Deckhouse's documents", [list(summaries, room.list)]);
  const diffs = documents.flatMap(({ diff }) => (diff === undefined ? [] : [diff.trimEnd()]));
  const longest = left - before.length - 200;
  if (longest < 500 || diffs.length === 0) return before;
  const lines = fenced("diff", diffs.join("\n"), longest - 100);
  return blocks([before, folded("Changed lines", lines)]);
}

function stepsBlock({ steps }: Review): string {
  if (steps.length === 0) return "";
  const lines = steps.map(({ operation, type, name }) =>
    visibleLine(`${operation} ${type} ${name}`.slice(0, 300)),
  );
  const title = countedText(steps.length, "step") + " of the engine";
  return folded(title, fenced("text", lines.join("\n"), room.steps));
}

function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
