import assert from "node:assert/strict";
import {
  exampleConfiguration,
  zoneOf,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForEachTest } from "../support/stackForTests";

const zoneA = { category: "k8s-zone", tag: "k8s-zone-x1-a" } as const;
const zoneB = { category: "k8s-zone", tag: "k8s-zone-x1-b" } as const;

describe("a tag is taken off an object only when the state recorded it or the preview said so:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let configuration: WrittenConfiguration;

  /** The zone tags on a datastore of the first region. */
  async function zonesOn(datastore: string): Promise<string[]> {
    const { attachments } = await simulator.control.snapshot();
    return attachments
      .filter(({ category, path }) => category === "k8s-zone" && path.endsWith(`/${datastore}`))
      .map(({ tag }) => tag);
  }

  stackForEachTest((made) => ({ simulator, stack } = made));

  beforeEach(async () => {
    configuration = exampleConfiguration();
    await stack.up();
  });

  async function moveZoneAToLun3(): Promise<void> {
    const path = "/X1/datastore/x1_lun_3";
    await simulator.control.change(
      { operation: "detachTag", ...zoneB, path },
      { operation: "attachTag", ...zoneA, path },
    );
  }

  it("tags of the stack hang elsewhere, and the state of the attachments was lost", async () => {
    const { deployment } = JSON.parse(await stack.exportState()) as {
      deployment: { resources: { urn: string }[] };
    };
    const urn = deployment.resources.find((found) => found.urn.endsWith("topology-attachments"));
    const dependents = ["--target-dependents", "--yes"];
    await stack.accepted("state", "delete", ...dependents, urn?.urn ?? "");
    await moveZoneAToLun3();

    const says =
      /k8s-zone-x1-a will be detached from \/X1\/datastore\/x1_lun_3: it does not belong there/;
    const plan = await stack.plan();
    assert.deepEqual(plan.steps, ["create topology-attachments"]);
    assert.match(plan.messages, says);
    assert.match((await stack.up()).output, says);
    assert.deepEqual(await zonesOn("x1_lun_3"), ["k8s-zone-x1-b"]);
    const second = await stack.plan();
    assert.deepEqual(second.steps, []);
    assert.match(second.messages, /^[\d,]+ facts of vCenter checked: nothing is wrong\s*$/);
  });

  it("a wrong tag of the stack on an object of the configuration", async () => {
    await moveZoneAToLun3();
    for (const options of [[], ["--refresh=false"]]) {
      assert.match(
        (await stack.plan(...options)).messages,
        /k8s-zone-x1-a will be detached from \/X1\/datastore\/x1_lun_3/,
      );
    }
    await stack.up();
    assert.deepEqual(await zonesOn("x1_lun_3"), ["k8s-zone-x1-b"]);
  });

  for (const options of [[], ["--refresh=false"]]) {
    it(`a zone is renamed while somebody moved its tag to another datastore (up ${options.join(" ")})`, async () => {
      const path = "/X1/datastore/x1_lun_2";
      await simulator.control.change(
        { operation: "detachTag", ...zoneA, path },
        { operation: "attachTag", ...zoneB, path },
      );
      zoneOf(configuration, "k8s-zone-x1-b").name = "k8s-zone-x1-c";
      stack.configure(configuration);
      assert.match(
        (await stack.plan(...options)).messages,
        /k8s-zone-x1-b will be detached from \/X1\/datastore\/x1_lun_2/,
      );
      // The first up gets no further than to the new tag.
      await simulator.control.addFault({
        match: "detach-tag-from-multiple-objects",
        kind: "status",
        status: 403,
        times: 1,
      });
      const first = await stack.run("up", "--yes", "--skip-preview", ...options);
      assert.notEqual(first.exitCode, 0);
      await simulator.control.clearFaults();
      await stack.up(...options);
      assert.deepEqual(await zonesOn("x1_lun_2"), ["k8s-zone-x1-a"]);
      assert.deepEqual(await zonesOn("x1_lun_3"), ["k8s-zone-x1-c"]);
      const { tags } = await simulator.control.snapshot();
      assert.ok(!tags.some(({ name }) => name === "k8s-zone-x1-b"));
      assert.deepEqual((await stack.plan(...options)).steps, []);
    });
  }
});
