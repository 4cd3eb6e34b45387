import assert from "node:assert/strict";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Fault } from "../../scripts/lab/simulatorControl";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForEachTest } from "../support/stackForTests";

/** A failure half-way through the first up, and what the run says of it. */
const failures: readonly { readonly what: string; readonly fault: Fault; readonly says: RegExp }[] =
  [
    {
      what: "vCenter refuses a tag for a while in the middle of attaching",
      fault: {
        match: "attach-tag-to-multiple-objects",
        kind: "status",
        status: 403,
        skip: 3,
        times: 1,
      },
      says: /InventoryService\.Tagging\.AttachTag/,
    },
    {
      what: "vCenter is not available for longer than the client waits",
      fault: { match: "attach-tag-to-multiple-objects", kind: "status", status: 503, skip: 2 },
      says: /attach a tag/,
    },
    {
      what: "granting is refused",
      fault: { match: "SetEntityPermissions", kind: "soapFault", fault: "NoPermission", times: 1 },
      says: /Authorization\.ModifyPermissions/,
    },
  ];

describe("up after a failure half-way converges:", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made));

  for (const { what, fault, says } of failures) {
    it(what, async () => {
      await simulator.control.addFault(fault);
      const output = await stack.refusedUp();
      assert.match(output, says);
      assert.doesNotMatch(output, /^ +at .*:\d+:\d+/m);
      await simulator.control.clearFaults();
      await stack.up();
      const plan = await stack.plan();
      assert.deepEqual(plan.steps, []);
      const { attachments, permissions } = await simulator.control.snapshot();
      assert.equal(attachments.filter(({ category }) => category.startsWith("k8s-")).length, 16);
      assert.equal(permissions.filter(({ role }) => role === "kubernetes").length, 2);
    });
  }

  it("keeps in the state what did succeed, and names each object that failed by its path", async () => {
    await simulator.control.addFault({
      match: "attach-tag-to-multiple-objects",
      kind: "status",
      status: 403,
      times: 1,
    });
    const failed = await stack.tryUp();
    assert.match(
      failed.output,
      /\/X[12][^ ]*: the tag k8s-(region|zone)-[^ ]* could not be attached to it/,
    );
    assert.match(
      failed.output,
      /done in vCenter: \d+ tags? attached.*\. Did not work: tags on objects\. The errors say why/,
    );
    const state = JSON.parse(await stack.exportState()) as {
      deployment: {
        resources: { type: string; outputs?: { attachments?: Record<string, string> } }[];
      };
    };
    const recorded = state.deployment.resources.find(({ type }) =>
      type.endsWith(":TagAttachments"),
    );
    const { attachments } = await simulator.control.snapshot();
    const recordedPairs = Object.entries(recorded?.outputs?.attachments ?? {}).flatMap(
      ([path, tags]) => tags.split(" + ").map((tag) => `${tag} ${path}`),
    );
    assert.ok(recordedPairs.length > 0);
    assert.deepEqual(
      recordedPairs.sort(),
      attachments
        .filter(({ tag }) => tag.startsWith("k8s-"))
        .map(({ tag, path }) => `${tag} ${path}`)
        .sort(),
    );
    await simulator.control.clearFaults();
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("a connection that breaks after the work was done is not taken for a failure", async () => {
    await simulator.control.addFault({
      match: "attach-tag-to-multiple-objects",
      kind: "reset",
      afterEffect: true,
      times: 1,
    });
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });
});
