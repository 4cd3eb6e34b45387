import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineRun } from "../../commands/ci/engine";
import { readReview } from "../../commands/review/review";
import type { Review } from "../../commands/review/model";
import { CommandFailure } from "../../commands/run";
import {
  labEnvironment,
  processEnvironment,
  randomPassword,
  usesOfficialEngine,
} from "../lab/environment";
import { labFolders, linkProject } from "../lab/folders";
import { Progress } from "../lab/progress";
import { SimulatedVCenter, type Ready } from "../lab/simulator";

/** A simulated vCenter, a project and a state for the demonstration, which leave nothing behind. */
export class Stage {
  readonly #folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-demo-"));
  readonly #vcenter: SimulatedVCenter;
  readonly clusterAccountPassword = randomPassword();
  #engine: Engine | undefined;
  #struck: Promise<void> | undefined;

  constructor() {
    this.#vcenter = new SimulatedVCenter(labFolders(), this.#folder, {
      inventory: process.env["LAB_INVENTORY"],
    });
  }

  /** Starts the vCenter and makes the project with an empty stack. */
  async set(): Promise<{ readonly ready: Ready; readonly engine: Engine }> {
    const ready = await this.#vcenter.start();
    const choice = { folders: labFolders(), official: usesOfficialEngine() };
    const places = { run: this.#folder, state: join(this.#folder, "state") };
    const environment = labEnvironment(choice, places, ready, this.clusterAccountPassword);
    const project = join(this.#folder, "project");
    linkProject(project);
    // For what an interrupted engine leaves behind.
    const temporary = join(this.#folder, "temporary");
    mkdirSync(temporary);
    const engine = new Engine(project, { ...processEnvironment(environment), TMPDIR: temporary });
    this.#engine = engine;
    await engine.run("stack", "init", "dev", "--no-select");
    return { ready, engine };
  }

  /** Stops everything and removes all files. May be called more than once, and at any time. */
  async strike(): Promise<void> {
    this.#struck ??= (async () => {
      await this.#engine?.interrupt();
      await this.#vcenter.stop();
      rmSync(this.#folder, { recursive: true, force: true });
    })();
    return this.#struck;
  }
}

const patienceMilliseconds = 15_000;

/** Runs `pulumi` in a project, one command after the other, in a way that can be interrupted. */
export class Engine {
  readonly #project: string;
  readonly #environment: NodeJS.ProcessEnv;
  #running: ChildProcess | undefined;

  /**
   * @param project the folder of Pulumi.yaml
   * @param environment chooses the engine, its state and the vCenter
   */
  constructor(project: string, environment: NodeJS.ProcessEnv) {
    this.#project = project;
    this.#environment = environment;
  }

  /** Runs a command and returns what it printed; throws a CommandFailure with that when it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const { exitCode, output } = await this.#ended(args);
    if (exitCode === 0) return output;
    throw new CommandFailure(`pulumi ${args.join(" ")}`, `failed (exit code ${exitCode})`, output);
  }

  /**
   * What `npm run review` makes of a preview, which may fail.
   *
   * @param configuration the text of another stack file than the project's own
   */
  async review(stack: string, configuration?: string): Promise<Review> {
    const folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-demo-review-"));
    const [events, file] = [join(folder, "events.jsonl"), join(folder, `Pulumi.${stack}.yaml`)];
    try {
      if (configuration !== undefined) writeFileSync(file, configuration);
      const more = configuration === undefined ? [] : ["--config-file", file];
      const run = await this.#ended(
        ["preview", "--stack", stack, "--suppress-progress", "--event-log", events, ...more],
        // The flag is one for developers: without this variable, the engine does not know it.
        { PULUMI_DEBUG_COMMANDS: "true" },
      );
      const seen = existsSync(events) ? readFileSync(events, "utf8") : "";
      return readReview({ ...run, events: seen }, stack, this.#environment);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #ended(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<EngineRun> {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.#project,
      env: { ...this.#environment, ...more },
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own: Ctrl-C reaches it once, through `interrupt`, and not twice, which would make it
      // drop everything at once.
      detached: true,
    });
    this.#running = child;
    const output: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => output.push(text));
    const command = `pulumi ${args.join(" ")}`;
    return new Promise((resolve, reject) => {
      child.on("error", (error) => reject(new CommandFailure(command, error.message, "")));
      child.on("close", (code, signal) => {
        this.#running = undefined;
        if (code !== null) resolve({ exitCode: code, output: output.join("") });
        else reject(new CommandFailure(command, `ended by ${signal}`, output.join("")));
      });
    });
  }

  /** Ends the running command: lets it finish what it has begun, and makes it end if that takes too long. */
  async interrupt(): Promise<void> {
    const child = this.#running;
    if (child?.pid === undefined) return;
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    const impatient = setTimeout(() => child.kill("SIGINT"), patienceMilliseconds);
    const final = setTimeout(() => child.kill("SIGKILL"), 2 * patienceMilliseconds);
    await ended;
    clearTimeout(impatient);
    clearTimeout(final);
  }
}

/** What the demonstration prints: headings, indented text, and a clock while something takes long. */
export class Show {
  readonly #progress = new Progress();
  #sections = 0;

  /** The next heading. */
  heading(text: string): void {
    this.#sections += 1;
    this.#progress.line(`\n${this.#sections}. ${text}`);
  }

  /** Lines below a heading. */
  lines(...lines: readonly string[]): void {
    for (const line of lines) this.#progress.line(line === "" ? "" : `   ${line}`);
  }

  /** Runs a task with a clock; then says what came of it, and how long it took. */
  async during<Result>(
    label: string,
    task: () => Promise<Result>,
    summary: (result: Result) => string,
  ): Promise<Result> {
    const { result, took } = await this.#progress.during(label, task);
    this.lines(`${summary(result)} (${took})`);
    return result;
  }
}
