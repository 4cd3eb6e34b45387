import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
  engineEnvironment,
  processEnvironment,
  usesOfficialEngine,
} from "../../scripts/lab/environment";
import { labFolders, repositoryRoot } from "../../scripts/lab/folders";
import { commandLineOf } from "../../scripts/lab/simulator";
import { until } from "./templateStack";
import { removeFolder, temporaryFolder, writeFiles } from "./temporaryFolder";

/** A `pulumi` that was started. */
export interface StartedRun {
  readonly processId: number;
  hasEnded(): boolean;
  /** Its exit code, and all that it wrote; the code is null when a signal ended it. */
  readonly end: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

/** A process that a command has told of, with the command line by which it is known if its id goes to another one. */
export interface KnownProcess {
  readonly processId: number;
  readonly commandLine: string;
}

/**
 * The smallest Pulumi project that can run commands by @pulumi/command, in a folder of its own, with a stack. Commands
 * run in that folder, because the program is there, so that a test can look at the files they leave.
 */
export class CommandProject {
  readonly #directory = realpathSync(temporaryFolder());

  /** Makes a project with an empty stack. */
  static async create(): Promise<CommandProject> {
    const project = new CommandProject();
    for (const folder of ["state", "temporary"]) mkdirSync(join(project.#directory, folder));
    symlinkSync(join(repositoryRoot, "node_modules"), join(project.#directory, "node_modules"));
    project.write("package.json", '{"main": "index.js"}');
    const runtime = "{name: nodejs, options: {typescript: false}}";
    project.write("Pulumi.yaml", `name: commands\nruntime: ${runtime}\n`);
    await project.succeed("stack", "init", "test");
    return project;
  }

  /** Replaces the program by JavaScript statements, for which `pulumi` and `local` are there. */
  program(...statements: readonly string[]): void {
    const head = [
      'const pulumi = require("@pulumi/pulumi");',
      'const { local } = require("@pulumi/command");',
    ];
    this.write("index.js", [...head, ...statements, ""].join("\n"));
  }

  /** `pulumi up`, which must succeed. */
  async up(): Promise<string> {
    return this.succeed("up", "--yes", "--skip-preview");
  }

  /** `pulumi up`, which must fail. Returns what it wrote. */
  async failingUp(): Promise<string> {
    const { exitCode, output } = await this.startUp().end;
    if (exitCode === 0) throw new Error(`pulumi up did not fail:\n${output}`);
    return output;
  }

  /** Starts `pulumi up` and does not wait for its end. */
  startUp(): StartedRun {
    return this.#start("up", "--yes", "--skip-preview");
  }

  /** Runs `pulumi`, which must succeed. Returns what it wrote. */
  async succeed(...args: readonly string[]): Promise<string> {
    const { exitCode, output } = await this.#start(...args).end;
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${output}`);
    return output;
  }

  write(name: string, text: string): void {
    writeFiles(this.#directory, { [name]: text });
  }

  /** The text of a file that a command has written; nothing when there is none. */
  read(name: string): string | undefined {
    const file = join(this.#directory, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** The process whose id a command wrote into a file, as soon as it is there. */
  async process(name: string): Promise<KnownProcess> {
    await until(`process id in ${name}`, () => this.read(name)?.endsWith("\n") === true);
    const processId = Number(this.read(name));
    return { processId, commandLine: commandLineOf(processId) ?? "" };
  }

  /** Removes everything. */
  dispose(): void {
    removeFolder(this.#directory);
  }

  #start(...args: readonly string[]): StartedRun {
    const choice = { folders: labFolders(), official: usesOfficialEngine() };
    const lab = processEnvironment(engineEnvironment(choice, join(this.#directory, "state")));
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.#directory,
      // The folder is for what an interrupted engine leaves behind.
      env: { ...lab, TMPDIR: join(this.#directory, "temporary") },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let ended = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    const end = new Promise<{ exitCode: number | null; output: string }>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode) => {
        ended = true;
        resolve({ exitCode, output });
      });
    });
    return { processId: child.pid ?? 0, hasEnded: () => ended, end };
  }
}

/** Whether a process is there; one that has ended and was not asked for its exit code is not. */
export function isRunning({ processId, commandLine }: KnownProcess): boolean {
  return commandLineOf(processId) === commandLine;
}
