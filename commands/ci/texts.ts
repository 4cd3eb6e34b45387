import { visibleText } from "../../findings/text";
import type { EngineRun, Findings } from "./engine";
import type { PipelineRun } from "./forge";

/**
 * The longest text, in characters, of a comment or an issue on GitHub, which refuses a longer one. GitLab takes more;
 * one limit keeps the texts the same on both.
 */
export const longestText = 65_536;

/**
 * By what the comment of a stack is found again: a line of Markdown that is not shown. Two stacks have two comments.
 */
export function previewMarker(stack: string): string {
  return `<!-- deckhouse-vsphere: preview of the stack ${stack} -->`;
}

/** What is said under a pull request about a preview: the engine's own words. */
export function previewComment(run: PipelineRun, preview: EngineRun): string {
  const meaning =
    preview.exitCode === 0
      ? "This is what `pulumi up` would do."
      : "**The preview failed**, so it does not tell what `pulumi up` would do. The reason is below.";
  const before = [
    previewMarker(run.stack),
    `### Preview of the stack \`${run.stack}\``,
    "",
    `${meaning} ${source(run)}`,
  ].join("\n");
  return withOutput(before, preview.output);
}

/** By what the issue of a stack is found again: its whole title. Two stacks have two issues. */
export function driftTitle(stack: string): string {
  return `Drift check of the stack ${stack}`;
}

const meanings: Readonly<Record<Exclude<Findings, "unchanged">, string>> = {
  changed: [
    "**vCenter differs from the configuration.** Either somebody changed it by hand, or a change of the",
    "configuration has not been applied yet. `pulumi up` makes vCenter match the configuration; what should stay as it",
    "is now has to go into the configuration first.",
  ].join("\n"),
  failed: [
    "**The preview failed**, so it is not known whether vCenter matches the configuration. The reason is at the end of",
    "the output.",
  ].join("\n"),
};

/** The text of the issue, which the next check replaces as a whole. */
export function driftIssue(
  run: PipelineRun,
  findings: Exclude<Findings, "unchanged">,
  output: string,
): string {
  const before = [
    meanings[findings],
    "",
    `${source(run)} Each check rewrites this text, and closes the issue when`,
    "there is no drift any more.",
  ].join("\n");
  return withOutput(before, output);
}

/** What is said when the issue is closed. */
export function driftOver(run: PipelineRun): string {
  return `vCenter matches the configuration. ${source(run)}`;
}

function source({ commit, url }: PipelineRun): string {
  return `Commit ${commit}, [log](${url}).`;
}

/**
 * Puts what a program printed into a Markdown text, unchanged but for characters that would disguise it. What is too
 * long loses its middle: the beginning shows what is meant, and the end holds messages and errors.
 *
 * @param before Markdown that goes in front
 * @param output nothing in it is taken for Markdown
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
