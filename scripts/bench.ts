/**
 * Measures how long the program takes, beside the shortest preview that the engine can make and beside the plain govc
 * commands, and prints tables in Markdown for docs/performance.md.
 *
 *     make bench
 *     node --import tsx scripts/bench.ts --runs 9 --datastores 1,100
 */
import { parseArgs } from "node:util";
import { exampleConfiguration } from "./examples/exampleConfiguration";
import { Simulator } from "./lab/simulator";
import { TestStack } from "./lab/stack";
import { Floor } from "./bench/floor";
import { measureGovc } from "./bench/govc";
import { lifecycle, measureLifecycle } from "./bench/lifecycle";
import { median, seconds } from "./bench/statistics";
import { main } from "../commands/main";

const zones = 4;

main(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "5" },
      datastores: { type: "string", default: "1,100,1000" },
      latencies: { type: "string", default: "0,20" },
    },
  });
  await compareWithFloor(Number(values.runs));
  await measureSizes(numbers(values.datastores), numbers(values.latencies));
});

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
