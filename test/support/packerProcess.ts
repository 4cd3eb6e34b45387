import { spawn } from "node:child_process";
import {
  packerEnvironment,
  processEnvironment,
  usesOfficialEngine,
} from "../../scripts/lab/environment";
import { labFolders } from "../../scripts/lab/folders";

/** What a run of Packer left. */
export interface PackerRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** How to run Packer. */
export interface PackerOptions {
  readonly folder?: string;
  /** Text for its standard input. */
  readonly input?: string;
  /** Variables beside those of the lab; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Runs the lab's Packer with the lab's vSphere plugin, or the one on the PATH when the tests use official programs. */
export function runPacker(
  parameters: readonly string[],
  options: PackerOptions = {},
): Promise<PackerRun> {
  const child = spawn("packer", parameters, {
    cwd: options.folder,
    env: { ...packerProcessEnvironment(), ...options.environment },
  });
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      reject(
        new Error(`packer could not be started (run "make lab" to build it): ${error.message}`),
      );
    });
    child.once("close", (exitCode) => {
      resolve({ exitCode, stdout, output });
    });
  });
}

/** The environment of a process that starts Packer: the lab's, and no Packer variable that a user happens to have set. */
function packerProcessEnvironment(): NodeJS.ProcessEnv {
  const folders = labFolders();
  const lab = packerEnvironment({ folders, official: usesOfficialEngine() });
  const environment = processEnvironment(lab);
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("PKR_VAR_")),
  );
}
