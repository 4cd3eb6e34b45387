import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Run, TestStack } from "../../scripts/lab/stack";
import { govcExample, runGovc } from "../support/govcExample";
import { ownSessions, stackForEachTest } from "../support/stackForTests";

const typescript = join(repositoryRoot, "node_modules", "tsx", "dist", "loader.mjs");
const program = join(repositoryRoot, "commands", "main.ts");

describe("npm run discover", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made), { configuration: {} });

  async function command(...args: readonly string[]): Promise<Run> {
    return stack.command(process.execPath, ["--import", typescript, program, ...args]);
  }

  /** The stack's own file, as if the stack had none yet. */
  function withoutFile(): string {
    const file = join(stack.directory, `Pulumi.${stack.name}.yaml`);
    rmSync(file);
    return file;
  }

  /** Runs the command, which logs in once, changes nothing, and leaves no session behind. */
  async function discover(...args: readonly string[]): Promise<Run> {
    const before = await simulator.control.snapshot();
    await simulator.control.resetCalls();
    const run = await command("discover", ...args);
    assert.equal((await simulator.control.calls()).soap["Login"], 1, run.output);
    assert.deepEqual(await simulator.control.snapshot(), before);
    assert.deepEqual(await ownSessions(simulator), []);
    assert.doesNotMatch(run.output, /^ +at .*:\d+:\d+/m);
    return run;
  }

  it("describes a vCenter that the guide's commands have prepared, so that pulumi up changes nothing there", async () => {
    await runGovc(stack, govcExample());
    const prepared = await simulator.control.snapshot();
    const file = withoutFile();
    const written = await discover("--stack", stack.name, "--yes");
    assert.equal(written.exitCode, 0, written.output);
    await stack.up();
    assert.deepEqual(await simulator.control.snapshot(), prepared);
    assert.deepEqual((await stack.plan()).steps, []);

    assert.match(written.output, /run npm run adopt -- --stack test --take$/m);
    const text = readFileSync(file, "utf8");
    const again = await discover("--stack", stack.name, "--yes");
    assert.equal(again.exitCode, 0, again.output);
    writeFileSync(file, text.replace("- x1_lun_2\n", "- x1_lun_9\n"));
    const changed = readFileSync(file, "utf8");
    assert.doesNotMatch(again.output, /npm run adopt/);
    const differs = await discover("--stack", stack.name, "--yes");
    assert.equal(differs.exitCode, 1, differs.output);
    assert.match(differs.output, /regions\[0\]\.zones\[0\]\.datastores: .*x1_lun_9.*nothing$/m);
    assert.match(differs.output, /regions\[0\]\.zones\[0\]\.datastores: .*no x1_lun_2/);
    assert.equal(readFileSync(file, "utf8"), changed);
    writeFileSync(file, text.replaceAll("existing: true", "existing: false"));
    const unsaid = await discover("--stack", stack.name, "--yes");
    assert.match(unsaid.output, /k8s-zone-x2-b.* already, .*: npm run adopt -- --stack test$/m);
  });

  it("describes a bare vCenter, so that nothing is in the way of the first up", async () => {
    const tree = await discover("--inventory");
    assert.match(tree.output, /^ {2}datastore x1_lun_1: VMFS, .* on x1_cluster_prod/m);
    withoutFile();
    const written = await discover("--stack", stack.name);
    assert.equal(written.exitCode, 0, written.output);
    assert.match(written.output, /not a terminal: taking what is proposed/);
    const checked = await command("check", "--stack", stack.name, "--before-up");
    assert.equal(checked.exitCode, 0, checked.output);
    // A stack that nobody has made yet has no secrets that the engine would have to open.
    const other = join(stack.directory, "Pulumi.other.yaml");
    copyFileSync(join(stack.directory, `Pulumi.${stack.name}.yaml`), other);
    const compared = await discover("--stack", "other");
    assert.equal(compared.exitCode, 0, compared.output);
  });

  it("says what is missing, and writes nothing, without a vCenter to look at", async () => {
    const file = withoutFile();
    const { exitCode, output } = await stack
      .with({ VSPHERE_PASSWORD: undefined })
      .command(process.execPath, [
        ...["--import", typescript, program, "discover", "--stack", stack.name, "--yes"],
      ]);
    assert.equal(exitCode, 1, output);
    assert.match(output, /vsphere:password: found nothing/);
    assert.equal(existsSync(file), false);
  });
});
