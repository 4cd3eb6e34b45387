import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ProcessIdentity } from "./processes";
import { recordName } from "./run";

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
