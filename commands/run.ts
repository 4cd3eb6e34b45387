import { spawn } from "node:child_process";
import { visibleText } from "../findings/text";

/** A mistake or a situation that the user can mend: shown as its message alone. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** A program that failed, with everything it wrote, because that is where the reason is. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  /** Both outputs, in the order in which they came. */
  readonly output: string;

  constructor(command: string, reason: string, output: string) {
    super(`"${command}" ${reason}`);
    this.output = output;
  }
}

/** How to run a program. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Text for its standard input. */
  readonly input?: string | Buffer;
}

/** What a program that succeeded wrote. */
export interface CommandOutput {
  readonly stdout: string;
  /** Both outputs, in the order in which they came. */
  readonly all: string;
}

/** Runs a program and collects its output. Throws a CommandFailure when it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutput> {
  const shown = [command, ...args].join(" ");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.environment ?? process.env,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const stdout: string[] = [];
    const all: string[] = [];
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout.push(text);
      all.push(text);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => all.push(text));
    child.on("error", (error) => {
      reject(new CommandFailure(shown, `could not be started: ${error.message}`, all.join("")));
    });
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ stdout: stdout.join(""), all: all.join("") });
      else {
        const reason = code === null ? `was ended by ${signal}` : `failed (exit code ${code})`;
        reject(new CommandFailure(shown, reason, all.join("")));
      }
    });
    child.stdin?.on("error", () => undefined).end(options.input);
  });
}

/**
 * Does the work of this process. What the work throws becomes a message and exit code 1, so that a user never has to
 * read a stack trace.
 */
export function main(work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
}

/**
 * What a user is shown of a failure.
 *
 * @param environment with DECKHOUSE_VSPHERE_STACK_TRACES in it, the stack trace of a defect is shown too
 */
export function messageOf(error: unknown, environment: NodeJS.ProcessEnv = process.env): string {
  if (error instanceof CommandFailure) {
    return visibleText(`${error.message}\n${error.output.trimEnd()}`);
  }
  if (!(error instanceof Error)) return visibleText(String(error));
  const isShort = error instanceof UserError || !environment["DECKHOUSE_VSPHERE_STACK_TRACES"];
  return visibleText(isShort ? error.message : (error.stack ?? error.message));
}
