/**
 * Measures how long the program takes, beside the shortest preview that the engine can make and beside the plain govc
 * commands, and prints tables in Markdown for docs/performance.md.
 *
 *     make bench
 *     node --import tsx scripts/bench.ts --runs 9 --datastores 1,100
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { main, runCommand } from "../commands/run";
import { lifecycle, measureGovc, measureLifecycle, seconds } from "./bench/lifecycle";
import { exampleConfiguration } from "./examples/exampleConfiguration";
import { engineEnvironment, processEnvironment, usesOfficialEngine } from "./lab/environment";
import { labFolders, repositoryRoot } from "./lab/folders";
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

/**
 * The shortest preview that there can be: an empty program, compiled, without a provider. Whatever takes longer in the
 * program's own preview is the program's doing, or that of the providers it needs.
 */
class Floor {
  readonly #directory = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-floor-"));
  readonly #environment: NodeJS.ProcessEnv;

  constructor() {
    const state = join(this.#directory, "state");
    mkdirSync(state);
    writeFileSync(
      join(this.#directory, "Pulumi.yaml"),
      "name: floor\nmain: index.js\nruntime: {name: nodejs, options: {typescript: false}}\n",
    );
    writeFileSync(join(this.#directory, "package.json"), '{"name": "floor"}\n');
    writeFileSync(join(this.#directory, "index.js"), 'require("@pulumi/pulumi");\n');
    symlinkSync(join(repositoryRoot, "node_modules"), join(this.#directory, "node_modules"));
    this.#environment = processEnvironment(
      engineEnvironment({ folders: labFolders(), official: usesOfficialEngine() }, state),
    );
  }

  /** Makes the stack; a first preview would pay for it otherwise. */
  async prepare(): Promise<void> {
    await this.#pulumi("stack", "init", "floor");
    await this.#pulumi("up", "--yes", "--skip-preview");
  }

  /** Runs one preview. */
  async preview(): Promise<void> {
    await this.#pulumi("preview", "--non-interactive");
  }

  dispose(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #pulumi(...args: string[]): Promise<void> {
    await runCommand("pulumi", args, { cwd: this.#directory, environment: this.#environment });
  }
}

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
    },
  });
  await compareWithFloor(Number(values.runs));
  await measureSizes(numbers(values.datastores), numbers(values.latencies));
});
