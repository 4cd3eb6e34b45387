import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { StackSettings } from "./load";
import { wordsOfStackFile } from "./stackFile";
import { projectFiles, projectFolder } from "./projectFiles";

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
