import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plain, runPulumi, type EngineRun } from "../ci/engine";

/** What a preview left. */
export interface PreviewRun extends EngineRun {
  /** Its events, one in JSON on each line; empty when it did not come to any. */
  readonly events: string;
}

/** How to preview. */
export interface PreviewOptions {
  /** The stack's name; the selected one when undefined. */
  readonly stack: string | undefined;
  /** More arguments of `pulumi preview`. */
  readonly more?: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the project. */
  readonly cwd?: string;
  /** Is given what the engine prints, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs `pulumi preview`, and gets the engine's events by the flag that the Automation API itself uses for them
 * (@pulumi/pulumi, automation/stack.ts). The events are the same; but the Automation API selects the stack for whoever
 * works in the folder next, and of a preview that came to no event it gives neither the exit code nor the engine's words.
 *
 * The file is in a folder that only this user can read, and is gone afterwards: it holds what the state holds.
 */
export async function previewWithEvents(options: PreviewOptions): Promise<PreviewRun> {
  const { stack, more = [], environment, cwd, onOutput = () => undefined } = options;
  const folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-review-"));
  const file = join(folder, "events.jsonl");
  try {
    const chosen = stack === undefined ? [] : ["--stack", stack];
    const args = ["preview", ...chosen, ...plain, "--event-log", file, ...more];
    // The flag is one for developers: without this variable, the engine does not know it.
    const env = { ...environment, PULUMI_DEBUG_COMMANDS: "true" };
    const run = await runPulumi(args, { env, ...(cwd !== undefined && { cwd }) }, onOutput);
    return { ...run, events: existsSync(file) ? readFileSync(file, "utf8") : "" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
