import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LabFolders } from "./folders";

const keptMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Removes what engines of more than a day ago left in PULUMI_HOME: each command writes a log there, and each project of
 * a test a note of its stack.
 */
export function tidyHome(folders: LabFolders, now = Date.now()): void {
  for (const name of ["logs", "workspaces"]) {
    const folder = join(folders.pulumiHome, name);
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      const age = now - statSync(join(folder, file)).mtimeMs;
      if (age > keptMilliseconds) rmSync(join(folder, file), { recursive: true, force: true });
    }
  }
}
