import type { RunOfPipeline } from "./previewComment";

/**
 * Where the repository lives, as the workflows need it: GitHub or GitLab. Only what the workflows themselves wrote is
 * ever found, so that a text of somebody else with the same title or marker is neither replaced nor closed.
 */
export interface Forge {
  /** What is running now. The stack is that of PULUMI_STACK. */
  readonly run: RunOfPipeline;
  /** The comments under the pull or merge request of this run. */
  readonly comments: Texts;
  /** The open issues. */
  readonly issues: Texts & {
    /** Closes an issue, with a last comment. */
    close(id: string, comment: string): Promise<void>;
  };
}

/** Texts that are found, written and replaced. */
export interface Texts {
  /** The id of the first for which something holds; undefined when there is none. */
  find(holds: (text: Written) => boolean): Promise<string | undefined>;
  create(text: Written): Promise<unknown>;
  replace(id: string, text: Written): Promise<unknown>;
}

/** A comment, which has no title, or an issue. */
export interface Written {
  readonly title: string;
  readonly body: string;
}

/** Writes a text, in the place of the earlier one if there is one. Says which it did. */
export async function keepOne(
  texts: Texts,
  text: Written,
  isEarlier: (text: Written) => boolean,
): Promise<"created" | "replaced"> {
  const earlier = await texts.find(isEarlier);
  if (earlier === undefined) {
    await texts.create(text);
    return "created";
  }
  await texts.replace(earlier, text);
  return "replaced";
}
