import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../configuration/projectFiles";
import { failureOfEngine } from "../engineFailure";
import { runCommand } from "../run";
import type { ImportFile } from "./importFile";

/**
 * Reads everything of the state anew, so that it forgets what is gone. Changes nothing in vCenter.
 *
 * @throws UserError with what the engine says when it fails
 */
export async function refreshState(stack: string): Promise<void> {
  await run(stack, ["refresh", "--yes", "--skip-preview"]);
}

/**
 * Has the state forget what an interrupted run was making. The engine's own way of taking that into the state,
 * `--import-pending-creates`, ends in forgetting it too: nothing reads what it marks (pulumi/pulumi 3.259,
 * `pkg/cmd/pulumi/operations/refresh.go`), so what was made has to be imported before.
 *
 * @throws UserError with what the engine says when it fails
 */
export async function forgetPendingCreates(stack: string): Promise<void> {
  await run(stack, ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]);
}

/**
 * Imports into the state. Changes nothing in vCenter.
 *
 * @throws UserError with what the engine says when it fails
 */
export async function importResources(stack: string, file: ImportFile): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-adopt-"));
  try {
    const path = join(folder, "import.json");
    writeFileSync(path, JSON.stringify(file), { mode: 0o600 });
    await run(stack, [
      ...["import", "--file", path, "--yes", "--skip-preview"],
      ...["--generate-code=false", "--protect=false"],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(stack: string, [command = "", ...args]: readonly string[]): Promise<void> {
  const all = [command, "--stack", stack, "--non-interactive", "--color", "never", ...args];
  await runCommand("pulumi", all, { cwd: repositoryRoot(process.cwd()) }).catch((error: unknown) =>
    failureOfEngine(error, command),
  );
}

/** The version of the vSphere provider that the program runs with. */
export function providerVersion(): string {
  const file = join(repositoryRoot(), "node_modules", "@pulumi", "vsphere", "package.json");
  const { pulumi: plugin } = JSON.parse(readFileSync(file, "utf8")) as {
    pulumi: { version: string };
  };
  return plugin.version;
}
