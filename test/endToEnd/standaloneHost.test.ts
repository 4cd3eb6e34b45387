import assert from "node:assert/strict";
import { changedInventory } from "../support/changedInventory";
import { exampleConfiguration, zoneOf } from "../../scripts/examples/exampleConfiguration";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

describe("a standalone host as a zone", () => {
  let stack: TestStack;

  const configuration = exampleConfiguration();
  zoneOf(configuration, "k8s-zone-x1-a").cluster = "esxi-09";
  stackForAllTests((made) => ({ stack } = made), {
    inventory: (folder) =>
      changedInventory(folder, (_, first) => (first.standaloneHosts = ["esxi-09"])),
    configuration,
  });

  it("is refused in the words of the vSphere Client, with what to do", async () => {
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /\/X1\/host\/esxi-09": it is a standalone host, .* create a cluster in the vSphere Client and add the host to it/,
    );
    assert.doesNotMatch(output, /ComputeResource|HostSystem/);
  });
});
