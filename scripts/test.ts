/**
 * Runs all checks and tests, also after one has failed, and ends with the line `N passed, N failed`.
 *
 *     make test
 *     node --import tsx scripts/test.ts --only static        formatting, lint and types
 *     node --import tsx scripts/test.ts --only "unit tests"  one step
 */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { main, runCommand, UserError } from "../commands/run";
import { repositoryRoot } from "./lab/folders";
import { duration } from "./lab/progress";
import { mochaStep } from "./test/mocha";
import {
  addCounts,
  checkGoFormat,
  checkStep,
  goTestStep,
  lintWorkflows,
  ownGoModules,
  testedGoModules,
  vetGoModule,
  type Counts,
  type Step,
} from "./test/steps";

main(async () => {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const start = Date.now();
  let total: Counts = { passed: 0, failed: 0 };
  for (const step of chosenSteps(values.only)) total = addCounts(total, await runStep(step));
  console.log(`\nEverything took ${duration(Date.now() - start)}.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
});

/** What `make test` does, in this order: what is quick and says most comes first. */
function allSteps(): Step[] {
  return [
    checkStep("formatting", "static", () => tool("prettier", "--check", "."), checkGoFormat),
    checkStep("lint", "static", () => tool("eslint", ".")),
    checkStep("imports", "static", () => tool("depcruise", "--output-type", "err-long", ".")),
    checkStep("types", "static", () => tool("tsc", "--project", "tsconfig.test.json")),
    checkStep("workflows", "static", () => lintWorkflows(repositoryRoot)),
    checkStep("go vet", "static", ...ownGoModules.map((module) => () => vetGoModule(module))),
    mochaStep("unit tests", "test"),
    ...testedGoModules.map(goTestStep),
    mochaStep("integration tests", "test:integration"),
    mochaStep("end-to-end tests", "test:e2e"),
  ];
}

/** Runs a command that an npm package of this repository brings. */
async function tool(name: string, ...args: readonly string[]): Promise<void> {
  const command = join(repositoryRoot, "node_modules", ".bin", name);
  await runCommand(command, args, { cwd: repositoryRoot });
}

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
