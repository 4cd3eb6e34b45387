import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
  exampleFolder,
  exampleInventory,
  exampleStack,
  type ExampleName,
} from "../../scripts/examples/documents";
import { repositoryRoot } from "../../scripts/lab/folders";
import { namesInDocuments, type NamedObjects } from "./namesInDocuments";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorControl";
import { clusterAccountPassword, type TestStack, type Run } from "../../scripts/lab/stack";
import { stackForAllTests } from "./stackForTests";

/** How an example is run. */
export interface ExampleRun {
  readonly name: ExampleName;
  /** Keys that differ in the lab, where guests are simulated. */
  readonly inTheLab?: Readonly<Record<string, unknown>>;
  /** How many resources it makes. */
  readonly resources: number;
  /** What the preview warns of, where the example shows something that has a price; nothing else. */
  readonly warning?: string;
}

/**
 * Makes the tests of a complete example: it is previewed, brought up, previewed again, rendered and destroyed in a
 * simulated vCenter of its own.
 */
export function describeExample({ name, inTheLab = {}, resources, warning }: ExampleRun): void {
  describe(`the example ${name}`, () => {
    let simulator: Simulator;
    let stack: TestStack;
    let untouched: Snapshot;
    let preview: Run;
    let afterPreview: Snapshot;
    let up: Run;
    let whole: Run;
    let plain: Run;

    stackForAllTests((made) => ({ simulator, stack } = made), {
      inventory: () => exampleInventory(name),
      configuration: { ...exampleStack(name), ...inTheLab },
    });

    before(async () => {
      // What npm needs to run a script of the project.
      symlinkSync(join(repositoryRoot, "commands"), join(stack.directory, "commands"));
      untouched = await simulator.control.snapshot();
      preview = await stack.preview();
      afterPreview = await simulator.control.snapshot();
      up = await stack.up();
      stack.expectSecretsIn("whole");
      whole = await render("--out", "whole");
      plain = await render("--out", "plain", "--placeholders");
    });

    function render(...args: readonly string[]): Promise<Run> {
      return stack.command("npm", ["run", "--silent", "render", "--", ...args]);
    }

    function rendered(folder: string): Record<string, string> {
      return Object.fromEntries(
        readdirSync(join(stack.directory, folder)).map((region) => [
          region,
          readFileSync(join(stack.directory, folder, region, "bootstrap.yaml"), "utf8"),
        ]),
      );
    }

    it("has a preview without warnings but its own, which changes nothing", () => {
      assert.equal(preview.exitCode, 0, preview.output);
      const warnings = preview.output.split("\n").filter((line) => line.includes("warning: "));
      assert.equal(warnings.length > 0, warning !== undefined, preview.output);
      for (const line of warnings) assert.ok(line.includes(warning ?? ""), line);
      assert.match(preview.output, new RegExp(`\\+ ${resources} to create`));
      assert.deepEqual(afterPreview, untouched);
    });

    it("comes up", () => {
      assert.match(up.output, new RegExp(`\\+ ${resources} created`));
    });

    it("is previewed again without anything to do", async () => {
      await stack.acceptedPreview("--expect-no-changes");
    });

    it("is rendered with its secrets, for nobody else to read", () => {
      assert.equal(whole.exitCode, 0, whole.output);
      const folder = join(stack.directory, "whole");
      const files = readdirSync(folder, { recursive: true, withFileTypes: true });
      assert.ok(files.length > 4);
      for (const entry of files) {
        const { mode } = statSync(join(entry.parentPath, entry.name));
        assert.equal(mode & 0o777, entry.isFile() ? 0o600 : 0o700, entry.name);
      }
      for (const text of Object.values(rendered("whole"))) {
        assert.ok(text.includes(`password: ${clusterAccountPassword}\n`));
      }
    });

    it("is rendered with placeholders as the repository has it", () => {
      assert.equal(plain.exitCode, 0, plain.output);
      const golden = join(exampleFolder(name), "documents");
      const texts = rendered("plain");
      assert.deepEqual(
        Object.keys(texts).map((region) => `${region}.yaml`),
        readdirSync(golden),
      );
      for (const [region, text] of Object.entries(texts)) {
        const expected = readFileSync(join(golden, `${region}.yaml`), "utf8");
        assert.equal(inGeneral(text), inGeneral(expected.slice(expected.indexOf("---"))));
      }
    });

    it("names in its documents only objects that this vCenter has", async () => {
      const named = namesInDocuments(rendered("whole"), exampleStack(name));
      assert.ok(named.paths.length >= 3);
      await assertExist(stack, simulator, named);
    });

    it("is destroyed, and leaves of its own only the categories and the template", async () => {
      await stack.destroy();
      const left = await simulator.control.snapshot();
      assert.deepEqual(
        { ...left, categories: [], virtualMachines: [] },
        { ...untouched, categories: [], virtualMachines: [] },
      );
      assert.deepEqual(left.categories.map((category) => category.name).sort(), [
        "k8s-region",
        "k8s-zone",
      ]);
    });
  });
}

/** What differs between a vCenter of the lab and one of the documentation. */
function inGeneral(text: string): string {
  return text
    .replaceAll(/server: .*/g, "server: vCenter")
    .replaceAll(/(template: Templates\/ubuntu-noble-24\.04-)[0-9a-f]{8}$/gm, "$1fingerprint");
}

/** Asks vCenter with govc, which shares nothing with the program. */
async function assertExist(
  stack: TestStack,
  simulator: Simulator,
  named: NamedObjects,
): Promise<void> {
  const govc = async (...args: readonly string[]): Promise<string[]> => {
    const run = await stack.command("govc", args);
    assert.equal(run.exitCode, 0, run.output);
    return run.output.split("\n").filter((line) => line !== "");
  };
  const known = await govc("find", "/");
  for (const path of named.paths) assert.ok(known.includes(path), `${path} is not in vCenter`);
  const { attachments } = await simulator.control.snapshot();
  for (const [tag, path] of named.tags) {
    assert.ok(
      attachments.some((one) => one.tag === tag && one.path === path),
      `${tag} is not on ${path}`,
    );
  }
  const policies = named.storagePolicies.length === 0 ? [] : await govc("storage.policy.ls");
  for (const id of named.storagePolicies) {
    assert.ok(
      policies.some((line) => line.includes(id)),
      `${id} is not in ${policies.join("; ")}`,
    );
  }
}
