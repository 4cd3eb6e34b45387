import { setTimeout as sleep } from "node:timers/promises";

/** The longest interval, in first ones. */
const longestInterval = 8;

/**
 * The wait after a look at a task, in milliseconds: doubled each time, up to eight times the first.
 *
 * @param first the wait after the first look
 */
export function pollInterval(looksMade: number, first: number): number {
  return first * Math.min(2 ** (looksMade - 1), longestInterval);
}

/** Waits, less long when it is cancelled meanwhile. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
