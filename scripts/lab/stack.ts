import { execFile, type ChildProcess } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { workFolderVariable } from "../../template/runner/run";
import {
  engineEnvironment,
  joinEnvironments,
  packerEnvironment,
  processEnvironment,
  usesOfficialEngine,
  vcenterEnvironment,
} from "./environment";
import { labFolders, repositoryRoot } from "./folders";
import { SecretWatch } from "./secretWatch";
import type { Simulator } from "./simulator";

/** What a run of the engine left. */
export interface Run {
  readonly exitCode: number;
  /** Standard output and standard error, in the order of their lines. */
  readonly output: string;
}

/** What a preview plans and says. */
export interface Plan {
  /** `update topology-attachments`: the operation and the last part of the URN of all that changes, sorted. */
  readonly steps: readonly string[];
  /** What it says beside that, a line each. */
  readonly messages: string;
}

/** What a stack is made with. */
export interface StackOptions {
  /** The stack configuration; keys without a namespace belong to the program. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Variables that replace those of the lab; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The password of the cluster's own account in tests, to be looked for where it must not be. */
export const clusterAccountPassword = "x7Qv2Lm9Zt4Kw8Rb";

/**
 * A stack of the real program, run by the real engine in a project folder of its own, so that no file of the repository
 * changes. State and configuration are in the folder; `dispose` removes it.
 */
export class TestStack {
  readonly #secretFolders: string[] = [];

  private constructor(
    readonly directory: string,
    readonly name: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly secrets: SecretWatch,
    private readonly simulator: Simulator,
  ) {}

