import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

import { recordName } from "./runRecord";

/** The variable of the environment that names another folder for what runs keep on this machine. */
export const workFolderVariable = "DECKHOUSE_VSPHERE_TEMPLATE_FOLDER";

const keptLogs = 10;

/**
 * The folder in which runs keep their logs, their records and downloaded images.
 *
 * @param root the root of this repository, where the path in the environment begins unless it is absolute
 * @returns an absolute path: links to it lie in other folders, and programs of a run work in others
 */
export function workFolder(root: string, environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(root, environment[workFolderVariable] || ".template-images");
}

/** The folder of all runs on one vCenter. */
export function vCenterFolder(work: string, server: string): string {
  return join(work, server.replaceAll(/[^\w.-]/g, "_"));
}

/** What the runs of one template in one datacenter keep on this machine. */
export interface RunFolder {
  readonly path: string;
  /** The private copy of the Packer folder; only while a run lasts. */
  readonly source: string;
  /** Which run is at work, and what it has made. */
  readonly record: string;
  readonly progress: string;
}

/**
 * The places in the folder of one template in one datacenter of one vCenter.
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

/** A new file for a log, named by the time; old logs of the folder go. */
export function newLogFile({ path }: RunFolder, now = new Date()): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const logs = readdirSync(path)
    .filter((name) => name.endsWith(".log"))
    .sort();
  for (const name of logs.slice(0, Math.max(0, logs.length - keptLogs + 1))) {
    rmSync(join(path, name), { force: true });
  }
  return join(
    path,
    `${now
      .toISOString()
      .replaceAll(":", "-")
      .replace(/\.\d+Z$/, "")}-${process.pid}.log`,
  );
}
