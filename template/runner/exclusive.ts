import { setTimeout as sleep } from "node:timers/promises";

import { RunFailure } from "./failure";
import { recover, removeAbandoned } from "./leftovers";
import { identityOf, isRunning } from "./processes";
import { shownSeconds } from "./progress";
import type { Run } from "./run";
import { allRecords, claimRecord, readRecord, type RunRecord } from "./runRecord";
import { vCenterFolder } from "./workFolder";

const pollMilliseconds = 500;

/** How much longer than its clean-up a run that was interrupted may be at work. */
const patienceSeconds = 30;

/**
 * Makes this the only run of its template on this machine, and cleans up after those that died. One that was
 * interrupted and still cleans up is waited for.
 *
 * @param own what a later run has to clean up if this one dies
 * @returns the record, which is this run's own from now on
 * @throws RunFailure when another run is at work; the signal's reason when the run has to end
 */
export async function claim(run: Run, own: Omit<RunRecord, "run">): Promise<RunRecord> {
  const { folder, signal, request, progress } = run;
  const self = identityOf(process.pid) ?? { processId: process.pid, started: "" };
  const record: RunRecord = { ...own, run: self };
  const deadline = Date.now() + (request.timeouts.cleanUp + patienceSeconds) * 1000;
  while (!claimRecord(folder.record, record)) {
    signal.throwIfAborted();
    progress.stage("cleanUp");
    const other = readRecord(folder.record);
    if (other !== undefined && !isRunning(other.run)) {
      await recover(run, folder.record, other);
      continue;
    }
    // Undefined: it has ended in this moment; or somebody spoilt the file, which no run of ours does.
    const who = other === undefined ? "an unknown process" : `process ${other.run.processId}`;
    if (Date.now() > deadline) {
      throw new RunFailure(
        "cleanUp",
        `another run (${who}) has been making this template for more than ` +
          shownSeconds(request.timeouts.cleanUp + patienceSeconds),
        "wait until it is done, and run again; ended, it would lose what it has built. If there is no such process, " +
          `nothing is lost by removing ${folder.record}`,
      );
    }
    progress.detail(`waiting for ${who}, which is still at it`);
    await sleep(pollMilliseconds);
  }
  return record;
}

/**
 * Cleans up after runs of other templates that died, and after builds on other machines that are long over. What cannot
 * be removed stands in nobody's way, and is left.
 */
export async function cleanUpAfterOthers(run: Run): Promise<void> {
  const { work, request, folder, log } = run;
  const died = allRecords(vCenterFolder(work, request.vCenter.server)).filter(
    ([file, record]) => file !== folder.record && !isRunning(record.run),
  );
  const chores = [
    ...died.map(
      ([file, record]) =>
        () =>
          recover(run, file, record),
    ),
    () => removeAbandoned(run),
  ];
  for (const chore of chores) {
    try {
      await chore();
    } catch (error) {
      log.note(`something of an earlier run is left: ${String(error)}`);
    }
  }
}
