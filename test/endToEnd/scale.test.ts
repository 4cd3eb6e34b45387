import assert from "node:assert/strict";
import { generatedConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import type { CallCounts } from "../../scripts/lab/simulatorControl";
import { TestStack } from "../../scripts/lab/stack";

const zones = 4;

interface Measured {
  readonly up: CallCounts;
  readonly preview: CallCounts;
  readonly stateBytes: number;
}

/** Runs a first up and a preview, and counts. */
async function measure(datastores: number): Promise<Measured> {
  const simulator = await Simulator.start({ generate: { zones, datastores } });
  const stack = await TestStack.create(simulator, {
    configuration: generatedConfiguration(zones, datastores),
  });
  try {
    const own = (): Promise<CallCounts> => simulator.control.ownCalls();
    await stack.up();
    const up = await own();
    await simulator.control.resetCalls();
    assert.deepEqual((await stack.plan()).steps, []);
    const preview = await own();
    const stateBytes = (await stack.exportState()).length;
    const { attachments } = await simulator.control.snapshot();
    const tagged = new Set(
      attachments.filter(({ tag }) => tag.startsWith("k8s-")).map(({ path }) => path),
    );
    assert.equal(tagged.size, zones * datastores + zones + 2);
    return { up, preview, stateBytes };
  } finally {
    stack.dispose();
    await simulator.stop();
  }
}

const read = "POST tag-association?list-attached-tags-on-objects";
const attach = "POST tag-association/id?attach-tag-to-multiple-objects";

/** How often each kind of call was made, but for those whose number depends on which resources overlap in time. */
function calls({ total, rest }: CallCounts): { read: number; attach: number; others: number } {
  const counted = { read: rest[read] ?? 0, attach: rest[attach] ?? 0 };
  return { ...counted, others: total - counted.read - counted.attach };
}

describe("4 zones with 500 datastores in each, beside 1 in each", () => {
  let small: Measured;
  let large: Measured;

  before(async () => {
    small = await measure(1);
    large = await measure(500);
  });

  it("a first up attaches each tag with one call, however many objects there are", () => {
    // Four zones and two regions.
    assert.equal(calls(small.up).attach, 6);
    assert.equal(calls(large.up).attach, 6);
  });

  it("the tags of objects are read in batches of 2,000: two calls for 2,006 objects, one for 10", () => {
    assert.equal(calls(large.up).read, 2 * calls(small.up).read);
    assert.equal(calls(small.preview).read, 1);
    assert.equal(calls(large.preview).read, 2);
  });

  it("all other calls are few, and do not grow with the objects: at most 30 for the look at vCenter", () => {
    for (const { up, preview } of [small, large]) {
      assert.ok(calls(up).others <= 40 + 30, `${calls(up).others} in a first up`);
      assert.ok(calls(preview).others <= 15 + 30, `${calls(preview).others} in a preview`);
    }
  });

  it("the state grows by no more than 300 bytes for each attached object", () => {
    const perObject = (large.stateBytes - small.stateBytes) / (zones * 499);
    assert.ok(perObject <= 300, `${perObject} bytes`);
  });
});
