import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** A process of a test, with everything that it starts: it is the leader of a process group. */
export interface TestProcess {
  readonly child: ChildProcess;
  readonly processId: number;
  /** The next line of its output. */
  readonly nextLine: () => Promise<string>;
  /** How it ended: the exit code, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Ends it, and what it started and left in its group. */
  readonly kill: () => void;
}

/** How to run a program. */
export interface ProgramOptions {
  readonly folder?: string;
  /** Text for its standard input. */
  readonly input?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts a process whose standard error is shown. */
export function startProcess(
  command: string,
  parameters: readonly string[],
  options: Omit<ProgramOptions, "input"> = {},
): TestProcess {
  const child = spawn(command, parameters, {
    ...{ detached: true, stdio: ["pipe", "pipe", "inherit"] },
    env: options.environment ?? process.env,
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
  });
  const processId = child.pid;
  if (processId === undefined) throw new Error(`${command} could not be started`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ...{ child, processId },
    nextLine: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error(`${command} has ended without a word`);
      return next.value;
    },
    ended: new Promise((resolve) => {
      child.once("exit", (code, signal) => resolve(code ?? signal));
    }),
    kill: () => {
      try {
        process.kill(-processId, "SIGKILL");
      } catch {
        // The group is empty.
      }
    },
  };
}

/** How a program ended, and what it wrote. */
export interface ProgramRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** Runs a program to its end. @throws Error when it cannot be started */
export async function runProgram(
  command: string,
  parameters: readonly string[],
  { folder, input = "", environment = process.env }: ProgramOptions = {},
): Promise<ProgramRun> {
  const child = spawn(command, parameters, { cwd: folder, env: environment });
  child.stdin.on("error", () => undefined).end(input);
  const run = { stdout: "", stderr: "", output: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      run[stream] += text;
      run.output += text;
    });
  }
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, ...run };
}

/** Waits until something holds, at most five seconds. */
export async function eventually(holds: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 200; turn++) {
    if (holds()) return true;
    await sleep(25);
  }
  return holds();
}
