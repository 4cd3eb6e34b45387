import { setTimeout as sleep } from "node:timers/promises";

const firstIntervalMilliseconds = 250;
const longestIntervalMilliseconds = 2000;

/** The wait after a look at a task, in milliseconds: doubled each time, up to two seconds. */
export function pollInterval(looksMade: number): number {
  return Math.min(firstIntervalMilliseconds * 2 ** (looksMade - 1), longestIntervalMilliseconds);
}

/** Waits, less long when it is cancelled meanwhile. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
