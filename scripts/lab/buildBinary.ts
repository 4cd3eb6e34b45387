import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Binary } from "./binaries";
import type { LabFolders } from "./folders";
import { goBuildArguments, goEnvironment } from "./goCommand";
import { inputsOf } from "./inputs";
import { runCommand } from "../../commands/runCommand";
import { Stamp } from "./stamp";

/** Where binaries are built from and to. */
export interface Workshop {
  readonly folders: LabFolders;
  /** The folder of the Go modules. */
  readonly sources: string;
  /** The compiler's version, with its platform. */
  readonly goVersion: string;
}

/** The version and platform of the Go compiler on the PATH. */
export async function goVersion(): Promise<string> {
  const variables = ["GOVERSION", "GOHOSTOS", "GOHOSTARCH"];
  const { stdout } = await runCommand("go", ["env", ...variables], {
    environment: goEnvironment(),
  });
  return stdout.trim().split("\n").join(" ");
}

/** Where a binary is, or will be. */
export function binaryFile(binary: Binary, folders: LabFolders): string {
  return join(folders[binary.folder], binary.name);
}

/** Whether a binary has to be built: it is missing, or its inputs changed. */
export function needsBuild(binary: Binary, workshop: Workshop): boolean {
  const { sources, goVersion: version } = workshop;
  return !stampOf(binary, workshop).isFresh(inputsOf(binary, sources, version));
}

/** Builds a binary. A process that runs from the old one goes on with it. */
export async function buildBinary(binary: Binary, workshop: Workshop): Promise<void> {
  const { folders, sources } = workshop;
  const inputs = inputsOf(binary, sources, workshop.goVersion);
  const file = binaryFile(binary, folders);
  const unfinished = `${file}.${process.pid}.unfinished`;
  mkdirSync(folders[binary.folder], { recursive: true });
  try {
    await runCommand("go", goBuildArguments(binary, unfinished), {
      cwd: join(sources, binary.module),
      environment: goEnvironment(),
    });
    stampOf(binary, workshop).remove();
    renameSync(unfinished, file);
    stampOf(binary, workshop).write(inputs);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function stampOf(binary: Binary, { folders }: Workshop): Stamp {
  return new Stamp(join(folders.stamps, binary.name), binaryFile(binary, folders));
}
