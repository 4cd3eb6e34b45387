import { createHash } from "node:crypto";
import type { Review } from "../review/model";
import { plainText } from "../../findings/words";

/**
 * A mark of what a review says that `up` would do, as a line of Markdown that is not shown. Two previews have the same mark
 * when they would do the same for the same reasons. What the preflight said is left out: it depends on the account, and
 * previews have another one than `up`. Nothing of the state can be read from it.
 */
export function planMark({ intent, drift, documents, steps }: Review): string {
  const plan = {
    lines: intent.lines.map(({ depth, mark, words }) => [depth, mark, plainText(words)]),
    sentences: intent.sentences.map(plainText),
    drift: drift.map(plainText),
    documents,
    steps: steps.map(({ operation, type, name }) => [operation, type, name].join(" ")).sort(),
  };
  const digest = createHash("sha256").update(JSON.stringify(plan)).digest("hex");
  return `<!-- deckhouse-vsphere: plan ${digest} -->`;
}

/** Whether a comment has the mark of the same plan. */
export function isSamePlan(comment: string, mark: string): boolean {
  return comment.includes(mark);
}
