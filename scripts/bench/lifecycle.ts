import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatedConfiguration } from "../examples/exampleConfiguration";
import { Simulator } from "../lab/simulator";
import { TestStack } from "../lab/stack";
import { writeForeignLoad, type ForeignLoad } from "./foreignLoad";
import { peakMemory } from "./peakMemory";

/** One measured command. */
export interface Measured {
  readonly seconds: number;
  /** Calls to vCenter, of this program and of the provider together. */
  readonly calls: number;
}

/** One measured command of this program. */
export interface LifecycleMeasured extends Measured {
  /** Calls of this program alone. */
  readonly ownCalls: number;
  /** Logins of this program alone, to both interfaces together. */
  readonly logins: number;
  /** What vCenter answered this program, in megabytes. */
  readonly megabytes: number;
  /** The largest memory of the engine and all that it started, in megabytes. */
  readonly memory: number;
}

/** The commands of a stack's life, in their order. */
export const lifecycle = ["first up", "no-change preview", "no-change up", "destroy"] as const;

export type LifecycleCommand = (typeof lifecycle)[number];

/** The vCenter and the configuration to measure. */
export interface Case {
  readonly zones: number;
  /** In each zone. */
  readonly datastores: number;
  /** Added to each call. */
  readonly latencyMilliseconds: number;
  /** How many are granted the role on each datacenter, at most 3. @default 1 */
  readonly principals?: number;
  readonly foreign?: ForeignLoad;
  /** Variables of the engine. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Users that the simulated vCenter has. */
const users = ["deckhouse", "backup", "restricted"].map((name) => `${name}@vsphere.local`);

/** Measures each command of a stack's life once, on a vCenter of its own. */
export async function measureLifecycle(
  measured: Case,
): Promise<Record<LifecycleCommand, LifecycleMeasured>> {
  const { zones, datastores, latencyMilliseconds, principals = 1, environment = {} } = measured;
  const folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-bench-"));
  const simulator = await startSimulator(measured, folder);
  const stack = await TestStack.create(simulator, {
    configuration: {
      ...generatedConfiguration(zones, datastores),
      role: { preset: "seed", principals: users.slice(0, principals) },
    },
    environment,
  });
  try {
    await simulator.control.setLatency(latencyMilliseconds);
    const measure = async (work: () => Promise<unknown>): Promise<LifecycleMeasured> => {
      await simulator.control.resetCalls();
      let time = 0;
      const timed = async (): Promise<void> => {
        time = await seconds(work);
      };
      const memory = await peakMemory(timed, [simulator.processId]);
      const own = await simulator.control.ownCalls();
      return {
        seconds: time,
        calls: (await simulator.control.calls()).total,
        ownCalls: own.total,
        logins: (own.soap["Login"] ?? 0) + (own.rest["POST session"] ?? 0),
        megabytes: own.bytes / 1e6,
        memory,
      };
    };
    return {
      "first up": await measure(() => stack.up()),
      "no-change preview": await measure(() => stack.preview()),
      "no-change up": await measure(() => stack.up()),
      destroy: await measure(() => stack.destroy()),
    };
  } finally {
    stack.dispose();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function startSimulator({ zones, datastores, foreign }: Case, folder: string): Promise<Simulator> {
  return Simulator.start(
    foreign === undefined
      ? { generate: { zones, datastores } }
      : { inventory: writeForeignLoad(folder, zones, datastores, foreign) },
  );
}

/** How long something takes, in seconds. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
