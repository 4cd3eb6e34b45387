import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../commands/run";
import type { VCenterConnection } from "../../vcenter";
import { labFolders, type LabFolders } from "./folders";
import { SimulatorControl } from "./simulatorControl";

const pollMilliseconds = 10;
const longestStartMilliseconds = 60_000;

/** What the simulated vCenter has. */
export interface SimulatorOptions {
  /** Path of an inventory file; the example's inventory when neither this nor `generate` is given. */
  readonly inventory?: string | undefined;
  /** Replaces the datacenters by generated ones with this many zones of this many datastores. */
  readonly generate?: { readonly zones: number; readonly datastores: number };
}

/** What a running simulated vCenter tells about itself in its `ready.json`. */
export interface Ready {
  /** `host:port` */
  readonly server: string;
  /** `https://host:port/sdk`, as `govc` wants it. */
  readonly url: string;
  /** Where the control endpoint is, `http://127.0.0.1:port`. */
  readonly control: string;
  readonly user: string;
  readonly password: string;
  /** Path of a PEM file. */
  readonly certificateAuthority: string;
  readonly processId: number;
}

/**
 * A simulated vCenter that outlives the process which starts it, unless told otherwise. It is known by its folder, so
 * that another process can find and stop it.
 */
export class SimulatedVCenter {
  /** Its certificate authority, and `ready.json`. */
  readonly directory: string;
  readonly logFile: string;
  readonly #binary: string;
  readonly #options: SimulatorOptions & { readonly endsWithStarter?: boolean };
  /** The process that `start` has started and that may not have said yet that it is ready. */
  #starting: ChildProcess | undefined;

  /**
   * @param folders where its binary is
   * @param run a folder of its own
   * @param options with `endsWithStarter`, it ends when the process that started it does, however that ends
   */
  constructor(
    folders: LabFolders,
    run: string,
    options: SimulatorOptions & { readonly endsWithStarter?: boolean } = {},
  ) {
    this.#binary = join(folders.bin, "vcenter-simulator");
    this.directory = join(run, "vcenter");
    this.logFile = join(run, "vcenter.log");
    this.#options = options;
  }

  /** What the running vCenter tells about itself; nothing when it does not run. */
  running(): Ready | undefined {
    const file = join(this.directory, "ready.json");
    if (!existsSync(file)) return undefined;
    const ready = JSON.parse(readFileSync(file, "utf8")) as Ready;
    return this.#isItself(ready.processId) ? ready : undefined;
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<Ready> {
    rmSync(join(this.directory, "ready.json"), { force: true });
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const child = this.#spawn();
    this.#starting = child;
    const deadline = Date.now() + longestStartMilliseconds;
    while (
      Date.now() < deadline &&
      child.exitCode === null &&
      child.signalCode === null &&
      child.pid !== undefined
    ) {
      const ready = this.running();
      if (ready?.processId === child.pid) return ready;
      await sleep(pollMilliseconds);
    }
    if (child.pid === undefined) {
      throw new UserError(`${this.#binary} could not be started: run "make lab" to build it.`);
    }
    child.kill("SIGKILL");
    const output = readFileSync(this.logFile, "utf8").trim();
    throw new UserError(`The simulated vCenter did not start.\n${output}`.trim());
  }

  /** Stops it. Returns the id of the process that was stopped, or nothing when none was running. */
  async stop(): Promise<number | undefined> {
    const processId = this.running()?.processId ?? this.#starting?.pid;
    if (processId === undefined || !this.#isItself(processId)) return undefined;
    await endProcess(processId, () => this.#isItself(processId));
    return processId;
  }

  #spawn(): ChildProcess {
    const { inventory, generate, endsWithStarter = false } = this.#options;
    const args = ["--directory", this.directory];
    if (inventory !== undefined) args.push("--inventory", inventory);
    if (generate !== undefined) {
      args.push("--generate-zones", String(generate.zones));
      args.push("--generate-datastores", String(generate.datastores));
    }
    if (endsWithStarter) args.push("--exit-when-stdin-closes");
    const log = openSync(this.logFile, "w", 0o600);
    const child = spawn(this.#binary, args, {
      // A process group of its own: Ctrl-C in the terminal is for the program that uses it, which stops it in its turn.
      detached: !endsWithStarter,
      // When the starter dies, its end of the pipe closes.
      stdio: [endsWithStarter ? "pipe" : "ignore", log, log],
    });
    closeSync(log);
    child.on("error", () => undefined);
    if (!endsWithStarter) child.unref();
    return child;
  }

  /** The id may belong to another process by now; its command line names the folder that only ours has. */
  #isItself(processId: number): boolean {
    const commandLine = commandLineOf(processId);
    return (
      commandLine?.includes("vcenter-simulator") === true && commandLine.includes(this.directory)
    );
  }
}

/** A simulated vCenter for a test, in a temporary folder. Stop it in an `after` hook. */
export class Simulator {
  /** How to connect, verifying its certificate. */
  readonly connection: VCenterConnection;
  /** `https://host:port/sdk`, as `govc` wants it. */
  readonly url: string;
  /** Path of the PEM file with its certificate authority, for programs that want a file. */
  readonly certificateAuthorityFile: string;
  /** The endpoint that counts calls, injects faults and makes changes. */
  readonly control: SimulatorControl;
  readonly processId: number;
  readonly #vcenter: SimulatedVCenter;
  readonly #folder: string;

  private constructor(vcenter: SimulatedVCenter, folder: string, ready: Ready) {
    this.#vcenter = vcenter;
    this.#folder = folder;
    this.processId = ready.processId;
    this.url = ready.url;
    this.certificateAuthorityFile = ready.certificateAuthority;
    this.control = new SimulatorControl(ready.control);
    this.connection = {
      server: ready.server,
      user: ready.user,
      password: ready.password,
      insecure: false,
      certificateAuthority: readFileSync(ready.certificateAuthority, "utf8"),
    };
  }

  /** Starts a simulator and waits until it answers. */
  static async start(options: SimulatorOptions = {}): Promise<Simulator> {
    const folder = mkdtempSync(join(tmpdir(), "vcenter-simulator-"));
    const vcenter = new SimulatedVCenter(labFolders(), folder, {
      ...options,
      endsWithStarter: true,
    });
    try {
      return new Simulator(vcenter, folder, await vcenter.start());
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Ends the process and removes its folder. May be called twice. */
  async stop(): Promise<void> {
    await this.#vcenter.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The command line of a process, or nothing when there is none with that id. */
export function commandLineOf(processId: number): string | undefined {
  try {
    return (
      readFileSync(`/proc/${processId}/cmdline`, "utf8").replaceAll("\0", " ").trim() || undefined
    );
  } catch {
    return commandLineFromPs(processId);
  }
}

/** For systems without /proc. */
function commandLineFromPs(processId: number): string | undefined {
  try {
    const arguments_ = ["-o", "args=", "-p", String(processId)];
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    return execFileSync("ps", arguments_, { encoding: "utf8", stdio }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Ends one process, by its id: asks it first and makes it after `patience`. `isStillIt` is asked each time, because the
 * system may give the id of a process that ended to another one.
 */
export async function endProcess(
  processId: number,
  isStillIt: () => boolean,
  patienceMilliseconds = 5000,
): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!isStillIt()) return;
    process.kill(processId, signal);
    const deadline = Date.now() + patienceMilliseconds;
    while (Date.now() < deadline && isStillIt()) await sleep(pollMilliseconds);
  }
}
