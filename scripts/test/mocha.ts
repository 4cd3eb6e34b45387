import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Mocha from "mocha";
import { repositoryRoot } from "../lab/folders";
import { duration } from "../lab/progress";
import type { Counts, Step } from "./steps";

/** The variable that names the file into which the reporter writes its counts. */
const countsFileVariable = "TEST_COUNTS_FILE";

/** A step that runs one of the mocha scripts of package.json. */
export function mochaStep(name: string, script: string): Step {
  return {
    name,
    kind: "test",
    run: async (): Promise<Counts> => {
      const folder = mkdtempSync(join(tmpdir(), "test-counts-"));
      const file = join(folder, "counts.json");
      try {
        const succeeded = await runMocha(script, file);
        // A process that died has written nothing.
        const counts = existsSync(file)
          ? (JSON.parse(readFileSync(file, "utf8")) as Counts)
          : { passed: 0, failed: 1 };
        const silent = !succeeded && counts.failed === 0;
        return { passed: counts.passed, failed: silent ? 1 : counts.failed };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Runs an npm script with the reporter that counts, its output on the terminal. Returns whether it succeeded. */
async function runMocha(script: string, countsFile: string): Promise<boolean> {
  const args = ["run", "--silent", script, "--", "--forbid-only", "--reporter", __filename];
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, {
      cwd: repositoryRoot,
      env: { ...process.env, [countsFileVariable]: countsFile },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0));
  });
}

const slowMilliseconds = 1000;
const patienceMilliseconds = 10_000;

/**
 * Mocha's reporter for `make test`: the names of failed tests at once, those of slow tests with their time, the details
 * of the failures at the end, and the counts in a file.
 */
export default class StepReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    runner.on("pass", (test) => {
      counts.passed += 1;
      const milliseconds = test.duration ?? 0;
      if (milliseconds >= slowMilliseconds) {
        console.log(`  ✓ ${test.fullTitle()} (${duration(milliseconds)})`);
      }
    });
    runner.on("fail", (test) => {
      counts.failed += 1;
      console.log(`  ✗ ${test.fullTitle()}`);
    });
    runner.on("pending", (test) => {
      counts.skipped += 1;
      console.log(`  - skipped: ${test.fullTitle()}`);
    });
    runner.once("end", () => {
      if (counts.failed > 0) Mocha.reporters.Base.list(this.failures);
      const file = process.env[countsFileVariable];
      if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
      endSoon();
    });
  }
}

/** Something that a test left open would keep this process for ever; it fails instead, and says what it is. */
function endSoon(): void {
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(", ");
    console.log(`  ✗ the tests are done but their process does not end: ${open}`);
    process.exit(1);
  }, patienceMilliseconds).unref();
}
