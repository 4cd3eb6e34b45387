import packageInformation from "@pulumi/vsphere/package.json";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, parse } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { pointed, pointerTo } from "../../findings/pointers";
import { allSettings } from "../../configuration/settings";

type Environment = Readonly<Record<string, string | undefined>>;

/** The vSphere provider, running. */
export class PluginProcess {
  /** Where it listens, on this machine. */
  readonly port: number;
  /** Its exit code, once it has ended; 1 when a signal ended it. */
  readonly ended: Promise<number>;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number, ended: Promise<number>) {
    this.#process = child;
    this.port = port;
    this.ended = ended;
  }

  /**
   * Starts the provider and waits until it listens.
   *
   * @param args what the engine gave its plugin: the engine's address, and options
   * @throws Error when it is not installed, or ends before it listens
   */
  static async start(args: readonly string[], environment: Environment): Promise<PluginProcess> {
    const program = await installedPlugin(environment);
    const child = spawn(program, [...args], {
      env: environment,
      // Outside of every project: a Pulumi.yaml that it finds above may name this relay.
      cwd: parse(program).root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise<number>((resolve, reject) => {
      child.once("exit", (code) => resolve(code ?? 1));
      child.once("error", reject);
    });
    const lines = createInterface({ input: child.stdout });
    const port = await new Promise<number>((resolve, reject) => {
      // The first line is the port; what comes later is for the engine's log.
      lines.once("line", (first) => {
        resolve(Number(first));
        lines.on("line", (line) => console.log(line));
      });
      ended.then(
        (code) =>
          reject(
            new Error(
              pointed(
                `The vSphere provider ended with ${code} before it listened.`,
                "provider-plugin",
              ),
            ),
          ),
        reject,
      );
    });
    return new PluginProcess(child, port, ended);
  }

  /** Asks it to end; it does so at once. */
  stop(): void {
    this.#process.kill("SIGTERM");
  }
}

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
        `(${stderr?.trim() || String(error)}): run \`pulumi plugin install resource ${name} ${version}\`; see ` +
        pointerTo("provider-plugin"),
      { cause: error },
    );
  }
  const fetched = findPlugin(environment);
  if (fetched === undefined) {
    throw new Error(
      pointed(
        `The ${name} provider ${version} was fetched, and is not where it should be.`,
        "provider-plugin",
      ),
    );
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

/**
 * The environment for the vSphere provider: its settings as the stack has them now, in the variables that it falls back
 * on. The engine hands every plugin the keys of its own namespace in PULUMI_CONFIG, secrets in the clear
 * (pulumi/pulumi, `pkg/host/host.go`); they count before the variables, as for the program.
 */
export function providerEnvironment(environment: Environment): Environment {
  const configuration = pluginConfiguration(environment["PULUMI_CONFIG"]);
  const settings = allSettings.flatMap(({ key, variable }) => {
    const [namespace, name = ""] = key.split(":");
    const value = namespace === "vsphere" ? configuration[name] : undefined;
    return variable === undefined || !value ? [] : [[variable, value] as const];
  });
  return { ...environment, ...Object.fromEntries(settings) };
}

function pluginConfiguration(text: string | undefined): Readonly<Record<string, string>> {
  const parsed: unknown = text === undefined || text === "" ? {} : JSON.parse(text);
  return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, string>) : {};
}
