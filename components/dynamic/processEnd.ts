/** A process as far as its end can be noticed: `process`, or one of a test. */
export interface EndingProcess {
  on(signal: NodeJS.Signals, act: () => void): unknown;
  exit(code: number): void;
  readonly stdin: {
    on(event: "end" | "error", act: () => void): unknown;
    resume(): unknown;
    unref?(): unknown;
  };
}

/** How the engine asks a plugin to end (SIGINT), and what service managers and terminals send. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Has something done when the process for dynamic resources ends.
 *
 * The engine sends a plugin that it no longer needs SIGINT, waits 5 seconds and then kills it; what the plugin prints
 * until then is still shown (pulumi/pulumi#19603, May 2025). An engine that is killed itself sends nothing, but its end
 * of our standard input closes: then the process may have work to finish, and is left to whoever ends it.
 *
 * @param end what is to be done; never throws
 */
export function atProcessEnd(end: () => Promise<void>, ending: EndingProcess = process): void {
  let isExiting = false;
  const exit = (): void => {
    if (isExiting) return;
    isExiting = true;
    void end().finally(() => ending.exit(0));
  };
  for (const signal of signals) ending.on(signal, exit);
  const orphaned = (): void => void end();
  ending.stdin.on("end", orphaned);
  ending.stdin.on("error", orphaned);
  // Nothing comes this way; the end is only noticed by whoever reads.
  ending.stdin.resume();
  ending.stdin.unref?.();
}
