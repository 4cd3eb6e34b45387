import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ProcessIdentity } from "./processes";

/** The name of a record in the folder of its run. */
export const recordName = "run.json";

/** What a run notes of itself, so that the next one can clean up after it if it dies. */
export interface RunRecord {
  /** The run's own process. */
  readonly run: ProcessIdentity;
  /** The program that it has started last. */
  readonly child?: ProcessIdentity;
  /** A folder for the temporary files of its programs. */
  readonly temporary?: string;
  /** Where the machine is built; absent for a run that builds none. */
  readonly building?: {
    /** `/X1/vm/Templates` */
    readonly folder: string;
    /** What the machine's name ends with, and no other's does. */
    readonly suffix: string;
  };
}

/** The record of a run that is at work or has died; undefined when there is none. */
export function readRecord(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RunRecord;
  } catch {
    return undefined;
  }
}

/** Takes the place of the one run that may be at work here. Returns whether it was free. */
export function claimRecord(file: string, record: RunRecord): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(record), { mode: 0o600 });
  try {
    // Never half a record, and never over another's.
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Replaces the run's own record as a whole: whoever reads it sees the old or the new one. */
export function updateRecord(file: string, record: RunRecord): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, JSON.stringify(record), { mode: 0o600 });
  renameSync(next, file);
}

export function removeRecord(file: string): void {
  rmSync(file, { force: true });
}

/** Removes the record of a run that died; not that of another one, which may have taken the place meanwhile. */
export function removeRecordOf(file: string, { run }: RunRecord): void {
  const present = readRecord(file)?.run;
  if (present?.processId === run.processId && present.started === run.started) removeRecord(file);
}

/** The records of all runs on one vCenter, by the path of their files. */
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
