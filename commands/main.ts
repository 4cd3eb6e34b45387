import { CommandFailure } from "./runCommand";
import { visibleText } from "../findings/text";

/** A mistake or a situation that the user can mend: shown as its message alone. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UserError";
  }
}

/**
 * Runs a script's work and turns what it throws into a message and exit code 1. A failed command is shown with all it
 * wrote, because that is where the reason is.
 */
export function main(work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
}

/**
 * What a script says of its failure.
 *
 * @param error what was thrown
 * @param environment with DECKHOUSE_VSPHERE_STACK_TRACES in it, the stack of a defect is shown as well
 */
export function messageOf(error: unknown, environment: NodeJS.ProcessEnv = process.env): string {
  if (error instanceof CommandFailure) {
    return visibleText(`${error.message}\n${error.output.trimEnd()}`);
  }
  if (!(error instanceof Error)) return visibleText(String(error));
  const isShort = error instanceof UserError || !environment["DECKHOUSE_VSPHERE_STACK_TRACES"];
  return visibleText(isShort ? error.message : (error.stack ?? error.message));
}
