import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

import packageInformation from "@pulumi/vsphere/package.json";

type Environment = Readonly<Record<string, string | undefined>>;

const { name, version } = packageInformation.pulumi;
const program = `pulumi-resource-${name}`;

/**
 * The path of the vSphere provider, where the engine would look for it: on the PATH, then among the plugins that it has
 * fetched (pulumi/pulumi, `sdk/go/common/workspace/plugins.go`). One that is not there is fetched by the engine's own
 * command.
 *
 * @param tell is told when something has to be fetched
 * @throws Error when it cannot be fetched, with what the command said
 */
export async function installedPlugin(
  environment: Environment,
  tell: (text: string) => void = console.error,
): Promise<string> {
  const found = findPlugin(environment);
  if (found !== undefined) return found;
  tell(`Fetching the ${name} provider ${version}...`);
  try {
    await promisify(execFile)("pulumi", ["plugin", "install", "resource", name, version], {
      env: environment,
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(
      `The ${name} provider ${version} is not installed, and could not be fetched ` +
        `(${stderr?.trim() || String(error)}): run \`pulumi plugin install resource ${name} ${version}\``,
      { cause: error },
    );
  }
  const fetched = findPlugin(environment);
  if (fetched === undefined) {
    throw new Error(`The ${name} provider ${version} was fetched, and is not where it should be.`);
  }
  return fetched;
}

function findPlugin(environment: Environment): string | undefined {
  const home = environment["PULUMI_HOME"] || join(homedir(), ".pulumi");
  const folders = [
    ...(environment["PULUMI_IGNORE_AMBIENT_PLUGINS"] === "true"
      ? []
      : (environment["PATH"] ?? "").split(delimiter)),
    join(home, "plugins", `resource-${name}-v${version}`),
  ];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
