import * as pulumi from "@pulumi/pulumi";

import type { StackSettings } from "../configuration/load";
import { projectFiles, projectFolder } from "./projectFiles";

/** The settings of the running stack. */
export function stackSettings(): StackSettings {
  return {
    values: pulumi.runtime.allConfig(),
    encryptedKeys: new Set(encryptedKeys()),
    environment: process.env,
    readFile: projectFiles(projectFolder()),
  };
}

/** The keys that are stored encrypted: the language host names them in the environment of the program. */
function encryptedKeys(): string[] {
  const list: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] || "[]");
  return Array.isArray(list) ? list.map(String) : [];
}