  /** Makes an empty stack for a simulated vCenter. */
  static async create(
    simulator: Simulator,
    options: StackOptions,
    name = "test",
  ): Promise<TestStack> {
    const directory = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-stack-"));
    for (const folder of ["state", "temporary"]) mkdirSync(join(directory, folder));
    copyFileSync(join(repositoryRoot, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
    for (const shared of ["launch", "node_modules", "package.json"]) {
      symlinkSync(join(repositoryRoot, shared), join(directory, shared));
    }
    const choice = { folders: labFolders(), official: usesOfficialEngine() };
    const environment = processEnvironment(
      joinEnvironments(
        engineEnvironment(choice, join(directory, "state")),
        packerEnvironment(choice),
        vcenterEnvironment({
          ...simulator.connection,
          url: simulator.url,
          certificateAuthority: simulator.certificateAuthorityFile,
          certificateBundle: simulator.certificateAuthorityFile,
          sessionFolder: join(directory, "govmomi"),
          clusterAccountPassword,
        }),
      ),
    );
    const secrets = new SecretWatch();
    secrets.add(simulator.connection.password);
    secrets.add(clusterAccountPassword);
    const variables = {
      ...environment,
      [workFolderVariable]: join(directory, "template-images"),
      TMPDIR: join(directory, "temporary"),
      // As language hosts of today say it; the lab's is of an older release.
      PULUMI_NODEJS_ROOT_DIRECTORY: directory,
      ...options.environment,
    };
    const stack = new TestStack(directory, name, variables, secrets, simulator);
    stack.configure(options.configuration);
    await stack.#successfully("stack", "init", name);
    return stack;
  }

  /** Where everything that runs for the stack puts its temporary files. */
  get temporaryFolder(): string {
    return join(this.directory, "temporary");
  }

  /** The same stack, run with other variables. */
  with(environment: Readonly<Record<string, string | undefined>>): TestStack {
    const variables = { ...this.environment, ...environment };
    return new TestStack(this.directory, this.name, variables, this.secrets, this.simulator);
  }

  /** Replaces the configuration, and keeps what the engine added to its file. */
  configure(configuration: StackOptions["configuration"]): void {
    const config = Object.fromEntries(
      Object.entries(configuration).map(([key, value]) => [
        key.includes(":") ? key : `deckhouse-vsphere:${key}`,
        value,
      ]),
    );
    writeFileSync(this.#configurationFile, stringify({ ...this.#engineSettings(), config }));
  }

  /** Writes a file of the project, in a folder that is made if need be. */
  write(path: string, text: string): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** `pulumi preview`, plain as a user types it; more arguments may follow. */
  async preview(...more: readonly string[]): Promise<Run> {
    return this.run("preview", "--non-interactive", ...more);
  }

  /** What a preview says that has to succeed. */
  async acceptedPreview(...more: readonly string[]): Promise<string> {
    return this.accepted("preview", "--non-interactive", ...more);
  }

  /** What a preview says that has to fail. */
  async refusedPreview(...more: readonly string[]): Promise<string> {
    return this.refused("preview", "--non-interactive", ...more);
  }

  /** What a plain preview plans to do. */
  async plan(...more: readonly string[]): Promise<Plan> {
    const run = await this.#successfully("preview", "--json", ...more);
    const text = run.output.slice(run.output.indexOf("{"));
    const { steps = [], diagnostics = [] } = JSON.parse(text) as {
      steps?: { op: string; urn: string }[];
      diagnostics?: { message: string }[];
    };
    return {
      steps: steps
        .filter(({ op }) => !["same", "read", "refresh"].includes(op))
        .map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? urn}`)
        .sort(),
      messages: diagnostics.map(({ message }) => message).join("\n"),
    };
  }

  /** `pulumi up`, and fails when it fails. */
  async up(...more: readonly string[]): Promise<Run> {
    return this.#successfully("up", "--yes", "--non-interactive", "--skip-preview", ...more);
  }

  /** `pulumi up` that may fail. */
  async tryUp(): Promise<Run> {
    return this.run("up", "--yes", "--non-interactive", "--skip-preview");
  }

  /** What `pulumi up` says that has to fail. */
  async refusedUp(...more: readonly string[]): Promise<string> {
    return this.refused("up", "--yes", "--non-interactive", "--skip-preview", ...more);
  }

  async refresh(): Promise<Run> {
    return this.#successfully("refresh", "--yes", "--non-interactive", "--skip-preview");
  }

  async destroy(): Promise<Run> {
    return this.#successfully("destroy", "--yes", "--non-interactive", "--skip-preview");
  }

  /** The stack's outputs, secrets in the clear. */
  async outputs(): Promise<Record<string, unknown>> {
    const args = ["stack", "output", "--json", "--show-secrets"];
    const { exitCode, output } = await this.start("pulumi", args).ended;
    if (exitCode !== 0) throw new Error(`pulumi stack output failed with ${exitCode}:\n${output}`);
    return JSON.parse(output) as Record<string, unknown>;
  }

  /** The state as the engine exports it, secrets encrypted. */
  async exportState(): Promise<string> {
    return (await this.#successfully("stack", "export")).output;
  }

  /** Runs `pulumi` in the project's folder. */
  async run(...args: readonly string[]): Promise<Run> {
    return this.command("pulumi", args);
  }

  /** What a command of `pulumi` says that has to succeed. */
  async accepted(...args: readonly string[]): Promise<string> {
    return (await this.#successfully(...args)).output;
  }

  /** What a command of `pulumi` says that has to fail. */
  async refused(...args: readonly string[]): Promise<string> {
    const { exitCode, output } = await this.run(...args);
    if (exitCode === 0) throw new Error(`pulumi ${args.join(" ")} did not fail:\n${output}`);
    return output;
  }

  /** Watches over one more secret, beside the passwords of the vCenter and of the cluster's account. */
  watch(secret: string): void {
    this.secrets.add(secret);
  }

  /** Says that a folder of the stack is for files with secrets: those that were asked for. */
  expectSecretsIn(folder: string): void {
    this.#secretFolders.push(`${folder}/`);
  }

  /** Runs any program in the project's folder, in the environment of the stack. It must not print a secret. */
  async command(program: string, args: readonly string[]): Promise<Run> {
    const run = await this.start(program, args).ended;
    const pieces = this.secrets.piecesIn(run.output);
    if (pieces.length > 0) {
      throw new Error(
        `${program} ${args.join(" ")} printed pieces of a secret: ${pieces.join(" ")}`,
      );
    }
    return run;
  }

  /** Starts any program in the project's folder, for a test that does something to it. */
  start(
    program: string,
    args: readonly string[],
  ): { readonly process: ChildProcess; readonly ended: Promise<Run> } {
    let resolve: (run: Run) => void = () => undefined;
    const ended = new Promise<Run>((done) => (resolve = done));
    const process = execFile(
      program,
      [...args],
      { cwd: this.directory, env: this.environment, maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ exitCode, output: stdout + stderr });
      },
    );
    return { process, ended };
  }

  /**
   * Removes everything that the stack kept on this machine. What it made in the vCenter stays.
   *
   * @throws Error when a file held a secret, or a piece of one
   */
  dispose(): void {
    const held = existsSync(this.directory) ? this.secrets.filesWithPieces(this.directory) : [];
    rmSync(this.directory, { recursive: true, force: true });
    const files = held.filter((file) => !this.#secretFolders.some((one) => file.startsWith(one)));
    if (files.length === 0) return;
    // The test ends here, and would not stop it.
    void this.simulator.stop();
    throw new Error(`pieces of a secret stood in ${files.join(", ")}`);
  }

  async #successfully(...args: readonly string[]): Promise<Run> {
    const run = await this.run(...args);
    if (run.exitCode !== 0) {
      throw new Error(`pulumi ${args.join(" ")} failed with ${run.exitCode}:\n${run.output}`);
    }
    return run;
  }

  get #configurationFile(): string {
    return join(this.directory, `Pulumi.${this.name}.yaml`);
  }

  /** The lines of the stack's file that are the engine's own. */
  #engineSettings(): Record<string, string> {
    if (!existsSync(this.#configurationFile)) return {};
    const text = readFileSync(this.#configurationFile, "utf8");
    const salt = /^encryptionsalt: (.*)$/m.exec(text)?.[1];
    return salt === undefined ? {} : { encryptionsalt: salt };
  }
}
