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
