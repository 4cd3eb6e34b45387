import assert from "node:assert/strict";
import { changedInventory } from "../support/changedInventory";
import { exampleConfiguration, zoneOf } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";

describe("a standalone host as a zone", () => {
  let folder: string;
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    folder = temporaryFolder();
    const inventory = changedInventory(folder, (_, first) => {
      first.standaloneHosts = ["esxi-09"];
    });
    simulator = await Simulator.start({ inventory });
    const configuration = exampleConfiguration();
    zoneOf(configuration, "k8s-zone-x1-a").cluster = "esxi-09";
    stack = await TestStack.create(simulator, { configuration });
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
    removeFolder(folder);
  });

  it("is refused in the words of the vSphere Client, with what to do", async () => {
    const { exitCode, output } = await stack.preview();
    assert.notEqual(exitCode, 0);
    assert.match(
      output,
      /\/X1\/host\/esxi-09: it is a standalone host, .* create a cluster in the vSphere Client and add the host to it/,
    );
    assert.doesNotMatch(output, /ComputeResource|HostSystem/);
  });
});
