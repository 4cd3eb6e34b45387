import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { knownInventories } from "../support/discoveredInventories";
import { runGovc } from "../support/govcExample";
import { stackForEachTest } from "../support/stackForTests";

const typescript = join(repositoryRoot, "node_modules", "tsx", "dist", "loader.mjs");
const program = join(repositoryRoot, "commands", "main.ts");

describe("up after npm run discover, in a vCenter that the guide's commands have prepared", () => {
  for (const [name, { inventory, prepare, discover }] of Object.entries(knownInventories)) {
    describe(name, () => {
      let simulator: Simulator;
      let stack: TestStack;

      stackForEachTest((made) => ({ simulator, stack } = made), {
        configuration: {},
        inventory: (folder) => {
          const file = join(folder, "inventory.yaml");
          writeFileSync(file, inventory);
          return file;
        },
      });

      it("makes nothing in vCenter, and leaves nothing to do", async () => {
        await runGovc(stack, prepare);
        const prepared = await simulator.control.snapshot();
        rmSync(join(stack.directory, `Pulumi.${stack.name}.yaml`));
        const run = await stack.command(process.execPath, [
          ...["--import", typescript, program, "discover", "--stack", stack.name, "--yes"],
          ...discover,
        ]);
        assert.equal(run.exitCode, 0, run.output);
        const { output } = await stack.up();
        assert.doesNotMatch(output, /^ *\+ +vsphere:/m);
        assert.deepEqual(await simulator.control.snapshot(), prepared);
        assert.deepEqual((await stack.plan()).steps, []);
      });
    });
  }
});
