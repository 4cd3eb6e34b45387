import assert from "node:assert/strict";
import { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorState";
import { TestStack } from "../../scripts/lab/stack";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { killUpDuring } from "../support/killedUp";
import { heldBy, stackCommand, succeeded } from "../support/stackCommand";
import type { StackForTests } from "../support/stackForTests";

/** The calls by which the vSphere provider creates, and how many of each the example takes. */
const creates = { "POST category": 2, "POST tag": 6, AddAuthorizationRole: 1 };
type Create = keyof typeof creates;
const calls = Object.keys(creates) as Create[];
const all = Object.values(creates).reduce((sum, count) => sum + count, 0);

/** One after the other: without it, the creates behind the one that is spoilt are made as well. */
const oneByOne = ["--parallel", "1"];

/**
 * One stack steps through all creates: interrupted at the first, adopted, interrupted at the next, and so on. After each
 * step, vCenter and the state have exactly what was made until then, and nothing twice; after the last, an `up` makes the
 * rest, and vCenter is as after an `up` that nobody disturbed.
 */
describe("an up that is interrupted at each create of the vSphere provider", function () {
  this.timeout(600_000);
  let undisturbed: Snapshot;
  let untouched: Snapshot;

  before(async () => {
    const made = await makeStack();
    untouched = await made.simulator.control.snapshot();
    await made.stack.up();
    undisturbed = await made.simulator.control.snapshot();
    await dispose(made);
  });

  // Side by side: most of the time goes into starting programs.
  let chains: Record<"killed" | "lost", Promise<void>>;
  before(() => {
    chains = { killed: chain(killed), lost: chain(lostAnswers) };
    // The tests tell of a failure.
    for (const one of Object.values(chains)) one.catch(() => undefined);
  });

  it("by a kill, is finished by one command each time", () => chains.killed);

  it("by an answer that is lost, is finished by one command each time", () => chains.lost);

  async function chain(run: (made: StackForTests) => Promise<void>): Promise<void> {
    const made = await makeStack();
    try {
      await run(made);
      await made.stack.up();
      assert.deepEqual(await made.simulator.control.snapshot(), undisturbed);
      assert.deepEqual((await made.stack.plan()).steps, []);
    } finally {
      await dispose(made);
    }
  }

  async function killed(made: StackForTests): Promise<void> {
    const interrupted: Create[] = [];
    while (interrupted.length < all) {
      const call = await killUpDuring(made, calls, ...oneByOne);
      interrupted.push(call as Create);
      const output = await succeeded(stackCommand(made, "adopt", "--yes"));
      const step = `killed at create ${interrupted.length}, ${call}:\n${output}`;
      assert.match(output, /^1 made by an interrupted run of this stack/m, step);
      await assertMade(made, interrupted.length, step);
    }
    assert.deepEqual(counted(interrupted), creates);
  }

  async function lostAnswers(made: StackForTests): Promise<void> {
    const { control } = made.simulator;
    const lost: Create[] = [];
    while (lost.length < all) {
      for (const match of calls) {
        // Lost answers of categories do not stop an `up`: it takes the empty category for its own, and goes on.
        const times = match === "POST category" ? creates[match] : 1;
        await control.addFault({ match, exact: true, times, kind: "reset", afterEffect: true });
      }
      const failed = await made.stack.refusedUp(...oneByOne);
      const faults = await control.faults();
      lost.push(...calls.flatMap((call, index) => repeated(call, faults[index]?.hits ?? 0)));
      await control.clearFaults();
      const output = await succeeded(stackCommand(made, "adopt", "--take", "--yes"));
      const step = `the answer of create ${lost.length}, ${lost.at(-1)}, was lost:\n${failed}`;
      assert.match(output, /^1 there already, and to be taken into the state/m, step);
      await assertMade(made, lost.length, step);
    }
    assert.deepEqual(counted(lost), creates);
  }

  /** That vCenter has the first so many of what the stack makes, each once, as undisturbed, and the state the same. */
  async function assertMade(
    { simulator, stack }: StackForTests,
    count: number,
    step: string,
  ): Promise<void> {
    const now = await simulator.control.snapshot();
    const { names, pending } = await heldBy(stack);
    assert.equal(pending, 0, step);
    let made = 0;
    for (const kind of ["categories", "tags", "roles"] as const) {
      const before = new Set(untouched[kind].map((one) => JSON.stringify(one)));
      const own = now[kind].filter((one) => !before.has(JSON.stringify(one)));
      const wanted = new Set(undisturbed[kind].map((one) => JSON.stringify(one)));
      assert.deepEqual(
        own.filter((one) => !wanted.has(JSON.stringify(one))),
        [],
        step,
      );
      assert.deepEqual(names[kind], own.map(({ name }) => name).sort(), step);
      made += own.length;
    }
    assert.equal(made, count, step);
  }
});

async function makeStack(): Promise<StackForTests> {
  const simulator = await Simulator.start();
  const stack = await TestStack.create(simulator, { configuration: exampleConfiguration() });
  return { simulator, stack };
}

async function dispose({ simulator, stack }: StackForTests): Promise<void> {
  stack.dispose();
  await simulator.stop();
}

function repeated<One>(one: One, times: number): One[] {
  return Array.from({ length: times }, () => one);
}

/** How often each call is among some. */
function counted(some: readonly Create[]): Record<string, number> {
  return Object.fromEntries(calls.map((call) => [call, some.filter((one) => one === call).length]));
}
