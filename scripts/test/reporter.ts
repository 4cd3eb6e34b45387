import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { duration } from "../lab/duration";
import { countsFileVariable } from "./countsFile";

const slowMilliseconds = 1000;
const patienceMilliseconds = 10_000;

/**
 * Mocha's reporter for `make test`: the names of failed tests at once, those of slow tests with their time, the details
 * of the failures at the end, and the counts in a file.
 */
class StepReporter extends Mocha.reporters.Base {
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

module.exports = StepReporter;
