/**
 * Runs all checks and tests, goes on after a failing one, and ends with the line `N passed, N failed`.
 *
 *     make test
 *     node --import tsx scripts/test.ts --only static        formatting, lint and types
 *     node --import tsx scripts/test.ts --only "unit tests"  one step
 */
import { parseArgs } from "node:util";
import { duration } from "./lab/duration";
import { main, UserError } from "../commands/main";
import { addCounts, type Counts, type Step } from "./test/step";
import { allSteps } from "./test/steps";

main(async () => {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const start = Date.now();
  let total: Counts = { passed: 0, failed: 0 };
  for (const step of chosenSteps(values.only)) total = addCounts(total, await runStep(step));
  console.log(`\nAll of it took ${duration(Date.now() - start)}.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
});

function chosenSteps(only: string | undefined): Step[] {
  const steps = allSteps();
  const chosen = steps.filter(
    ({ name, kind }) => only === undefined || only === kind || only === name,
  );
  if (chosen.length > 0) return chosen;
  const names = ["static", ...steps.map(({ name }) => name)].join(", ");
  throw new UserError(`--only: there is no step "${only ?? ""}"; there are: ${names}`);
}

async function runStep(step: Step): Promise<Counts> {
  console.log(`\n== ${step.name}`);
  const start = Date.now();
  let counts: Counts;
  try {
    counts = await step.run();
  } catch (error) {
    console.log(error);
    counts = { passed: 0, failed: 1 };
  }
  console.log(
    `   ${counts.passed} passed, ${counts.failed} failed, in ${duration(Date.now() - start)}`,
  );
  return counts;
}
