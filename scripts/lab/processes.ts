import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const pollMilliseconds = 20;

/** The command line of a process, or nothing when there is none with that id. */
export function commandLineOf(processId: number): string | undefined {
  try {
    return (
      readFileSync(`/proc/${processId}/cmdline`, "utf8").replaceAll("\0", " ").trim() || undefined
    );
  } catch {
    return commandLineFromPs(processId);
  }
}

/** For systems without /proc. */
function commandLineFromPs(processId: number): string | undefined {
  try {
    const arguments_ = ["-o", "args=", "-p", String(processId)];
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    return execFileSync("ps", arguments_, { encoding: "utf8", stdio }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Ends one process, by its id: asks it first and makes it after `patience`. `isStillIt` is asked each time, because the
 * system may give the id of a process that ended to another one.
 */
export async function endProcess(
  processId: number,
  isStillIt: () => boolean,
  patienceMilliseconds = 5000,
): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!isStillIt()) return;
    process.kill(processId, signal);
    const deadline = Date.now() + patienceMilliseconds;
    while (Date.now() < deadline && isStillIt()) await sleep(pollMilliseconds);
  }
}
