import { CommandFailure, UserError } from "./run";

/**
 * Makes of a failure of the engine what a user has to know: its own errors and warnings. The rest of what it printed may
 * hold secrets.
 *
 * @param command what was run, for the message where the engine says nothing: `stack export`
 * @throws UserError, or the error itself where it is none of the engine
 */
export function failureOfEngine(error: unknown, command: string): never {
  if (!(error instanceof CommandFailure)) throw error;
  const said = error.output
    .split("\n")
    .filter((line) => /^ *(error|warning):/.test(line))
    .map((line) => line.trim())
    .join("\n");
  throw new UserError(
    said ||
      `\`pulumi ${command}\` failed: name a stack that exists (--stack), and set PULUMI_CONFIG_PASSPHRASE where it needs one`,
  );
}
