import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

import type { VCenterClient } from "../../vcenter";
import type { TemplateRequest, TemplateResult } from "../request";
import type { Progress } from "./progress";
import type { RunLog } from "./runLog";

/** The environment variable that names another folder for what runs keep on this machine. */
export const workFolderVariable = "DECKHOUSE_VSPHERE_TEMPLATE_FOLDER";

/** The name of the file with a run's record, in the folder of the run. */
export const recordName = "run.json";

const keptLogs = 10;

/** What all parts of a run share. */
export interface Run {
  readonly request: TemplateRequest;
  /** What the previous run of the same resource printed, if there was one. */
  readonly previous: TemplateResult | undefined;
  /** The root of this repository. */
  readonly root: string;
  /** The folder of {@link workFolder}. */
  readonly work: string;
  readonly folder: RunFolder;
  readonly client: VCenterClient;
  /** The building account's password. A secret. */
  readonly password: string;
  readonly log: RunLog;
  readonly progress: Progress;
  /** What the user has to know besides success or failure, in sentences; appended to as the run proceeds. */
  readonly remarks: string[];
  /** Aborted when the run has to end early. */
  readonly signal: AbortSignal;
}

/** What the runs of one template in one datacenter keep on this machine. */
export interface RunFolder {
  readonly path: string;
  /** The private copy of the Packer folder; exists only during a run. */
  readonly source: string;
  /** Which run is active, and what it has made. */
  readonly record: string;
  readonly progress: string;
}

/**
 * The folder in which runs keep their logs, records and downloaded images.
 *
 * @param root the root of this repository, which a relative path in the environment starts from
 * @returns an absolute path, because programs of a run work in other folders and links to it lie elsewhere
 */
export function workFolder(root: string, environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(root, environment[workFolderVariable] || ".template-images");
}

/** The folder of all runs on one vCenter. */
export function vCenterFolder(work: string, server: string): string {
  return join(work, server.replaceAll(/[^\w.-]/g, "_"));
}

/**
 * The paths for one template in one datacenter of one vCenter.
 *
 * @param work the folder of {@link workFolder}
 */
export function runFolder(
  work: string,
  server: string,
  { name, datacenter }: { readonly name: string; readonly datacenter: string },
): RunFolder {
  const place = datacenter.slice(1).replaceAll("/", "_");
  const path = join(vCenterFolder(work, server), `${name}@${place}`);
  return {
    path,
    source: join(path, "source"),
    record: join(path, recordName),
    progress: join(path, "progress"),
  };
}

/** The path of a new log file, named by the time. Deletes the oldest logs of the folder. */
export function newLogFile({ path }: RunFolder, now = new Date()): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const logs = readdirSync(path)
    .filter((name) => name.endsWith(".log"))
    .sort();
  for (const name of logs.slice(0, Math.max(0, logs.length - keptLogs + 1))) {
    rmSync(join(path, name), { force: true });
  }
  const time = now
    .toISOString()
    .replaceAll(":", "-")
    .replace(/\.\d+Z$/, "");
  return join(path, `${time}-${process.pid}.log`);
}
