import { markdownReview } from "../review/markdown";
import type { Review } from "../review/model";
import { verdictOf } from "../review/verdict";
import type { Findings } from "./engine";
import type { PipelineRun } from "./forge";
import { planMark } from "./plan";

/**
 * By what the comment of a stack is found again: a line of Markdown that is not shown. Two stacks have two comments.
 */
export function previewMarker(stack: string): string {
  return `<!-- deckhouse-vsphere: preview of the stack ${stack} -->`;
}

/** What is said under a pull request about a preview: what it means, with why to look closely in front. */
export function previewComment(run: PipelineRun, review: Review): string {
  const before = `${previewMarker(run.stack)}\n${planMark(review)}`;
  const frame = { before, source: source(run) };
  return markdownReview(review, verdictOf(review), frame);
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
    "**The preview failed**, so it is not known whether vCenter matches the configuration.",
  ].join("\n"),
};

/** The text of the issue, which the next check replaces as a whole. */
export function driftIssue(
  run: PipelineRun,
  findings: Exclude<Findings, "unchanged">,
  review: Review,
): string {
  const before = [
    meanings[findings],
    "",
    `${source(run)} Each check rewrites this text, and closes the issue when`,
    "there is no drift any more.",
  ].join("\n");
  return markdownReview(review, verdictOf(review), { before });
}

/** What is said when the issue is closed. */
export function driftOver(run: PipelineRun): string {
  return `vCenter matches the configuration. ${source(run)}`;
}

function source({ commit, url }: PipelineRun): string {
  return `Commit ${commit}, [log](${url}).`;
}
