import assert from "node:assert/strict";
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { exampleConfiguration, zoneOf } from "../../scripts/examples/exampleConfiguration";
import { repositoryRoot } from "../../scripts/lab/folders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Run, TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const cluster = "/X1/host/x1_cluster_prod";

/** The example after x1_lun_2 and x1_lun_3 have changed places. */
function moved(): ReturnType<typeof exampleConfiguration> {
  const configuration = exampleConfiguration();
  zoneOf(configuration, "k8s-zone-x1-a").datastores = ["x1_lun_1", "x1_lun_3"];
  zoneOf(configuration, "k8s-zone-x1-b").datastores = ["x1_lun_2"];
  return configuration;
}

describe("npm run review", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(async () => {
    symlinkSync(join(repositoryRoot, "commands"), join(stack.directory, "commands"));
    // The stack is named, and stays unselected.
    await stack.run("stack", "unselect");
  });

  const review = (...args: readonly string[]): Promise<Run> =>
    stack.command("node", [
      ...["--import", "tsx", "commands/main.ts", "review", "--stack", stack.name],
      ...args,
    ]);

  it("calls a first up safe, and shows every region and zone", async () => {
    const { exitCode, output } = await review();
    assert.equal(exitCode, 0, output);
    assert.match(output, /^Safe: stack test$/m);
    assert.match(output, /^\+ region k8s-region-x1 on \/X1$/m);
    assert.match(output, /^\+ {5}datastore \/X1\/datastore\/x1_lun_3$/m);
    assert.match(output, /^\d+ facts of vCenter checked: nothing is wrong$/m);
    assert.match(output, /^8 files, all new$/m);
    assert.doesNotMatch(output, /\u001B/);
  });

  it("says that nothing changes after it", async () => {
    await stack.up("--stack", stack.name);
    const { exitCode, output } = await review();
    assert.equal(exitCode, 0, output);
    assert.match(output, /^Nothing changes: stack test$/m);
  });

  it("says which datastore leaves which zone, and keeps a plan of that", async () => {
    stack.configure(moved());
    const plan = join(stack.directory, "plan.json");
    const { exitCode, output } = await review("--format", "markdown", "--save-plan", plan);
    assert.equal(exitCode, 0, output);
    assert.match(output, /^### Look closely: stack `test`$/m);
    assert.ok(
      output.includes(
        "zone `k8s-zone-x1-a` gains datastore `/X1/datastore/x1_lun_3` (from `k8s-zone-x1-b`)",
      ),
      output,
    );
    assert.match(output, /^\s+n\d+ -\.-> n\d+\["datastore x1_lun_3"\]:::removed$/m);
    assert.ok(existsSync(plan));
  });

  it("has the plan done by up", async () => {
    await stack.up("--stack", stack.name, "--plan", join(stack.directory, "plan.json"));
    const { attachments } = await simulator.control.snapshot();
    const [zone] = attachments.filter(
      ({ category, path }) => category === "k8s-zone" && path.endsWith("/x1_lun_3"),
    );
    assert.equal(zone?.tag, "k8s-zone-x1-a");
  });

  it("tells what somebody else changed apart from what is wanted", async () => {
    await simulator.control.change({
      ...{ operation: "detachTag", category: "k8s-zone", tag: "k8s-zone-x1-a", path: cluster },
    });
    const { exitCode, output } = await review("--format", "json");
    assert.equal(exitCode, 0, output);
    const { verdict, drift, sentences } = JSON.parse(
      output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1),
    ) as Record<string, unknown>;
    assert.equal((verdict as { level: string }).level, "closely");
    assert.deepEqual(drift, [`k8s-zone-x1-a is no longer attached to ${cluster}`]);
    assert.deepEqual(sentences, []);
  });

  it("fails with a preview that fails, and says why", async () => {
    const configuration = exampleConfiguration();
    zoneOf(configuration, "k8s-zone-x1-a").datastores = ["none"];
    stack.configure(configuration);
    const { exitCode, output } = await review("--format", "markdown");
    assert.equal(exitCode, 1, output);
    assert.match(output, /^### The preview failed: stack `test`$/m);
    assert.match(output, /found "\/X1\/datastore\/none": no such object in vCenter/);
    assert.doesNotMatch(output, /has a problem/);
  });

  it("says so when there is no such stack", async () => {
    const args = ["--import", "tsx", "commands/main.ts", "review", "--stack", "unknown"];
    const { exitCode, output } = await stack.command("node", args);
    assert.equal(exitCode, 1, output);
    assert.match(output, /The preview failed: stack unknown[^]*no stack named 'unknown'/);
  });
});
