import { readdirSync, readFileSync } from "node:fs";

const sampleMilliseconds = 100;

/**
 * The largest memory that processes started by this one had together while something ran, in megabytes: the sum of their
 * resident sets, looked at ten times a second. Zero on systems without /proc.
 *
 * @param besides ids of processes that do not count, such as the simulated vCenter's
 */
export async function peakMemory(
  work: () => Promise<unknown>,
  besides: readonly number[],
): Promise<number> {
  let peak = 0;
  const sample = (): void => {
    peak = Math.max(peak, memoryOfDescendants(besides));
  };
  const timer = setInterval(sample, sampleMilliseconds);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return peak / 1024;
}

interface ProcessMemory {
  readonly parent: number;
  readonly kilobytes: number;
}

function memoryOfDescendants(besides: readonly number[]): number {
  const processes = new Map<number, ProcessMemory>();
  for (const id of processIds()) {
    const found = memoryOf(id);
    if (found !== undefined) processes.set(id, found);
  }
  const isOurs = (id: number): boolean => {
    const parent = processes.get(id)?.parent;
    if (parent === undefined || besides.includes(id)) return false;
    return parent === process.pid || isOurs(parent);
  };
  return [...processes].reduce((sum, [id, { kilobytes }]) => sum + (isOurs(id) ? kilobytes : 0), 0);
}

function processIds(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Undefined when the process has ended. */
function memoryOf(id: number): ProcessMemory | undefined {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const value = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    return { parent: value("PPid"), kilobytes: value("VmRSS") };
  } catch {
    return undefined;
  }
}
