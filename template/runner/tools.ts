import { runChild, type ChildOptions } from "./childProcess";
import { RunFailure } from "./failure";
import { Cancellation } from "./lifeline";
import { shownSeconds } from "./progress";
import type { ProcessIdentity } from "./processes";
import type { RunLog } from "./runLog";
import type { StageName } from "./stages";

/** A command of a stage, which has to succeed. */
export interface ToolRun extends Pick<
  ChildOptions,
  "command" | "arguments" | "folder" | "environment" | "timeout" | "onLine"
> {
  readonly stage: StageName;
  /** The command as a message shows it: `git fetch`. */
  readonly shown: string;
  /** What to do when it fails. */
  readonly remedy: string;
}

/** Runs git and Packer for one run: its log, its end, and where it notes the processes it started. */
export class Tools {
  readonly #log: RunLog;
  readonly #signal: AbortSignal;
  readonly #grace: number;
  readonly #onStart: (child: ProcessIdentity) => void;

  /** @param grace seconds for a program to clean up after it was asked to end */
  constructor(
    log: RunLog,
    signal: AbortSignal,
    grace: number,
    onStart: (child: ProcessIdentity) => void,
  ) {
    this.#log = log;
    this.#signal = signal;
    this.#grace = grace;
    this.#onStart = onStart;
  }

  /** Runs a command. @throws RunFailure when it fails, Cancellation when the run has to end */
  async run({ stage, shown, remedy, ...command }: ToolRun): Promise<void> {
    const outcome = await runChild({
      ...command,
      log: this.#log,
      signal: this.#signal,
      grace: this.#grace,
      onStart: this.#onStart,
    });
    if (this.#signal.aborted) throw this.#signal.reason as Cancellation;
    if (!outcome.started) {
      throw new RunFailure(
        stage,
        `${command.command} could not be started`,
        `put ${command.command} on the PATH of pulumi`,
        this.#log.excerpt(),
      );
    }
    if (outcome.ended === "timeout") {
      throw new RunFailure(
        stage,
        `${shown} took longer than ${shownSeconds(command.timeout)}`,
        `find out in the log what it waited for; or give it more time (templateImage.timeouts)`,
        this.#log.excerpt(),
      );
    }
    if (outcome.exitCode !== 0) {
      const how =
        outcome.exitCode === null ? "was killed" : `failed (exit code ${outcome.exitCode})`;
      throw new RunFailure(stage, `${shown} ${how}`, remedy, this.#log.excerpt());
    }
  }
}
