import { parseDocument } from "yaml";
import { existsSync, readFileSync } from "node:fs";
import { connectionFrom } from "../../configuration/connection";
import { ownKeys, readConfiguration, type StackSettings } from "../../configuration/load";
import { projectFiles } from "../../configuration/projectFiles";
import type { Configuration } from "../../configuration";
import { ConfigurationError } from "../../findings/finding";
import type { VCenterConnection } from "../../vcenter";
import { stackConfiguration } from "../check/stack";
import { UserError } from "../run";

/** The plain values of a stack's file, by key: lists and objects as JSON text, and nothing for what is encrypted. */
export function plainValues(file: string): StackSettings["values"] {
  const document = parseDocument(readFileSync(file, "utf8"));
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw new UserError(
      `${file}: it is not YAML: ${fault.message}: correct it, or name another file with --out`,
    );
  }
  const { config } = (document.toJS() ?? {}) as { config?: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(config ?? {})
      .filter(([, value]) => !isEncrypted(value))
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

/**
 * How to reach vCenter: by the settings of the stack where it has a file, and by the environment. The engine is asked for
 * what is encrypted. A file whose stack was not made yet counts as far as it can be read.
 *
 * @param file of the stack
 * @throws ConfigurationError or UserError when something is missing
 */
export async function discoveryConnection(stack: string, file: string): Promise<VCenterConnection> {
  const { env: environment } = process;
  const connection = (values: StackSettings["values"]): VCenterConnection =>
    connectionFrom({ lookup: (key) => values[key], environment });
  if (!existsSync(file)) return connection({});
  try {
    return connection((await stackConfiguration(stack)).values);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    try {
      return connection(plainValues(file));
    } catch (missing) {
      if (!(missing instanceof ConfigurationError)) throw missing;
      throw new UserError(`${error.message}\n${missing.message}`);
    }
  }
}

/**
 * The configuration that a file holds.
 *
 * @param folder of the project, for the files that it names
 * @throws ConfigurationError, or UserError when it holds none
 */
export function configurationIn(file: string, folder: string): Configuration {
  const own = ownKeys(plainValues(file));
  if (Object.keys(own).length === 0) {
    throw new UserError(
      `${file}: it is there already, with nothing to compare vCenter with, and is never overwritten: write another ` +
        "file with --out found.yaml, and copy what you want of it",
    );
  }
  return readConfiguration(own, { readFile: projectFiles(folder) }).configuration;
}
