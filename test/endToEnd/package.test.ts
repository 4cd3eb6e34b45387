import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorControl";
import type { Run, TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";

const cluster = "/X1/host/x1_cluster_prod";

describe("the components in a program of somebody else, outside of this repository:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let program: string;
  let untouched: Snapshot;

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(async () => {
    program = temporaryFolder();
    cpSync(join(repositoryRoot, "examples", "package"), program, { recursive: true });
    const file = join(program, "package.json");
    const manifest = readFileSync(file, "utf8");
    assert.ok(manifest.includes('"file:../.."'));
    writeFileSync(file, manifest.replace("file:../..", `file:${repositoryRoot}`));
    // What the repository itself has installed is in npm's cache.
    const quiet = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    const installed = await stack.command("npm", ["install", "--prefix", program, ...quiet]);
    assert.equal(installed.exitCode, 0, installed.output);
    await pulumi("stack", "init", "other");
    untouched = await simulator.control.snapshot();
  });

  after(() => removeFolder(program));

  async function pulumi(...args: readonly string[]): Promise<Run> {
    const run = await stack.run("-C", program, "--non-interactive", ...args);
    assert.equal(run.exitCode, 0, run.output);
    return run;
  }

  async function compile(settings: string): Promise<Run> {
    const compiler = join(program, "node_modules", "typescript", "lib", "tsc.js");
    return stack.command("node", [compiler, "--noEmit", "--project", join(program, settings)]);
  }

  it("have types that its compiler finds and accepts", async () => {
    const run = await compile("tsconfig.json");
    assert.equal(run.exitCode, 0, run.output);
  });

  it("have types that refuse what is wrong", async () => {
    const text = readFileSync(join(program, "index.ts"), "utf8");
    writeFileSync(join(program, "wrong.ts"), text.replace("datastores:", "datastore:"));
    const settings = { extends: "./tsconfig.json", files: ["wrong.ts"] };
    writeFileSync(join(program, "tsconfig.wrong.json"), JSON.stringify(settings));
    const run = await compile("tsconfig.wrong.json");
    assert.match(run.output, /wrong\.ts\(.*'datastore' does not exist in type 'ZoneArgs'/);
  });

  it("preview everything", async () => {
    const { output } = await pulumi("preview", "--stack", "other");
    assert.match(output, /TagAttachments +topology-attachments +create/);
    assert.match(output, /Permission +kubernetes-deckhouse@vsphere\.local-on-\/X1 +create/);
    assert.deepEqual(await simulator.control.snapshot(), untouched);
  });

  it("make everything, and are then content", async () => {
    await pulumi("up", "--yes", "--skip-preview", "--stack", "other");
    const { attachments, permissions } = await simulator.control.snapshot();
    assert.ok(attachments.some(({ tag, path }) => tag === "k8s-zone-x1-a" && path === cluster));
    assert.ok(
      permissions.some(({ path, principal }) => path === "/X1" && /deckhouse/i.test(principal)),
    );
    await pulumi("preview", "--expect-no-changes", "--stack", "other");
  });

  it("repair what somebody changed", async () => {
    await simulator.control.change({
      ...{ operation: "detachTag", category: "k8s-zone", tag: "k8s-zone-x1-a", path: cluster },
    });
    const { output } = await pulumi("preview", "--stack", "other");
    assert.match(output, /k8s-zone-x1-a is no longer attached to \/X1\/host\/x1_cluster_prod/);
  });

  it("hand nothing of this repository's path to the state, so that the program can be moved", async () => {
    const { output } = await pulumi("stack", "export", "--stack", "other");
    // Where a line of source stood is the engine's own note, which it never reads to run anything.
    const notes = new Set(["sourcePosition", "stackTrace"]);
    const state: unknown = JSON.parse(output, (key, value: unknown) =>
      notes.has(key) ? undefined : value,
    );
    const kept = JSON.stringify(state);
    assert.match(kept, /require\(\\+"deckhouse-vsphere\/dynamicProvider\\+"\)/);
    assert.ok(!kept.includes(repositoryRoot), kept);
  });

  it("remove everything again, but the categories, which others may use", async () => {
    await pulumi("destroy", "--yes", "--skip-preview", "--stack", "other");
    const left = await simulator.control.snapshot();
    assert.deepEqual(left.attachments, untouched.attachments);
    assert.deepEqual(left.permissions, untouched.permissions);
    assert.deepEqual(left.roles, untouched.roles);
    assert.deepEqual(
      left.categories.map(({ name }) => name).filter((name) => name.startsWith("k8s-")),
      ["k8s-region", "k8s-zone"],
    );
  });
});
