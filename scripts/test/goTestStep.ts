import { basename } from "node:path";
import { goEnvironment } from "../lab/goCommand";
import { CommandFailure, runCommand } from "../../commands/runCommand";
import { readGoTestEvents } from "./goTestEvents";
import type { Counts, Step } from "./step";

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
