import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ready } from "./simulatedVCenter";
import type { VCenterConnection } from "../../vcenter";
import { SimulatorControl } from "./simulatorControl";

/** How to start the simulator. */
export interface SimulatorOptions {
  /** Path of an inventory file; the example's inventory when neither this nor `generate` is given. */
  readonly inventory?: string;
  /** Replaces the datacenters by generated ones with this many zones of this many datastores. */
  readonly generate?: { readonly zones: number; readonly datastores: number };
}

const binary = join(__dirname, "../../.lab/bin/vcenter-simulator");
const longestStartMilliseconds = 60_000;
const longestStopMilliseconds = 5000;

/** A running simulated vCenter of its own, in a temporary directory. Stop it in an `after` hook. */
export class Simulator {
  /** How to connect, verifying its certificate. */
  readonly connection: VCenterConnection;
  /** `https://host:port/sdk`, as `govc` wants it. */
  readonly url: string;
  /** Path of the PEM file with its certificate authority, for programs that want a file. */
  readonly certificateAuthorityFile: string;
  /** The endpoint that counts calls, injects faults and makes changes. */
  readonly control: SimulatorControl;
  readonly #process: ChildProcess;
  readonly #directory: string;

  private constructor(process: ChildProcess, directory: string, ready: Ready, authority: string) {
    this.#process = process;
    this.#directory = directory;
    this.url = ready.url;
    this.certificateAuthorityFile = ready.certificateAuthority;
    this.control = new SimulatorControl(ready.control);
    this.connection = {
      server: ready.server,
      user: ready.user,
      password: ready.password,
      insecure: false,
      certificateAuthority: authority,
    };
  }

  /** Starts a simulator and waits until it answers. */
  static async start(options: SimulatorOptions = {}): Promise<Simulator> {
    const directory = await mkdtemp(join(tmpdir(), "vcenter-simulator-"));
    const child = spawn(binary, simulatorArguments(directory, options), {
      // When this process dies, its end of the pipe closes and the simulator ends too.
      stdio: ["pipe", "ignore", "pipe"],
    });
    const output: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    child.on("error", (error) => output.push(String(error)));
    try {
      const ready = await untilReady(child, join(directory, "ready.json"));
      const authority = await readFile(ready.certificateAuthority, "utf8");
      return new Simulator(child, directory, ready, authority);
    } catch (error) {
      await end(child);
      await rm(directory, { recursive: true, force: true });
      throw new Error(`${String(error)}\n${output.join("")}`);
    }
  }

  /** The process id, for tests that look at the process. */
  get processId(): number | undefined {
    return this.#process.pid;
  }

  /** Ends the process and removes its directory. May be called twice. */
  async stop(): Promise<void> {
    await end(this.#process);
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function simulatorArguments(directory: string, options: SimulatorOptions): string[] {
  const { inventory, generate } = options;
  return [
    ...["--directory", directory, "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"],
    "--exit-when-stdin-closes",
    ...(inventory === undefined ? [] : ["--inventory", inventory]),
    ...(generate === undefined
      ? []
      : [
          ...["--generate-zones", String(generate.zones)],
          ...["--generate-datastores", String(generate.datastores)],
        ]),
  ];
}

async function untilReady(child: ChildProcess, file: string): Promise<Ready> {
  const deadline = Date.now() + longestStartMilliseconds;
  while (Date.now() < deadline) {
    if (hasEnded(child) || child.pid === undefined) {
      // An unknown binary has no process id; its error event comes a moment later.
      await sleep(10);
      throw new Error(`the simulator ${binary} did not start (run "make lab" to build it)`);
    }
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) return JSON.parse(text) as Ready;
    await sleep(10);
  }
  throw new Error(`the simulator was not ready after ${longestStartMilliseconds} ms`);
}

/** Asks the process to end, and makes it. Only this one process, by its id. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  child.stdin?.destroy();
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), longestStopMilliseconds);
  await ended;
  clearTimeout(timer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
