import type { Findings } from "./engine";
import { withOutput } from "./fitting";
import type { RunOfPipeline } from "./previewComment";

/** By what the issue of a stack is found again: its whole title. Two stacks have two issues. */
export function driftTitle(stack: string): string {
  return `Drift check of the stack ${stack}`;
}

const meanings: Readonly<Record<Exclude<Findings, "unchanged">, string>> = {
  changed: [
    "**vCenter is not as the configuration says.** Either somebody changed it by hand, or a change of the",
    "configuration was not applied yet. `pulumi up` makes vCenter as the configuration says; what is to stay as it is",
    "now goes into the configuration first.",
  ].join("\n"),
  failed: [
    "**The preview failed**, so it is not known whether vCenter is as the configuration says. The reason is at the end",
    "of the output.",
  ].join("\n"),
};

/** The text of the issue, which is replaced as a whole by the next check. */
export function driftIssue(
  run: RunOfPipeline,
  findings: Exclude<Findings, "unchanged">,
  output: string,
): string {
  const before = [
    meanings[findings],
    "",
    `Commit ${run.commit}, [log](${run.url}). Each check writes this text anew, and closes the issue when there is`,
    "nothing to say any more.",
  ].join("\n");
  return withOutput(before, output);
}

/** What is said when the issue is closed. */
export function driftOver(run: RunOfPipeline): string {
  return `vCenter is as the configuration says. Commit ${run.commit}, [log](${run.url}).`;
}
