import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "../../scripts/lab/stack";
import type { StackForTests } from "./stackForTests";
import { endOrphansOf } from "./stackProcesses";

/**
 * `pulumi up`, killed while vCenter carries out a call: the work is done there, and nobody gets the answer. Then the stack
 * is unlocked, as the engine asks for after it was killed, and nothing of what it had started is left.
 *
 * @param calls the names of calls: whichever comes first
 * @param more arguments for `pulumi up`
 * @returns which call it was
 */
export async function killUpDuring(
  { simulator, stack }: StackForTests,
  calls: readonly string[],
  ...more: readonly string[]
): Promise<string> {
  const { control } = simulator;
  for (const match of calls) {
    await control.addFault({ match, exact: true, kind: "hang", afterEffect: true, times: 1 });
  }
  const args = ["up", "--yes", "--non-interactive", "--skip-preview", ...more];
  const run = stack.start("pulumi", args);
  let early: Run | undefined;
  void run.ended.then((ended) => (early = ended));
  let call: string | undefined;
  while (call === undefined) {
    call = (await control.faults()).find(({ hits }) => hits > 0)?.match;
    if (call === undefined && early !== undefined)
      throw new Error(`pulumi up ended before that call:\n${early.output}`);
    await sleep(50);
  }
  await stateAtRest(() => stack.run("stack", "export"));
  run.process.kill("SIGKILL");
  await run.ended;
  await control.clearFaults();
  await stack.run("cancel", "--yes", "--non-interactive");
  await endOrphansOf(stack);
  return call;
}

/** Waits until the engine has written what it is making: killed while it writes, it would leave half a file. */
async function stateAtRest(look: () => Promise<Run>): Promise<void> {
  let before: Run | undefined;
  for (;;) {
    const now = await look();
    if (now.exitCode === 0 && now.output === before?.output) return;
    before = now;
  }
}
