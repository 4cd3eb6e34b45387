import { spawn } from "node:child_process";

/** How to run a command. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Text for its standard input. */
  readonly input?: string | Buffer;
}

/** What a command that succeeded wrote. */
export interface CommandOutput {
  readonly stdout: string;
  /** Both outputs, in the order in which they came. */
  readonly all: string;
}

/** A command that failed, with everything it wrote. */
export class CommandFailure extends Error {
  /** Both outputs, in the order in which they came. */
  readonly output: string;

  constructor(command: string, reason: string, output: string) {
    super(`"${command}" ${reason}`);
    this.name = "CommandFailure";
    this.output = output;
  }
}

/** Runs a command and collects its output. Throws a CommandFailure when it fails. */
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
        const reason = code === null ? `ended by ${signal}` : `failed (exit code ${code})`;
        reject(new CommandFailure(shown, reason, all.join("")));
      }
    });
    child.stdin?.on("error", () => undefined).end(options.input);
  });
}
