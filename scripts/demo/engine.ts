import { spawn, type ChildProcess } from "node:child_process";
import { CommandFailure } from "../../commands/runCommand";

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
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.#project,
      env: this.#environment,
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
        if (code === 0) resolve(output.join(""));
        else {
          const reason = code === null ? `ended by ${signal}` : `failed (exit code ${code})`;
          reject(new CommandFailure(command, reason, output.join("")));
        }
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
