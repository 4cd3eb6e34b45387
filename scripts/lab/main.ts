import { CommandFailure } from "./runCommand";
import { visibleText } from "../../vcenter/visibleText";

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

function messageOf(error: unknown): string {
  if (error instanceof UserError) return visibleText(error.message);
  if (error instanceof CommandFailure) return `${error.message}\n${error.output.trimEnd()}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
