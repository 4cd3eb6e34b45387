import assert from "node:assert/strict";
import { generatedConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const regions = 20;
const principals = ["deckhouse@vsphere.local", "backup@vsphere.local", "restricted@vsphere.local"];
const wanted = regions * principals.length;
const zones = regions * 2;

describe("the calls of 60 permissions: 3 principals on the datacenters of 20 regions", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    generate: { zones, datastores: 1 },
    configuration: {
      ...generatedConfiguration(zones, 1),
      role: { preset: "seed", principals },
    },
  });

  /** The calls of this program, but for the one that each tag takes: those do not grow with the permissions. */
  async function counted(): Promise<{ readonly calls: number; readonly all: string }> {
    const { total, soap, rest } = await simulator.control.ownCalls();
    const ofTags = [
      "POST tag-association/id?attach-tag-to-multiple-objects",
      "POST tag-association/id?detach-tag-from-multiple-objects",
      "GET tag/id",
    ].map((name) => rest[name] ?? 0);
    const calls = total - ofTags.reduce((sum, count) => sum + count, 0);
    return { calls, all: JSON.stringify({ calls, total, soap, rest }, undefined, 1) };
  }

  /** What is known of an object's permissions holds for 5 seconds: a slow machine asks more often. */
  async function askedAnew(command: () => Promise<unknown>): Promise<number> {
    const begin = Date.now();
    await command();
    return Math.floor((Date.now() - begin) / 5000) * regions;
  }

  it("60 permissions take at most 2 calls each and 30 besides", async () => {
    const anew = await askedAnew(() => stack.up());
    const { calls, all } = await counted();
    const { permissions } = await simulator.control.snapshot();
    assert.equal(permissions.filter(({ role }) => role === "kubernetes").length, wanted);
    assert.ok(calls <= 2 * wanted + 30 + anew, all);
  });

  it("a preview of them takes at most 30 calls in all", async () => {
    await simulator.control.resetCalls();
    await stack.acceptedPreview("--expect-no-changes");
    const { calls, all } = await counted();
    assert.ok(calls <= 30, all);
  });

  it("to take them back takes at most 2 calls each and 30 besides", async () => {
    await simulator.control.resetCalls();
    const anew = await askedAnew(() => stack.destroy());
    const { calls, all } = await counted();
    const { permissions } = await simulator.control.snapshot();
    assert.ok(!permissions.some(({ role }) => role === "kubernetes"));
    assert.ok(calls <= 2 * wanted + 30 + anew, all);
  });
});
