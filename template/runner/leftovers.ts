import { rmSync } from "node:fs";

import type { Run } from "./run";
import { isRunning, type ProcessIdentity } from "./processes";
import { removeRecordOf, type RunRecord } from "./runRecord";

/** No build may take longer (the schema of templateImage.timeouts.build), so what is older is nobody's any more. */
const abandonedMilliseconds = 24 * 60 * 60 * 1000;

/** Removes the machines of a folder whose names end with a suffix, which only one run gives. */
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

/**
 * Cleans up after a run that died: ends the program that it left running, and removes its half-built machine.
 *
 * @param file of the record, which is removed when all is clean
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
 * Removes what builds of this same template left that ran on other machines, which nobody can ask: those that are
 * older than any build may be.
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

/** Kills a program with everything that it started, which share its process group. */
function killGroup(child: ProcessIdentity): void {
  if (!isRunning(child)) return;
  try {
    process.kill(-child.processId, "SIGKILL");
  } catch {
    // It has just ended.
  }
}
