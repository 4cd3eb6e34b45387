import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Run, TestStack } from "../../scripts/lab/stack";
import { govcExample, runGovc } from "../support/govcExample";
import { killUpDuring } from "../support/killedUp";
import { heldBy, stackCommand, succeeded } from "../support/stackCommand";
import { stackForEachTest } from "../support/stackForTests";

describe("npm run adopt and npm run leave", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made));

  const adopt = (...args: readonly string[]): Promise<Run> =>
    stackCommand({ simulator, stack }, "adopt", ...args);
  const leave = (...args: readonly string[]): Promise<Run> =>
    stackCommand({ simulator, stack }, "leave", ...args);

  /** What vCenter has, byte for byte. */
  const snapshot = async (): Promise<string> => JSON.stringify(await simulator.control.snapshot());

  const file = (): string =>
    readFileSync(join(stack.directory, `Pulumi.${stack.name}.yaml`), "utf8");

  describe("a vCenter that was prepared by the guide's commands", () => {
    beforeEach(() => runGovc(stack, govcExample()));

    it("is used: up changes nothing, and destroy removes nothing", async () => {
      const before = await snapshot();
      const configuration = file();
      const shown = await adopt();
      assert.equal(shown.exitCode, 1);
      assert.match(shown.output, /9 there already, and to be used as they are/);
      assert.match(shown.output, /no terminal to ask at: .*npm run adopt -- --stack test --yes/);
      assert.equal(file(), configuration);

      await succeeded(adopt("--yes"));
      assert.equal(file().match(/existing: true/g)?.length, 9);
      const edited = file();
      assert.match(await succeeded(adopt("--yes")), /Nothing is left to adopt/);
      assert.equal(file(), edited);

      await stack.up();
      assert.equal(await snapshot(), before);
      assert.deepEqual((await stack.plan()).steps, []);
      await stack.destroy();
      assert.equal(await snapshot(), before);
    });

    it("is taken over: up changes nothing, and destroy removes the tags and the role", async () => {
      // The state gets the configuration, for the engine's own provider: no secret of it in the clear.
      const { password } = simulator.connection;
      await stack.accepted("config", "set", "--secret", "vsphere:password", password);
      const before = await snapshot();
      const output = await succeeded(adopt("--take", "--yes"));
      assert.match(output, /9 there already, and to be taken into the state/);
      assert.equal(await snapshot(), before);
      assert.doesNotMatch(file(), /existing/);
      const { steps } = await stack.plan();
      assert.deepEqual(
        steps.filter((step) => !step.startsWith("create ")),
        // The stack's record of itself, which is nothing in vCenter.
        ["update vcenter"],
      );
      await stack.up();
      assert.equal(await snapshot(), before);
      assert.deepEqual((await stack.plan()).steps, []);
      await stack.destroy();
      const { categories, tags, roles } = await simulator.control.snapshot();
      const namesOf = (all: readonly { readonly name: string }[]): string[] =>
        all.map(({ name }) => name).filter((name) => /^(k8s|kubernetes)/.test(name));
      // Categories stay, as after every destroy; what others have is none of these.
      assert.deepEqual([categories, tags, roles].map(namesOf), [
        ["k8s-region", "k8s-zone"],
        [],
        [],
      ]);
    });

    it("that differs says so before it is taken over, and so does the preview", async () => {
      await simulator.control.change(
        { operation: "updateTag", category: "k8s-zone", tag: "k8s-zone-x1-b", description: "mine" },
        {
          operation: "attachTag",
          category: "k8s-zone",
          tag: "k8s-zone-x1-b",
          path: "/X2/datastore/x2_root",
        },
        { operation: "detachTag", category: "k8s-region", tag: "k8s-region-x1", path: "/X1" },
        { operation: "updateRole", role: "kubernetes", privileges: ["Host.Config.Power"] },
      );
      const before = await snapshot();
      const output = await succeeded(adopt("--take", "--yes"));
      for (const said of [
        /description: "mine", and the configuration says "Kubernetes Zone X1-B" -> changed/,
        /on 1 object that the configuration does not name: \/X2\/datastore\/x2_root -> stays/,
        /not on 1 object: \/X1 -> attached/,
        /lacks 115 privileges: /,
        /has 1 privilege besides: Host\.Config\.Power -> taken away/,
      ]) {
        assert.match(output, said);
      }
      assert.equal(await snapshot(), before);
      const { steps } = await stack.plan();
      assert.deepEqual(
        steps.filter((step) => !step.startsWith("create ")),
        ["update kubernetes-role", "update topology-k8s-zone-x1-b", "update vcenter"],
      );
    });
  });

  it("a tag that is half there is used, and the rest is made and removed again", async () => {
    const [region, zone, ...rest] = govcExample();
    const tag = rest.find((words) => words.includes("k8s-zone-x1-a"))!;
    await runGovc(stack, [region!, zone!, tag]);
    const before = await snapshot();
    await succeeded(adopt("--yes"));
    await stack.up();
    await stack.destroy();
    assert.equal(await snapshot(), before);
  });

  // Each create by itself: interruptedCreates.test.ts.
  it("an up that was killed while it made several tags at once is finished by one command", async () => {
    await killUpDuring({ simulator, stack }, ["POST tag"]);
    const output = await succeeded(adopt("--yes"));
    assert.match(output, /\d made by an interrupted run of this stack/);
    assert.equal((await heldBy(stack)).pending, 0);
    assert.doesNotMatch(file(), /existing/);
    await stack.up();
    assert.equal(await snapshot(), await undisturbed());
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("a stack is left, and vCenter stays byte for byte; it comes back by --take", async () => {
    stack.configure({ ...exampleConfiguration(), protect: true });
    await stack.up();
    const before = await snapshot();
    const shown = await leave();
    assert.equal(shown.exitCode, 1);
    assert.match(shown.output, /6 tags: .*k8s-zone-x1-a/);
    assert.match(shown.output, /npm run leave -- --stack test --yes/);
    assert.deepEqual((await stack.plan()).steps, []);

    await succeeded(leave("--yes"));
    assert.equal(await snapshot(), before);
    assert.match(await succeeded(leave("--yes")), /holds nothing of vCenter/);
    await succeeded(adopt("--take", "--yes"));
    await stack.up();
    assert.equal(await snapshot(), before);

    await succeeded(leave("--yes", "--remove-stack"));
    assert.equal(await snapshot(), before);
    assert.match(await stack.refused("stack", "export", "--stack", stack.name), /no stack named/);
    assert.match(file(), /k8s-zone-x1-a/);
  });

  /** What vCenter has after an `up` that nobody disturbed. */
  async function undisturbed(): Promise<string> {
    await stack.destroy();
    await stack.up();
    return snapshot();
  }
});
