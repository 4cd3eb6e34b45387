import { join } from "node:path";
import { datastoreNames } from "../examples/exampleConfiguration";
import { labFolders } from "../lab/folders";
import { Simulator } from "../lab/simulator";
import { TestStack } from "../lab/stack";
import { seconds, type Case, type Measured } from "./lifecycle";

/** Attaching is one command for each pair, all alike: this many are run, and the rest is counted as their mean. */
const longestSample = 40;

/** What the plain commands take; `estimated` when not all of them were run. */
export interface GovcMeasured extends Measured {
  readonly estimated: boolean;
}

/** Does what a first up does with one govc command for each category, tag, attachment, role and permission. */
export async function measureGovc({
  zones,
  datastores,
  latencyMilliseconds,
}: Case): Promise<GovcMeasured> {
  const simulator = await Simulator.start({ generate: { zones, datastores } });
  const stack = await TestStack.create(simulator, { configuration: {} });
  try {
    await simulator.control.setLatency(latencyMilliseconds);
    const run = async (commands: readonly string[][]): Promise<Measured> => {
      await simulator.control.resetCalls();
      const time = await seconds(async () => {
        for (const args of commands) {
          const result = await stack.command(join(labFolders().bin, "govc"), args);
          if (result.exitCode !== 0) throw new Error(`govc ${args.join(" ")}: ${result.output}`);
        }
      });
      return { seconds: time, calls: (await simulator.control.calls()).total };
    };
    const once = await run(commandsOnce(zones));
    const attaching = attachCommands(zones, datastores);
    const sample = await run(attaching.slice(0, longestSample));
    const share = attaching.length / Math.min(attaching.length, longestSample);
    return {
      seconds: once.seconds + sample.seconds * share,
      calls: Math.round(once.calls + sample.calls * share),
      estimated: share > 1,
    };
  } finally {
    stack.dispose();
    await simulator.stop();
  }
}

/** What does not grow with the datastores. */
function commandsOnce(zones: number): string[][] {
  const regions = Array.from({ length: zones / 2 }, (_, index) => index + 1);
  const numbers = Array.from({ length: zones }, (_, index) => index + 1);
  return [
    ["tags.category.create", "-d", "Kubernetes region", "k8s-region"],
    ["tags.category.create", "-d", "Kubernetes zone", "k8s-zone"],
    ...regions.map((region) => ["tags.create", "-c", "k8s-region", `k8s-region-x${region}`]),
    ...numbers.map((zone) => ["tags.create", "-c", "k8s-zone", `k8s-zone-${zone}`]),
    ["role.create", "kubernetes", "Datastore.Browse", "Datastore.AllocateSpace"],
    ...regions.map((region) => [
      ...["permissions.set", "-principal", "deckhouse@vsphere.local", "-role", "kubernetes"],
      `/X${region}`,
    ]),
  ];
}

/** One command for each pair, the datastores' last. */
function attachCommands(zones: number, datastores: number): string[][] {
  const region = (number: number): string => `k8s-region-x${number}`;
  const numbers = Array.from({ length: zones }, (_, index) => index + 1);
  const datacenter = (zone: number): number => Math.ceil(zone / 2);
  return [
    ...Array.from({ length: zones / 2 }, (_, index) => index + 1).map((number) => [
      ...["tags.attach", "-c", "k8s-region", region(number)],
      `/X${number}`,
    ]),
    ...numbers.map((zone) => [
      ...["tags.attach", "-c", "k8s-zone", `k8s-zone-${zone}`],
      `/X${datacenter(zone)}/host/x${datacenter(zone)}_cluster_${String(zone).padStart(3, "0")}`,
    ]),
    ...numbers.flatMap((zone) =>
      datastoreNames(zone, datastores).flatMap((name) => {
        const path = `/X${datacenter(zone)}/datastore/${name}`;
        return [
          ["tags.attach", "-c", "k8s-region", region(datacenter(zone)), path],
          ["tags.attach", "-c", "k8s-zone", `k8s-zone-${zone}`, path],
        ];
      }),
    ),
  ];
}
