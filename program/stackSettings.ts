import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { StackSettings } from "../configuration/load";
import { textInStackFile } from "./stackFile";

/** The settings of the running stack. */
export function stackSettings(): StackSettings {
  return {
    values: pulumi.runtime.allConfig(),
    encryptedKeys: new Set(encryptedKeys()),
    environment: process.env,
    writtenText: (path) => textInStackFile(stackFiles().find(existsSync), path),
  };
}

/** The keys that are stored encrypted: the language host names them in the environment of the program. */
function encryptedKeys(): string[] {
  const list: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] || "[]");
  return Array.isArray(list) ? list.map(String) : [];
}

/**
 * Where the engine may keep the configuration: in the folder of the project, which it tells, in which the user stands, or
 * which is above the program's. It may have been told another place; then there is none of these.
 */
function stackFiles(): string[] {
  return [pulumi.getRootDirectory(), process.env["PWD"] ?? "", dirname(process.cwd())]
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, `Pulumi.${pulumi.getStack()}.yaml`));
}
