import { rmSync, linkSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { templatePath } from "../request";
import { failure } from "./failure";
import { identityOf, isRunning, type ProcessIdentity } from "./processes";
import { shownSeconds } from "./progress";
import { vCenterFolder, type Run, recordName } from "./run";
import { join } from "node:path";

const pollMilliseconds = 500;

/** How much longer than its clean-up an interrupted run may take to end. */
const patienceSeconds = 30;

/** No build may take longer (schema of templateImage.timeouts.build), so an older machine belongs to no run. */
const abandonedMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Makes this the only run of its template on this machine. Cleans up after a run that died, and waits for an interrupted
 * one that is still cleaning up.
 *
 * @param own what a later run has to clean up if this one dies
 * @returns the record, which belongs to this run from now on
 * @throws RunFailure when another run stays active; the signal's reason when the run has to end
 */
export async function claim(run: Run, own: Omit<RunRecord, "run">): Promise<RunRecord> {
  const { folder, signal, request, progress } = run;
  const self = identityOf(process.pid) ?? { processId: process.pid, started: "" };
  const record: RunRecord = { ...own, run: self };
  const patience = request.timeouts.cleanUp + patienceSeconds;
  const deadline = Date.now() + patience * 1000;
  while (!claimRecord(folder.record, record)) {
    signal.throwIfAborted();
    progress.stage("cleanUp");
    const other = readRecord(folder.record);
    if (other !== undefined && !isRunning(other.run)) {
      await recover(run, folder.record, other);
      continue;
    }
    // Undefined: the other run has just ended, or somebody damaged the file, which no run does.
    const who = other === undefined ? "an unknown process" : `process ${other.run.processId}`;
    if (Date.now() > deadline) {
      throw failure("cleanUp", {
        where: templatePath(request.place, request.name),
        wrong: `another run (${who}) has been making this template for more than ${shownSeconds(patience)}`,
        remedy:
          "wait for it to finish, and run again; if it were ended, it would lose what it has built. If there is no such " +
          `process, nothing is lost by removing ${folder.record}`,
      });
    }
    progress.detail(`waiting for ${who}, which is still active`);
    await sleep(pollMilliseconds);
  }
  return record;
}

/**
 * Cleans up after dead runs of other templates, and after builds on other machines that are long over. What cannot be
 * removed is in nobody's way, so it stays until the next run.
 */
export async function cleanUpAfterOthers(run: Run): Promise<void> {
  const { work, request, folder, log } = run;
  const dead = allRecords(vCenterFolder(work, request.vCenter.server)).filter(
    ([file, record]) => file !== folder.record && !isRunning(record.run),
  );
  const chores = [
    ...dead.map(([file, record]) => {
      return () => recover(run, file, record);
    }),
    () => removeAbandoned(run),
  ];
  for (const chore of chores) {
    try {
      await chore();
    } catch (error) {
      log.note(`an earlier run left something behind: ${String(error)}`);
    }
  }
}

/**
 * Cleans up after a dead run: ends the program that it left running, and removes its half-built machine.
 *
 * @param file the record's, removed when everything is clean
 */
export async function recover(run: Run, file: string, record: RunRecord): Promise<void> {
  if (record.child !== undefined) killGroup(record.child);
  const { building, temporary } = record;
  if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  if (building !== undefined) {
    await removeMachines(run, building.folder, (name) => name.endsWith(building.suffix));
  }
  removeRecordOf(file, record);
}

/**
 * Removes unfinished machines of this template that are older than any build may be: runs on other machines left them,
 * and nobody can ask those.
 */
export async function removeAbandoned(run: Run): Promise<void> {
  const { client, request } = run;
  const start = `${request.name}-building-`;
  const now = await client.currentTime();
  await removeMachines(
    run,
    request.place.folder,
    (name, created) =>
      name.startsWith(start) &&
      created !== undefined &&
      now.getTime() - created.getTime() > abandonedMilliseconds,
  );
}

/** Removes the machines of a folder that a run left behind. */
export async function removeMachines(
  { client, log }: Pick<Run, "client" | "log">,
  folderPath: string,
  isLeftover: (name: string, created: Date | undefined) => boolean,
): Promise<void> {
  const folder = await client.virtualMachines.find(folderPath, ["Folder"]);
  if (folder === undefined) return;
  for (const machine of await client.virtualMachines.inFolder(folder)) {
    if (!isLeftover(machine.name, machine.created)) continue;
    log.note(`removing ${folderPath}/${machine.name}`);
    await client.virtualMachines.destroy(machine);
  }
}

/** Kills a program and everything in its process group. */
function killGroup(child: ProcessIdentity): void {
  if (!isRunning(child)) return;
  try {
    process.kill(-child.processId, "SIGKILL");
  } catch {
    // It has just ended.
  }
}

/** What a run notes about itself, so that the next one can clean up if it dies. */
export interface RunRecord {
  /** The run's own process. */
  readonly run: ProcessIdentity;
  /** The program that it started last. */
  readonly child?: ProcessIdentity;
  /** The folder for temporary files of its programs. */
  readonly temporary?: string;
  /** Where the machine is built; absent in a run that builds none. */
  readonly building?: {
    /** `/X1/vm/Templates` */
    readonly folder: string;
    /** The end of the machine's name, which no other machine's name has. */
    readonly suffix: string;
  };
}

/** The record of a run that is active or has died; undefined when there is none. */
export function readRecord(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RunRecord;
  } catch {
    return undefined;
  }
}

/** Claims the place of the only run. Returns whether it was free. */
export function claimRecord(file: string, record: RunRecord): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(record), { mode: 0o600 });
  try {
    // A link is never half a record, and never replaces another one.
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Replaces the run's own record atomically: readers see the old one or the new one. */
export function updateRecord(file: string, record: RunRecord): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, JSON.stringify(record), { mode: 0o600 });
  renameSync(next, file);
}

export function removeRecord(file: string): void {
  rmSync(file, { force: true });
}

/** Removes the record of a dead run, but not of a run that has taken its place in the meantime. */
export function removeRecordOf(file: string, { run }: RunRecord): void {
  const present = readRecord(file)?.run;
  if (present?.processId === run.processId && present.started === run.started) removeRecord(file);
}

/** The records of all runs on one vCenter, with their files. */
export function allRecords(folder: string): [file: string, record: RunRecord][] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name): [string, RunRecord][] => {
    const file = join(folder, name, recordName);
    const record = readRecord(file);
    return record === undefined ? [] : [[file, record]];
  });
}
