import { isRunning, parentOf, principals } from "./processes";

const pollMilliseconds = 250;

/** Why a run has to end before it is done. */
export class Cancellation extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Cancellation";
  }
}

/**
 * Tells when there is nobody left to work for.
 *
 * The engine ends a command by killing its shell, and leaves the shell's children alone; killed itself, it leaves even
 * the shell alone. So a run looks after itself: it ends on a signal, when the small program that started it is gone
 * (its end of the pipe closes), and when any process between that and the engine is gone.
 *
 * @param starter the small program's process id
 * @param parent the process that had started that one, when it began
 * @returns aborted with a {@link Cancellation}
 */
export function lifeline(starter: number, parent: number): AbortSignal {
  const controller = new AbortController();
  const cancel = (reason: string): void => {
    if (!controller.signal.aborted) controller.abort(new Cancellation(reason));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => cancel(`it was interrupted (${signal})`));
  }
  process.stdin.on("close", () => cancel("the command was killed"));
  process.stdin.on("error", () => cancel("the command was killed"));
  process.stdin.resume();
  process.stdin.unref();
  const watched = principals(starter);
  // Its parent died before there was somebody to see it: then the system has given it another, mostly the first process.
  if (parent <= 1 || parentOf(starter) !== parent) cancel("Pulumi has ended it");
  setInterval(() => {
    if (!watched.every(isRunning)) cancel("Pulumi has ended it");
  }, pollMilliseconds).unref();
  return controller.signal;
}
