import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that cannot be taken for another one: the system gives the id of a process that ended to new ones. */
export interface ProcessIdentity {
  readonly processId: number;
  /** When it started, in whatever words the system has for it. */
  readonly started: string;
}

interface ProcessFacts extends ProcessIdentity {
  readonly parent: number;
  /** The name of its program, as the system shortens it. */
  readonly name: string;
}

/** The identity of a running process; undefined when there is none with that id. */
export function identityOf(processId: number): ProcessIdentity | undefined {
  const facts = factsOf(processId);
  return facts === undefined ? undefined : { processId, started: facts.started };
}

/** Whether exactly this process still runs. One that has ended and was not waited for does not. */
export function isRunning({ processId, started }: ProcessIdentity): boolean {
  return factsOf(processId)?.started === started;
}

/** The parent of a running process; undefined when there is no process with that id. */
export function parentOf(processId: number): number | undefined {
  return factsOf(processId)?.parent;
}

/**
 * The processes on whose account a process runs: its parents up to the Pulumi engine. Where no engine is among them, as
 * under a program that embeds it, its three nearest.
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

function factsOf(processId: number): ProcessFacts | undefined {
  return process.platform === "linux" ? factsFromProc(processId) : factsFromPs(processId);
}

/** Linux, proc(5): `pid (name) state ppid ... starttime ...`; the name may hold blanks and parentheses. */
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

/** Every other system. */
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
