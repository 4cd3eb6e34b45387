import { Simulator } from "../lab/simulator";
import { TestStack } from "../lab/stack";
import { generatedConfiguration } from "./generatedConfiguration";
import { seconds } from "./statistics";

/** One measured command. */
export interface Measured {
  readonly seconds: number;
  /** Calls to vCenter, of this program and of the provider together. */
  readonly calls: number;
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
}

/** Measures each command of a stack's life once, on a vCenter of its own. */
export async function measureLifecycle({
  zones,
  datastores,
  latencyMilliseconds,
}: Case): Promise<Record<LifecycleCommand, Measured>> {
  const simulator = await Simulator.start({ generate: { zones, datastores } });
  const stack = await TestStack.create(simulator, {
    configuration: generatedConfiguration(zones, datastores),
  });
  try {
    await simulator.control.setLatency(latencyMilliseconds);
    const measure = async (work: () => Promise<unknown>): Promise<Measured> => {
      await simulator.control.resetCalls();
      const time = await seconds(work);
      return { seconds: time, calls: (await simulator.control.calls()).total };
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
  }
}
