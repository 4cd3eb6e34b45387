import { spawn } from "node:child_process";

import { OutputLines } from "./outputLines";
import { identityOf, type ProcessIdentity } from "./processes";
import type { RunLog } from "./runLog";

/** A program that ended may have left its output to a child of its own, for which this is waited. */
const outputPatienceMilliseconds = 2000;

/** How to run a program. */
export interface ChildOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: RunLog;
  /** Ends the program when it is aborted. */
  readonly signal: AbortSignal;
  /** Seconds that the program may take. */
  readonly timeout: number;
  /** Seconds that the program has to clean up after it was asked to end; then it is killed. */
  readonly grace: number;
  /** Told each line, without secrets. */
  readonly onLine?: (line: string) => void;
  /** Told the process as soon as there is one, so that a later run can find it. */
  readonly onStart?: (child: ProcessIdentity) => void;
}

/** How a program ended. */
export interface ChildOutcome {
  readonly exitCode: number | null;
  /** Why it was made to end, if it was. */
  readonly ended: "cancelled" | "timeout" | undefined;
  /** Whether there was such a program at all. */
  readonly started: boolean;
}

/**
 * Runs a program in a process group of its own, with everything that it starts. Asked to end, it gets SIGINT, on which
 * Packer cleans up (it does not on SIGKILL), and is killed with all its children when it takes too long.
 */
export async function runChild(options: ChildOptions): Promise<ChildOutcome> {
  const { command, log, signal, onLine, onStart } = options;
  log.begin([command, ...options.arguments].join(" "));
  const child = spawn(command, options.arguments, {
    cwd: options.folder,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let ended: ChildOutcome["ended"];
  let killTimer: NodeJS.Timeout | undefined;
  let leftTimer: NodeJS.Timeout | undefined;
  const kill = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group is empty.
    }
  };
  const end = (reason: NonNullable<ChildOutcome["ended"]>): void => {
    if (ended !== undefined) return;
    ended = reason;
    log.note(`${reason}: SIGINT to ${command}, SIGKILL in ${options.grace} s`);
    kill("SIGINT");
    killTimer = setTimeout(() => kill("SIGKILL"), options.grace * 1000);
  };
  for (const stream of [child.stdout, child.stderr]) {
    const lines = new OutputLines(log.redaction, (line, isWhole) => {
      log.line(line, isWhole);
      onLine?.(line);
    });
    stream.on("data", (chunk: Buffer) => lines.write(chunk));
    stream.on("close", () => lines.end());
  }
  const timeout = setTimeout(() => end("timeout"), options.timeout * 1000);
  const cancel = (): void => end("cancelled");
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  if (child.pid !== undefined) {
    const identity = identityOf(child.pid);
    if (identity !== undefined) onStart?.(identity);
  }
  try {
    return await new Promise<ChildOutcome>((resolve) => {
      child.on("error", (error) => {
        log.line(`${command}: ${error.message}`);
        resolve({ exitCode: null, ended, started: false });
      });
      child.on("exit", () => {
        leftTimer = setTimeout(() => {
          kill("SIGKILL");
          // A process that left the group keeps its end of the output open for as long as it likes.
          for (const stream of [child.stdout, child.stderr]) stream.destroy();
        }, outputPatienceMilliseconds);
      });
      child.on("close", (exitCode) => {
        // Nothing that it started is to outlive it.
        kill("SIGKILL");
        resolve({ exitCode, ended, started: true });
      });
    });
  } finally {
    clearTimeout(timeout);
    clearTimeout(killTimer);
    clearTimeout(leftTimer);
    signal.removeEventListener("abort", cancel);
  }
}
