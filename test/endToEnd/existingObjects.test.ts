import assert from "node:assert/strict";
import {
  exampleConfiguration,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorState";
import { TestStack } from "../../scripts/lab/stack";
import { stackForEachTest } from "../support/stackForTests";

/** The example, in which everything that can be said to exist is. */
function allExisting(changes: Record<string, unknown> = {}): WrittenConfiguration {
  const configuration = exampleConfiguration();
  return {
    ...configuration,
    categories: { region: { existing: true }, zone: { existing: true } },
    regions: configuration.regions.map((region) => ({
      ...region,
      existing: true,
      zones: region.zones.map((zone) => ({ ...zone, existing: true })),
    })),
    role: { ...configuration.role, existing: true },
    ...changes,
  };
}

/** What the words of the configuration are about: everything but the pairs and permissions, which the stack made. */
function objectsOf({ categories, tags, roles }: Snapshot): Partial<Snapshot> {
  return { categories, tags, roles };
}

describe("existing: true, written for what the stack made itself", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made));

  for (const [what, changes] of [
    ["", {}],
    [", with protect", { protect: true }],
  ] as const) {
    it(`and taken away again, deletes nothing and changes nothing${what}`, async () => {
      const made = { ...exampleConfiguration(), ...changes };
      const used = allExisting(changes);
      const fresh = await simulator.control.snapshot();
      stack.configure(made);
      await stack.up();
      const before = await simulator.control.snapshot();

      stack.configure(used);
      const { steps } = await stack.plan();
      assert.deepEqual(
        steps.filter((step) => /^(delete|replace|create-replacement)/.test(step)),
        [],
      );
      await stack.up();
      assert.deepEqual(await simulator.control.snapshot(), before);
      assert.deepEqual((await stack.plan()).steps, []);

      stack.configure(made);
      const refused = await stack.refusedPreview();
      for (const name of ["k8s-region", "k8s-zone", "k8s-zone-x1-a", "kubernetes"]) {
        assert.ok(refused.includes(`"${name}"`), refused);
      }
      assert.match(refused, /npm run adopt -- --stack/);
      await stack.refusedUp();
      assert.deepEqual(await simulator.control.snapshot(), before);

      stack.configure(used);
      await stack.up();
      assert.deepEqual(await simulator.control.snapshot(), before);
      if (what === "") {
        await stack.destroy();
        const after = await simulator.control.snapshot();
        assert.deepEqual(objectsOf(after), objectsOf(before));
        // The stack attached and granted these itself.
        assert.deepEqual(after.attachments, fresh.attachments);
        assert.deepEqual(after.permissions, fresh.permissions);
      }
    });
  }

  it("deletes nothing either when the categories were to go with the stack", async () => {
    const deleted = { categories: { deleteOnDestroy: true } };
    stack.configure({ ...exampleConfiguration(), ...deleted });
    await stack.up();
    const before = await simulator.control.snapshot();
    stack.configure(allExisting());
    await stack.up();
    await stack.destroy();
    assert.deepEqual(objectsOf(await simulator.control.snapshot()), objectsOf(before));
  });
});

describe("a stack that only uses what another one made", () => {
  let simulator: Simulator;
  let first: TestStack;
  let second: TestStack;
  let made: Snapshot;

  before(async () => {
    simulator = await Simulator.start();
    first = await TestStack.create(simulator, { configuration: exampleConfiguration() }, "first");
    second = await TestStack.create(simulator, { configuration: allExisting() }, "second");
    await first.up();
    made = await simulator.control.snapshot();
  });

  after(async () => {
    first.dispose();
    second.dispose();
    await simulator.stop();
  });

  it("changes nothing, and has nothing to do the second time", async () => {
    await second.up();
    assert.deepEqual(await simulator.control.snapshot(), made);
    assert.deepEqual((await second.plan()).steps, []);
    assert.deepEqual((await first.plan()).steps, []);
  });

  it("leaves a tag on an object that leaves its configuration, and says so", async () => {
    const less = allExisting();
    less.regions[0]?.zones[0]?.datastores.splice(0, 1);
    second.configure(less);
    const { output } = await second.up();
    assert.match(output, /k8s-zone-x1-a stays on \/X1\/datastore\/x1_lun_1: it was attached there/);
    assert.deepEqual(await simulator.control.snapshot(), made);
    second.configure(allExisting());
    await second.up();
    assert.deepEqual((await second.plan()).steps, []);
  });

  it("leaves everything when it ends", async () => {
    await second.destroy();
    assert.deepEqual(await simulator.control.snapshot(), made);
    assert.deepEqual((await first.plan()).steps, []);
  });
});

describe("what a stack made beside what exists", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made), { configuration: allExisting() });

  it("goes with the stack, and nothing else does", async () => {
    const privileges = ["Datastore.Browse"];
    await simulator.control.change(
      ...["k8s-region", "k8s-zone"].map((category) => ({
        operation: "createCategory" as const,
        category,
        cardinality: "SINGLE" as const,
      })),
      ...exampleConfiguration().regions.flatMap(({ name, zones }) => [
        { operation: "createTag" as const, category: "k8s-region", tag: name },
        ...zones.map((zone) => ({
          operation: "createTag" as const,
          category: "k8s-zone",
          tag: zone.name,
        })),
      ]),
      { operation: "createRole", role: "kubernetes", privileges },
      { operation: "attachTag", category: "k8s-region", tag: "k8s-region-x1", path: "/X1" },
    );
    const before = await simulator.control.snapshot();
    const { messages } = await stack.plan();
    assert.match(messages, /the role kubernetes lacks \d+ of the \d+ privileges/);
    await stack.up();
    const during = await simulator.control.snapshot();
    assert.ok(during.attachments.length > before.attachments.length);
    assert.deepEqual(objectsOf(during), objectsOf(before));
    assert.deepEqual((await stack.plan()).steps, []);
    await stack.destroy();
    assert.deepEqual(await simulator.control.snapshot(), before);
  });

  it("takes its own categories back after a destroy, which leaves them", async () => {
    stack.configure(exampleConfiguration());
    await stack.up();
    const before = await simulator.control.snapshot();
    await stack.destroy();
    const left = await simulator.control.snapshot();
    assert.deepEqual(left.categories, before.categories);
    await stack.up();
    assert.deepEqual(await simulator.control.snapshot(), before);
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("takes a category that vCenter made although its answer was lost", async () => {
    stack.configure(exampleConfiguration());
    const fault = { match: "POST category", kind: "reset", times: 2, afterEffect: true } as const;
    await simulator.control.addFault(fault);
    await stack.up();
    assert.equal((await simulator.control.faults())[0]?.hits, 2);
    assert.deepEqual((await stack.plan()).steps, []);
    const { categories } = await simulator.control.snapshot();
    assert.equal(categories.filter(({ name }) => name.startsWith("k8s-")).length, 2);
  });
});
