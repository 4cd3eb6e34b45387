import type { StageName } from "./stages";

/** A run that failed, in the words that the user is shown. */
export class RunFailure extends Error {
  readonly stage: StageName;
  /** What the tools said, the lines that matter. */
  readonly excerpt: readonly string[];
  /** What to do. */
  readonly remedy: string;

  constructor(stage: StageName, message: string, remedy: string, excerpt: readonly string[] = []) {
    super(message);
    this.name = "RunFailure";
    this.stage = stage;
    this.excerpt = excerpt;
    this.remedy = remedy;
  }
}
