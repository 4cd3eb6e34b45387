import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LabFolders } from "./folders";
import { UserError } from "../../commands/main";
import { commandLineOf, endProcess } from "./processes";

const pollMilliseconds = 20;
const longestStartMilliseconds = 60_000;

/** What a running simulated vCenter tells about itself in its `ready.json`. */
export interface Ready {
  readonly server: string;
  readonly url: string;
  readonly control: string;
  readonly user: string;
  readonly password: string;
  readonly certificateAuthority: string;
  readonly processId: number;
}

/**
 * A simulated vCenter that outlives the process which starts it. It is known by its folder, so that another process can
 * find and stop it.
 */
export class SimulatedVCenter {
  readonly #folders: LabFolders;
  /** Its certificate authority, and `ready.json`. */
  readonly directory: string;
  readonly logFile: string;
  readonly inventory: string | undefined;
  /** The process that `start` has started and that may not have said yet that it is ready. */
  #starting: ChildProcess | undefined;

  /**
   * @param folders where its binary is
   * @param run a folder of its own
   * @param inventory an inventory file in place of the example's
   */
  constructor(folders: LabFolders, run: string, inventory?: string) {
    this.#folders = folders;
    this.directory = join(run, "vcenter");
    this.logFile = join(run, "vcenter.log");
    this.inventory = inventory;
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
    const log = openSync(this.logFile, "w", 0o600);
    const child = spawn(
      join(this.#folders.bin, "vcenter-simulator"),
      [
        ...["--directory", this.directory],
        ...(this.inventory === undefined ? [] : ["--inventory", this.inventory]),
      ],
      // A process group of its own: Ctrl-C in the terminal is for the program that uses it, which stops it in its turn.
      { detached: true, stdio: ["ignore", log, log] },
    );
    closeSync(log);
    child.on("error", () => undefined);
    child.unref();
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
    if (child.pid !== undefined) child.kill("SIGKILL");
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

  /** The id may belong to another process by now; its command line names the folder that only ours has. */
  #isItself(processId: number): boolean {
    const commandLine = commandLineOf(processId);
    return (
      commandLine?.includes("vcenter-simulator") === true && commandLine.includes(this.directory)
    );
  }
}
