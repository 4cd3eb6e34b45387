import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "./load";
import { projectFiles, repositoryRoot, wordsOfStackFile } from "./projectFiles";

/** The settings of the running stack. */
export function stackSettings(): StackSettings {
  const folder = projectFolder();
  return {
    values: pulumi.runtime.allConfig(),
    encryptedKeys: new Set(encryptedKeys()),
    environment: process.env,
    // The engine may have been told another place for it; then nothing is known of how values were written.
    writtenText: wordsOfStackFile(join(folder, `Pulumi.${pulumi.getStack()}.yaml`)),
    readFile: projectFiles(folder),
  };
}

/** The keys that are stored encrypted: the language host names them in the environment of the program. */
function encryptedKeys(): string[] {
  const list: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] || "[]");
  return Array.isArray(list) ? list.map(String) : [];
}

/**
 * The folder of the running project, where Pulumi.yaml is. The language host tells it; one of an older release does not,
 * and then it is the nearest such folder above the program.
 */
function projectFolder(): string {
  const told = pulumi.getRootDirectory();
  return isAbsolute(told) && existsSync(told) ? told : repositoryRoot(process.cwd());
}
