import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { labFolders, repositoryRoot } from "../../scripts/lab/folders";
import { exampleConfiguration } from "../support/exampleConfiguration";
import { Simulator } from "../support/simulator";
import { TestStack, clusterAccountPassword } from "../support/stack";

/** Every file below a folder, with its content as text. */
function* files(folder: string): Generator<[string, string]> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory() === true && name !== "node_modules" && name !== "launch") {
      yield* files(path);
    } else if (status?.isFile() === true && status.size < 64 * 1024 * 1024) {
      yield [path, readFileSync(path, "latin1")];
    }
  }
}

describe("no password stands anywhere in the clear:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let secrets: string[];
  const outputs: string[] = [];

  before(async () => {
    simulator = await Simulator.start();
    secrets = [simulator.connection.password, clusterAccountPassword];
    stack = await TestStack.create(simulator, { configuration: exampleConfiguration() });
    // Once from the environment and once from the stack's configuration, encrypted.
    outputs.push((await stack.up()).output);
    for (const [key, value] of [
      ["vsphere:password", simulator.connection.password],
      ["deckhouse-vsphere:clusterAccountPassword", clusterAccountPassword],
    ] as const) {
      await stack.run("config", "set", "--secret", key, value);
    }
    for (const args of [
      ["up", "--yes", "--skip-preview", "--logtostderr", "--verbose=8"],
      ["preview", "--diff"],
      ["preview", "--json"],
      ["stack", "output"],
      ["stack", "export"],
    ]) {
      outputs.push((await stack.run(...args)).output);
    }
    await simulator.control.addFault({ match: "attach", kind: "status", status: 500 });
    await simulator.control.change({
      operation: "detachTag",
      category: "k8s-zone",
      tag: "k8s-zone-x1-a",
      path: "/X1/host/x1_cluster_prod",
    });
    outputs.push((await stack.tryUp()).output);
    await simulator.control.clearFaults();
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
  });

  function assertAbsent(text: string, where: string): void {
    for (const secret of secrets) {
      assert.ok(!text.includes(secret), `a password stands in ${where}`);
      const encoded = Buffer.from(secret).toString("base64");
      assert.ok(!text.includes(encoded), `a password stands in ${where} as base64`);
    }
  }

  it("not in what the commands print, in logs up to level 8 (at 9 the engine itself writes every property), or in error texts", () => {
    assert.ok(outputs.length === 7 && outputs.every((output) => output.length > 100));
    outputs.forEach((output, index) => {
      assertAbsent(output, `output ${index}`);
    });
  });

  it("not in the state, its backups, its history and the stack's configuration file", () => {
    const found = [...files(stack.directory)];
    assert.ok(found.some(([path]) => path.includes("/state/.pulumi/stacks/")));
    for (const [path, content] of found) {
      assertAbsent(content, path);
    }
  });

  it("not in the engine's own folder and the compiled program", () => {
    for (const folder of [
      join(labFolders().pulumiHome, "logs"),
      join(repositoryRoot, ".compiled"),
    ]) {
      for (const [path, content] of files(folder)) {
        assertAbsent(content, path);
      }
    }
  });

  it("but the cluster configuration is whole for whom may read the stack's secrets", async () => {
    const { clusterConfigurations } = await stack.outputs();
    assert.ok(JSON.stringify(clusterConfigurations).includes(clusterAccountPassword));
  });
});
