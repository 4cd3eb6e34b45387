import { join } from "node:path";
import { repositoryRoot } from "../lab/folders";
import { runCommand } from "../../commands/runCommand";
import { checkStep } from "./checkStep";
import { checkGoFormat, ownGoModules, testedGoModules, vetGoModule } from "./goModules";
import { goTestStep } from "./goTestStep";
import { mochaStep } from "./mochaStep";
import type { Step } from "./step";
import { lintWorkflows } from "./workflows";

/** What `make test` does, in this order: what is quick and says most comes first. */
export function allSteps(): Step[] {
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
