import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { StackSettings } from "../../configuration/load";
import { projectFiles, repositoryRoot, wordsOfStackFile } from "../../configuration/projectFiles";
import { failureOfEngine } from "../engineFailure";
import { runCommand } from "../run";

const configSchema = z.record(
  z.string(),
  z.object({
    value: z.string().optional(),
    secret: z.boolean().optional(),
  }),
);

/**
 * The settings of a stack, as the program would get them: the engine is asked for the configuration alone, and not for a
 * state.
 *
 * @param stack its name; the selected one when undefined
 * @throws UserError when there is no such stack, or its secrets cannot be opened
 */
export async function stackConfiguration(stack: string | undefined): Promise<StackSettings> {
  const folder = repositoryRoot(process.cwd());
  const args = ["config", "--json", "--show-secrets", "--non-interactive"];
  if (stack !== undefined) args.push("--stack", stack);
  const { stdout } = await runCommand("pulumi", args, { cwd: folder }).catch((error: unknown) =>
    failureOfEngine(error, "config"),
  );
  const entries = Object.entries(configSchema.parse(JSON.parse(stdout)));
  const file = join(folder, `Pulumi.${stack ?? process.env["PULUMI_STACK"] ?? ""}.yaml`);
  return {
    values: Object.fromEntries(
      entries.flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
    ),
    encryptedKeys: new Set(entries.filter(([, { secret }]) => secret).map(([key]) => key)),
    environment: process.env,
    readFile: projectFiles(folder),
    ...(existsSync(file) && { writtenText: wordsOfStackFile(file) }),
  };
}

/** The name of this program and its version, by which vCenter lists its session. */
export function userAgent(): string {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot(), "package.json"), "utf8")) as {
    version: string;
  };
  return `deckhouse-vsphere/${version}`;
}
