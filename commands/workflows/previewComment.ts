import type { EngineRun } from "./engine";
import { withOutput } from "./fitting";

/** Which run of a pipeline a text is about. */
export interface RunOfPipeline {
  readonly stack: string;
  /** The commit that was looked at, as a full hash. */
  readonly commit: string;
  /** The address of the run's log. */
  readonly url: string;
}

/**
 * By what the comment of a stack is found again: a line of Markdown that is not shown. Two stacks have two comments.
 */
export function previewMarker(stack: string): string {
  return `<!-- deckhouse-vsphere: preview of the stack ${stack} -->`;
}

/** What is said under a pull request about a preview: the engine's own words. */
export function previewComment(run: RunOfPipeline, preview: EngineRun): string {
  const meaning =
    preview.exitCode === 0
      ? "This is what `pulumi up` would do."
      : "**The preview failed**, so it does not tell what `pulumi up` would do. The reason is below.";
  const before = [
    previewMarker(run.stack),
    `### Preview of the stack \`${run.stack}\``,
    "",
    `${meaning} Commit ${run.commit}, [log](${run.url}).`,
  ].join("\n");
  return withOutput(before, preview.output);
}
