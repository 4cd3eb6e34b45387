/**
 * Measures how long the program takes, beside the shortest preview that the engine can make and beside the plain govc
 * commands, and prints tables in Markdown for docs/performance.md.
 *
 *     make bench
 *     node --import tsx scripts/bench.ts --only permissions,foreign
 *     node --import tsx scripts/bench.ts --only floor,sizes --runs 9 --datastores 1,100
 */
import { parseArgs } from "node:util";
import { main, UserError } from "../commands/run";
import { fewestCalls } from "./bench/fewestCalls";
import { Floor } from "./bench/floor";
import { measureGovc } from "./bench/govc";
import { lifecycle, measureLifecycle, seconds, type Case } from "./bench/lifecycle";
import { exampleConfiguration } from "./examples/exampleConfiguration";
import { Simulator } from "./lab/simulator";
import { TestStack } from "./lab/stack";

const zones = 4;

function numbers(list: string): number[] {
  return list.split(",").map(Number);
}

/** The no-change preview of the example against an empty program, in turn, so that both see the same machine. */
async function compareWithFloor(runs: number): Promise<void> {
  const floor = new Floor();
  const simulator = await Simulator.start();
  const stack = await TestStack.create(simulator, { configuration: exampleConfiguration() });
  try {
    await floor.prepare();
    await stack.up();
    const environments = { plain: stack, program: stack.with({ PULUMI_RUN_PROGRAM: "true" }) };
    const times = { floor: [] as number[], plain: [] as number[], program: [] as number[] };
    for (let run = 0; run <= runs; run++) {
      const floorTime = await seconds(() => floor.preview());
      const plainTime = await seconds(() => environments.plain.preview());
      const programTime = await seconds(() => environments.program.preview());
      // The first of each warms the machine's caches.
      if (run === 0) continue;
      times.floor.push(floorTime);
      times.plain.push(plainTime);
      times.program.push(programTime);
    }
    const ratios = (of: readonly number[]): number[] =>
      of.map((time, index) => time / (times.floor[index] ?? Number.NaN));
    console.log(`No-change preview of the example, ${runs} runs in turn, medians:\n`);
    console.log("| | seconds | times the floor |\n|---|---|---|");
    console.log(`| empty program (the floor) | ${median(times.floor).toFixed(2)} | 1 |`);
    for (const [name, measured] of [
      ["`pulumi preview`", times.plain],
      ["`PULUMI_RUN_PROGRAM=true pulumi preview`", times.program],
    ] as const) {
      const ratio = median(ratios(measured)).toFixed(2);
      console.log(`| ${name} | ${median(measured).toFixed(2)} | ${ratio} |`);
    }
  } finally {
    floor.dispose();
    stack.dispose();
    await simulator.stop();
  }
}

/** Every command of a stack's life, and the same by hand, at each size and latency. */
async function measureSizes(
  datastores: readonly number[],
  latencies: readonly number[],
): Promise<void> {
  console.log(`\n${zones} zones, one run each: seconds (calls to vCenter)\n`);
  console.log(`| datastores in each zone | latency | ${lifecycle.join(" | ")} | govc |`);
  console.log(`|---|---|${lifecycle.map(() => "---|").join("")}---|`);
  for (const latencyMilliseconds of latencies) {
    for (const each of datastores) {
      const measured = { zones, datastores: each, latencyMilliseconds };
      const pulumi = await measureLifecycle(measured);
      const govc = await measureGovc(measured);
      const cells = lifecycle.map(
        (command) => `${pulumi[command].seconds.toFixed(1)} (${pulumi[command].calls})`,
      );
      const byHand = `${govc.estimated ? "about " : ""}${govc.seconds.toFixed(1)} (${govc.calls})`;
      console.log(`| ${each} | ${latencyMilliseconds} ms | ${cells.join(" | ")} | ${byHand} |`);
    }
  }
}

/** What one case asks of vCenter and of this machine, command by command, beside the fewest calls that can do it. */
async function measureCase(title: string, measured: Case): Promise<void> {
  const commands = await measureLifecycle(measured);
  console.log(`\n${title}:\n`);
  console.log(
    "| command | seconds | own calls | fewest possible | calls with the provider's | megabytes answered | logins | " +
      "peak memory (megabytes) |\n|---|---|---|---|---|---|---|---|",
  );
  for (const command of lifecycle) {
    const { seconds: time, calls, ownCalls, logins, megabytes, memory } = commands[command];
    const cells = [
      ...[command, time.toFixed(1), ownCalls, fewestCalls(command, measured), calls],
      ...[megabytes.toFixed(2), logins, memory.toFixed(0)],
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

/** The cases of `--only`, by name. */
function cases({ runs, datastores, latencies }: Options): Cases {
  const one = { datastores: 1, latencyMilliseconds: 0 };
  const program = { PULUMI_RUN_PROGRAM: "true" };
  return {
    floor: () => compareWithFloor(Number(runs)),
    sizes: () => measureSizes(numbers(datastores), numbers(latencies)),
    permissions: () =>
      measureCase("60 permissions: 3 principals on 20 datacenters", {
        ...{ ...one, zones: 40, principals: 3 },
      }),
    foreign: () =>
      measureCase(`${zones} zones beside 2,000 permissions and 1,000 networks of others`, {
        ...{ ...one, zones, foreign: { permissions: 2000, networks: 1000 } },
      }),
    program: async () => {
      await measureCase(`${zones} zones`, { ...one, zones });
      await measureCase(`${zones} zones, with PULUMI_RUN_PROGRAM=true`, {
        ...{ ...one, zones, environment: program },
      });
    },
  };
}

/** What the command line says of the sizes. */
type Options = Readonly<Record<"runs" | "datastores" | "latencies", string>>;

type Cases = Readonly<Record<string, () => Promise<void>>>;

/** The middle of some figures: one slow run on a busy machine does not move it. */
function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

main(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "5" },
      datastores: { type: "string", default: "1,100,1000" },
      latencies: { type: "string", default: "0,20" },
      only: { type: "string" },
    },
  });
  const known = cases(values);
  const names = values.only?.split(",") ?? Object.keys(known);
  const unknown = names.filter((name) => known[name] === undefined);
  if (unknown.length > 0) {
    throw new UserError(
      `--only: found ${unknown.join(", ")}: there is no such case: use ${Object.keys(known).join(", ")}`,
    );
  }
  for (const name of names) await known[name]?.();
});
