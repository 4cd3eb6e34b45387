import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../lab/folders";
import { countsFileVariable } from "./countsFile";
import type { Counts, Step } from "./step";

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
  const reporter = join(__dirname, "reporter.ts");
  const args = ["run", "--silent", script, "--", "--forbid-only", "--reporter", reporter];
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
