import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

describe("with PULUMI_RUN_PROGRAM, which the README recommends", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    environment: { PULUMI_RUN_PROGRAM: "true" },
  });

  before(() => stack.up());

  it("a second preview is empty", async () => {
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("a preview shows drift in words, and up mends it", async () => {
    const made = await simulator.control.snapshot();
    await simulator.control.change(
      {
        operation: "detachTag",
        category: "k8s-zone",
        tag: "k8s-zone-x1-a",
        path: "/X1/host/x1_cluster_prod",
      },
      { operation: "updateRole", role: "kubernetes", privileges: ["Datastore.Browse"] },
    );
    const plan = await stack.plan();
    assert.deepEqual(plan.steps, ["update kubernetes-role", "update topology-attachments"]);
    assert.match(plan.messages, /k8s-zone-x1-a is no longer attached to \/X1\/host/);
    await stack.up();
    assert.deepEqual(await simulator.control.snapshot(), made);
  });

  it("a fault in the configuration of a stack that exists is found before vCenter is asked anything", async () => {
    const faulty = exampleConfiguration();
    faulty.role["principals"] = ["deckhouse"];
    stack.configure(faulty);
    await simulator.control.resetCalls();
    const output = await stack.refusedPreview();
    assert.match(output, /role\.principals\[0\]: found "deckhouse"/);
    assert.equal((await simulator.control.calls()).total, 0);
    stack.configure(exampleConfiguration());
  });

  it("destroy takes everything back but the categories", async () => {
    await stack.destroy();
    const { categories, roles, attachments } = await simulator.control.snapshot();
    assert.deepEqual(
      categories.map(({ name }) => name),
      ["backup-policy", "k8s-region", "k8s-zone"],
    );
    assert.ok(attachments.every(({ category }) => category === "backup-policy"));
    assert.deepEqual(
      roles.map(({ name }) => name),
      ["backup-operator"],
    );
  });
});
