import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { CommandFailure, runCommand } from "../../commands/run";
import { workflowLinter } from "../lab/binaries";
import { labFolders, labSources } from "../lab/folders";
import { binaryFile, buildAll, goEnvironment, goVersion } from "../lab/goBuild";
import { Progress } from "../lab/progress";

/** How many checks or tests of a step passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** A part of `make test`. */
export interface Step {
  readonly name: string;
  /** Whether it looks at the sources only, without running them. */
  readonly kind: "static" | "test";
  /** Prints what it finds, and counts. A throw counts as one failure. */
  readonly run: () => Promise<Counts>;
}

/** The sum of both. */
export function addCounts(one: Counts, other: Counts): Counts {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

/** A step that runs commands of which all must succeed; it counts as one, and shows output only of what failed. */
export function checkStep(
  name: string,
  kind: Step["kind"],
  ...commands: readonly (() => Promise<void>)[]
): Step {
  return {
    name,
    kind,
    run: async (): Promise<Counts> => {
      let failed = false;
      for (const command of commands) {
        try {
          await command();
        } catch (error) {
          if (!(error instanceof CommandFailure)) throw error;
          console.log(`${error.output.trimEnd()}\n${error.message}`);
          failed = true;
        }
      }
      return failed ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
    },
  };
}

/**
 * Lints the GitHub workflows of a repository with actionlint, which is built first when it is missing. The programs that
 * actionlint would start if they were on the PATH (shellcheck, pyflakes) are left out: the result must be the same on
 * every machine.
 *
 * @param folder the root of a git repository with `.github/workflows`
 * @throws CommandFailure with a line for each fault
 */
export async function lintWorkflows(folder: string): Promise<void> {
  const folders = labFolders();
  const workshop = { folders, sources: labSources, goVersion: await goVersion() };
  await buildAll([workflowLinter], workshop, new Progress());
  const quiet = ["-no-color", "-shellcheck=", "-pyflakes="];
  await runCommand(binaryFile(workflowLinter, folders), quiet, { cwd: folder });
}

/** The Go modules of the lab that have sources of our own. */
export const ownGoModules = [
  "vcenter",
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-command",
  "pulumi-resource-vsphere",
].map((name) => join(labSources, name));

/** The modules among them that have tests. */
export const testedGoModules = ownGoModules.filter((module) => hasTests(module));

function hasTests(folder: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((file) =>
    file.endsWith("_test.go"),
  );
}

/** Fails with the list of Go files that are not formatted. */
export async function checkGoFormat(): Promise<void> {
  const { stdout } = await runCommand("gofmt", ["-l", labSources]);
  if (stdout !== "") {
    const list = `Not formatted (run "make format"):\n${stdout}`;
    throw new CommandFailure("gofmt -l lab", "found files", list);
  }
}

/** Runs Go's own checks on a module. */
export async function vetGoModule(module: string): Promise<void> {
  await runCommand("go", ["vet", "./..."], { cwd: module, environment: goEnvironment() });
}

/** A step that runs the tests of a Go module. */
export function goTestStep(module: string): Step {
  return {
    name: `Go tests of lab/${basename(module)}`,
    kind: "test",
    run: async (): Promise<Counts> => {
      const { text, succeeded } = await runGoTests(module);
      const report = readGoTestEvents(text);
      for (const name of report.failures) console.log(`  ✗ ${name}`);
      if (!succeeded) console.log(report.output.trimEnd());
      const silent = !succeeded && report.counts.failed === 0;
      return silent ? { ...report.counts, failed: 1 } : report.counts;
    },
  };
}

async function runGoTests(module: string): Promise<{ text: string; succeeded: boolean }> {
  try {
    const options = { cwd: module, environment: goEnvironment() };
    const { all } = await runCommand("go", ["test", "-json", "./..."], options);
    return { text: all, succeeded: true };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { text: error.output, succeeded: false };
  }
}

/** A line of `go test -json`. */
interface GoTestEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly Output?: string;
}

/** What the tests of a Go module came to. */
export interface GoTestReport {
  readonly counts: Counts;
  /** Names of failed tests, and of packages that failed without one. */
  readonly failures: readonly string[];
  /** What the failed ones wrote. */
  readonly output: string;
}

/**
 * Reads the output of `go test -json`. A test that has subtests is not counted beside them; a package that failed
 * without a failed test, for example because it does not compile, counts as one failure.
 */
export function readGoTestEvents(text: string): GoTestReport {
  const events = text.split("\n").flatMap(parseEvent);
  const named = (event: GoTestEvent): string => `${event.Package ?? ""} ${event.Test ?? ""}`.trim();
  const results = events.filter(
    ({ Action, Test }) => Test !== undefined && /^(pass|fail)$/.test(Action),
  );
  // `TestLogin/wrong_password` makes `TestLogin` a parent.
  const parents = new Set(
    results
      .filter(({ Test }) => Test?.includes("/"))
      .map((event) => named(event).replace(/\/[^/]*$/, "")),
  );
  const leaves = results.filter((event) => !parents.has(named(event)));
  const failedTests = leaves.filter(({ Action }) => Action === "fail");
  const failedPackages = events.filter(
    ({ Action, Test, Package }) =>
      Action === "fail" &&
      Test === undefined &&
      !failedTests.some((test) => test.Package === Package),
  );
  const failures = [...failedTests, ...failedPackages].map(named);
  return {
    counts: { passed: leaves.length - failedTests.length, failed: failures.length },
    failures,
    output: outputOf(events, new Set(failures)),
  };
}

function parseEvent(line: string): GoTestEvent[] {
  if (line.trim() === "") return [];
  try {
    return [JSON.parse(line) as GoTestEvent];
  } catch {
    return [{ Action: "output", Output: `${line}\n` }];
  }
}

function outputOf(events: readonly GoTestEvent[], failures: ReadonlySet<string>): string {
  return events
    .filter(({ Action, Package, Test }) => {
      if (!Action.endsWith("output")) return false;
      return Package === undefined || failures.has(`${Package} ${Test ?? ""}`.trim());
    })
    .map(({ Output }) => Output ?? "")
    .join("");
}
