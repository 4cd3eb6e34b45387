import { spawn } from "node:child_process";

import { Cancellation, failure } from "./failure";
import { identityOf, type ProcessIdentity } from "./processes";
import { shownSeconds, type StageName } from "./progress";
import { OutputLines, type RunLog } from "./runLog";

/** How long to wait for output after a program has ended: a child of it may still hold the pipe. */
const outputPatienceMilliseconds = 2000;

/** Variables of the engine and of the command that no tool may see or print. */
const withheld = /^(PULUMI_|DECKHOUSE_VSPHERE_|VSPHERE_PASSWORD$|GOVC_PASSWORD$|TF_VAR_)/;

/** Variables that point git to another repository: Pulumi may have been started by a git hook. */
const ofAnotherRepository =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX)$/;

/** The environment of git and Packer: the user's, for proxies and the like, without what they must not know. */
export function toolEnvironment(
  more: Readonly<Record<string, string>>,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(
    ([name]) => !withheld.test(name) && !ofAnotherRepository.test(name),
  );
  return { ...Object.fromEntries(kept), ...more };
}

/** How to run a program. */
export interface ChildOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: RunLog;
  /** Ends the program when aborted. */
  readonly signal: AbortSignal;
  /** Seconds that the program may take. */
  readonly timeout: number;
  /** Seconds that the program has for cleaning up once it was asked to end; then it is killed. */
  readonly grace: number;
  /** Receives each line, without secrets. */
  readonly onLine?: (line: string) => void;
  /** Receives the process as soon as it runs, so that a later run can find it. */
  readonly onStart?: (child: ProcessIdentity) => void;
}

/** How a program ended. */
export interface ChildOutcome {
  readonly exitCode: number | null;
  /** Why it was ended, if it was. */
  readonly ended: "cancelled" | "timeout" | undefined;
  /** Whether the program exists at all. */
  readonly started: boolean;
}

/**
 * Runs a program and everything it starts in a process group of its own. To end it, sends SIGINT, on which Packer cleans
 * up (on SIGKILL it cannot), and kills the whole group when that takes too long.
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
          // A process that left the group keeps its end of the pipe open as long as it likes.
          for (const stream of [child.stdout, child.stderr]) stream.destroy();
        }, outputPatienceMilliseconds);
      });
      child.on("close", (exitCode) => {
        // Nothing that the program started may outlive it.
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

/** A command that has to succeed. */
export interface ToolRun extends Pick<
  ChildOptions,
  "command" | "arguments" | "folder" | "environment" | "timeout" | "onLine"
> {
  readonly stage: StageName;
  /** The command as messages show it: `git fetch`. */
  readonly shown: string;
  /** What to do when it fails. */
  readonly remedy: string;
}

/** Runs git and Packer with what all commands of a run have in common. */
export class Tools {
  readonly #shared: Pick<ChildOptions, "log" | "signal" | "grace" | "onStart">;

  constructor(shared: Pick<ChildOptions, "log" | "signal" | "grace" | "onStart">) {
    this.#shared = shared;
  }

  /** Runs a command. @throws RunFailure when it fails, Cancellation when the run has to end */
  async run({ stage, shown, remedy, ...command }: ToolRun): Promise<void> {
    const { log, signal } = this.#shared;
    const outcome = await runChild({ ...command, ...this.#shared });
    if (signal.aborted) throw signal.reason as Cancellation;
    const fail = (wrong: string, what = remedy): never => {
      throw failure(stage, { where: shown, wrong, remedy: what }, log.excerpt());
    };
    if (!outcome.started) {
      fail(
        `${command.command} could not be started`,
        `put ${command.command} on the PATH of pulumi`,
      );
    }
    if (outcome.ended === "timeout") {
      fail(
        `took longer than ${shownSeconds(command.timeout)}`,
        "find out from the log what it was waiting for, or allow more time (templateImage.timeouts)",
      );
    }
    if (outcome.exitCode === null) fail("was killed");
    if (outcome.exitCode !== 0) fail(`failed (exit code ${outcome.exitCode})`);
  }
}
