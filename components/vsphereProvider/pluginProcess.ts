import { spawn, type ChildProcess } from "node:child_process";
import { parse } from "node:path";
import { createInterface } from "node:readline";
import { installedPlugin } from "./installedPlugin";

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
        (code) => reject(new Error(`The vSphere provider ended with ${code} before it listened.`)),
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
