/** A process as far as its end can be noticed: `process`, or one of a test. */
export interface EndingProcess {
  on(signal: NodeJS.Signals, act: () => void): unknown;
  exit(code: number): void;
  /** The id of the process that it is a child of; another one once that is gone. */
  readonly ppid: number;
  readonly stdin: {
    on(event: "end" | "error", act: () => void): unknown;
    resume(): unknown;
    unref?(): unknown;
  };
}

/** How the engine asks a plugin to end (SIGINT), and what service managers and terminals send. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What a process still has to do before it ends. Neither part throws. */
export interface LastThings {
  /** Ends what is open: nobody asks for anything more, or has only seconds left to wait for it. */
  readonly end: () => Promise<void>;
  /** Resolves once nothing is under way any more, however long that takes. */
  readonly rest: () => Promise<void>;
}

/**
 * Has the last things done when the process for dynamic resources ends, or is left alone.
 *
 * The engine sends a plugin that it no longer needs SIGINT, waits 5 seconds and then kills it; what the plugin prints
 * until then is still shown (pulumi/pulumi#19603, May 2025). An engine that is killed itself sends nothing, but its end
 * of our standard input closes. A change may then be under way in vCenter: it is brought to its end, and the process with
 * it. Where only the input has ended, and who started the process is there, it stays.
 */
export function atProcessEnd({ end, rest }: LastThings, ending: EndingProcess = process): void {
  let isExiting = false;
  const exit = (): void => {
    if (isExiting) return;
    isExiting = true;
    void end().finally(() => ending.exit(0));
  };
  for (const signal of signals) ending.on(signal, exit);
  const parent = ending.ppid;
  let hasInput = true;
  const orphaned = (): void => {
    if (!hasInput) return;
    hasInput = false;
    void end()
      .then(rest)
      .finally(() => {
        if (ending.ppid !== parent) exit();
      });
  };
  ending.stdin.on("end", orphaned);
  ending.stdin.on("error", orphaned);
  // Nothing comes this way; the end is only noticed by whoever reads.
  ending.stdin.resume();
  ending.stdin.unref?.();
}
