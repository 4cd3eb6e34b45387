import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { Cancellation } from "./failure";

const pollMilliseconds = 250;

/** Identifies a process for good: the operating system reuses the id of a process that has ended. */
export interface ProcessIdentity {
  readonly processId: number;
  /** When it started, in the operating system's notation. */
  readonly started: string;
}

interface ProcessFacts extends ProcessIdentity {
  readonly parent: number;
  /** The name of its program, as the operating system shortens it. */
  readonly name: string;
}

/** The identity of a running process; undefined when there is none with that id. */
export function identityOf(processId: number): ProcessIdentity | undefined {
  const facts = factsOf(processId);
  return facts === undefined ? undefined : { processId, started: facts.started };
}

/** Whether exactly this process is still running. A zombie is not. */
export function isRunning({ processId, started }: ProcessIdentity): boolean {
  return factsOf(processId)?.started === started;
}

/** The parent of a running process; undefined when there is no process with that id. */
export function parentOf(processId: number): number | undefined {
  return factsOf(processId)?.parent;
}

/**
 * The processes on whose behalf a process runs: its ancestors up to the Pulumi engine, or its three nearest ancestors if
 * no engine is among them, as under a program that embeds it.
 */
export function principals(processId: number): ProcessIdentity[] {
  const chain: ProcessFacts[] = [];
  let facts = factsOf(processId);
  while (facts !== undefined && facts.parent > 1) {
    facts = factsOf(facts.parent);
    if (facts !== undefined) chain.push(facts);
  }
  const engine = chain.findIndex(({ name }) => name === "pulumi");
  return chain
    .slice(0, engine === -1 ? 3 : engine + 1)
    .map(({ processId: id, started }) => ({ processId: id, started }));
}

/**
 * Signals when nobody is left to work for.
 *
 * The engine ends a command by killing its shell but not the shell's children; if the engine itself is killed, even the
 * shell survives. So a run watches for itself: it ends on a signal, when the launcher that started it is gone (its end
 * of the pipe closes), and when any process between the launcher and the engine is gone.
 *
 * @param launcher the process id of launch/templateImage.js
 * @param parent the launcher's parent at the time when the launcher started
 * @returns aborted with a {@link Cancellation}
 */
export function lifeline(launcher: number, parent: number): AbortSignal {
  const controller = new AbortController();
  const cancel = (reason: string): void => {
    if (!controller.signal.aborted) controller.abort(new Cancellation(reason));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => cancel(`it was interrupted (${signal})`));
  }
  process.stdin.on("close", () => cancel("the command was killed"));
  process.stdin.on("error", () => cancel("the command was killed"));
  process.stdin.resume();
  process.stdin.unref();
  const watched = principals(launcher);
  // The parent died before this process looked; the operating system then assigns another, mostly the first process.
  if (parent <= 1 || parentOf(launcher) !== parent) cancel("Pulumi ended it");
  setInterval(() => {
    if (!watched.every(isRunning)) cancel("Pulumi ended it");
  }, pollMilliseconds).unref();
  return controller.signal;
}

function factsOf(processId: number): ProcessFacts | undefined {
  return process.platform === "linux" ? factsFromProc(processId) : factsFromPs(processId);
}

/** Linux, proc(5): `pid (name) state ppid ... starttime ...`; the name may contain blanks and parentheses. */
function factsFromProc(processId: number): ProcessFacts | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${processId}/stat`, "latin1");
  } catch {
    return undefined;
  }
  const name = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
  const [state, parent, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (state === "Z" || state === "X") return undefined;
  return { processId, started: rest[17] ?? "", parent: Number(parent), name };
}

/** All other operating systems, ps(1). */
function factsFromPs(processId: number): ProcessFacts | undefined {
  try {
    const text = execFileSync("ps", ["-o", "ppid=,state=,lstart=,comm=", "-p", String(processId)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, LC_ALL: "C" },
    }).trim();
    const [, parent, state, started, command] =
      /^(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(text) ?? [];
    if (state === undefined || state.startsWith("Z")) return undefined;
    const name = (command ?? "").replace(/^.*\//, "");
    return { processId, started: started ?? "", parent: Number(parent), name };
  } catch {
    return undefined;
  }
}
