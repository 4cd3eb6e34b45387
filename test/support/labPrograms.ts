import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

import {
  engineEnvironment,
  joinEnvironments,
  packerEnvironment,
  processEnvironment,
  usesOfficialEngine,
} from "../../scripts/lab/environment";
import { labFolders } from "../../scripts/lab/folders";
import { runProgram, type ProgramOptions, type ProgramRun } from "./processes";

/** What the tests run on: the lab's own engine and Packer, or the official ones of the PATH. */
function environment(): NodeJS.ProcessEnv {
  const choice = { folders: labFolders(), official: usesOfficialEngine() };
  return processEnvironment(
    // The stacks are of no interest here.
    joinEnvironments(engineEnvironment(choice, ""), packerEnvironment(choice)),
  );
}

/** The path of a program that the tests run: `pulumi` or `packer`. @throws Error when it is not there */
export function labProgram(name: string): string {
  const folders = (environment()["PATH"] ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find(isProgram);
  if (found === undefined) throw new Error(`${name} is not on the PATH of the tests`);
  return found;
}

/**
 * Runs Packer with the vSphere plugin. Variables of the environment are beside those of the lab; undefined takes one
 * away, and those that a user happens to have set for Packer are not there.
 */
export async function runPacker(
  parameters: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramRun> {
  const lab = Object.entries(environment()).filter(([name]) => !name.startsWith("PKR_VAR_"));
  const merged = { ...Object.fromEntries(lab), ...options.environment };
  try {
    return await runProgram("packer", parameters, { ...options, environment: merged });
  } catch (error) {
    throw new Error('packer could not be started (run "make lab" to build it)', { cause: error });
  }
}

/** Where the engine that the tests run keeps its logs. */
export function engineLogs(): string {
  return join(environment()["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "logs");
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
