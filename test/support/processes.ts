import { spawn, type ChildProcess } from "node:child_process";
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

/** Starts a process whose standard error is shown. */
export function startProcess(
  command: string,
  parameters: readonly string[],
  options: { readonly environment?: NodeJS.ProcessEnv; readonly folder?: string } = {},
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

/** Waits until something holds, at most five seconds. */
export async function eventually(holds: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 200; turn++) {
    if (holds()) return true;
    await sleep(25);
  }
  return holds();
}
