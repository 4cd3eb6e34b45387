import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

/** As on a laptop without a way to vCenter. */
const away = { VSPHERE_SERVER: "127.0.0.1:9" };

const off = { ...exampleConfiguration(), preflight: "off" };

const isOff = /preflight: it is off, so nobody looks whether vCenter has what Deckhouse needs/;
const notLookedAt =
  /nothing of vCenter was looked at, which preflight: off allows: .*vsphere:vsphereServer: found "127\.0\.0\.1:9": no answer/;

/** How often a text is among the messages that a run ends with. */
function times(output: string, text: RegExp): number {
  const diagnostics = output.slice(output.lastIndexOf("Diagnostics:"));
  return [...diagnostics.matchAll(new RegExp(text.source, "g"))].length;
}

describe("preflight: off, with no vCenter at hand", () => {
  let stack: TestStack;
  let laptop: TestStack;

  stackForAllTests((made) => ({ stack } = made));

  before(() => {
    laptop = stack.with(away);
  });

  describe("a stack that was never made", () => {
    it("is refused without it, in one sentence", async () => {
      const output = await laptop.refusedPreview();
      assert.equal(times(output, /no answer from 127\.0\.0\.1:9/), 1, output);
    });

    it("is previewed as the configuration says it, with one warning", async () => {
      stack.configure(off);
      const { exitCode, output } = await laptop.preview();
      assert.equal(exitCode, 0, output);
      assert.equal(times(output, isOff), 1, output);
      assert.equal(times(output, notLookedAt), 1, output);
      assert.match(output, /\+ +vsphere:index:Tag +topology-k8s-zone-x1-a +create/);
      assert.match(output, /\+ \d+ to create/);
    });

    it("is refused at up, in one sentence, before anything is made", async () => {
      const output = await laptop.refusedUp();
      assert.equal(times(output, /no answer from 127\.0\.0\.1:9/), 1, output);
      const { deployment } = JSON.parse(await stack.exportState()) as {
        deployment: { resources?: { type: string }[] };
      };
      // The engine writes down its own resources, which are in no vCenter.
      const made = (deployment.resources ?? [])
        .map(({ type }) => type)
        .filter((type) => !type.startsWith("pulumi:"));
      assert.deepEqual(made, []);
    });
  });

  describe("a stack that was made with it", () => {
    before(() => stack.up());

    it("has nothing to change with a vCenter and without one, and says that it is off", async () => {
      const there = await stack.plan();
      assert.deepEqual(there.steps, []);
      assert.match(there.messages, isOff);
      assert.doesNotMatch(there.messages, notLookedAt);
      const { exitCode, output } = await laptop.preview();
      assert.equal(exitCode, 0, output);
      assert.equal(times(output, isOff), 1, output);
      assert.equal(times(output, notLookedAt), 1, output);
      const onlyTheAddress = ["update vcenter"];
      assert.deepEqual((await laptop.plan()).steps, onlyTheAddress);
    });

    it("shows what the configuration changes", async () => {
      const changed = exampleConfiguration();
      changed.regions[0]!.description = "The first region";
      stack.configure({ ...changed, preflight: "off" });
      assert.deepEqual((await laptop.plan()).steps, [
        "update topology-k8s-region-x1",
        "update vcenter",
      ]);
      stack.configure(off);
    });

    it("is refused at up, in one sentence, and loses nothing", async () => {
      const state = await stack.exportState();
      const output = await laptop.refusedUp();
      // The refresh before it cannot know that an up follows.
      assert.equal(times(output, notLookedAt), 1, output);
      assert.equal(times(output, /error: .*no answer from 127\.0\.0\.1:9/), 1, output);
      // The stack's own outputs are encrypted anew each time.
      const resources = (text: string): unknown[] =>
        (
          JSON.parse(text) as {
            deployment: { resources: { urn: string; type: string; outputs: unknown }[] };
          }
        ).deployment.resources
          .filter(({ type }) => type !== "pulumi:pulumi:Stack")
          .map(({ urn, outputs }) => ({ urn, outputs }));
      assert.deepEqual(resources(await stack.exportState()), resources(state));
      assert.deepEqual((await stack.plan()).steps, []);
    });

    it("is refused at destroy, and loses nothing", async () => {
      await laptop.refused("destroy", "--yes", "--skip-preview");
      assert.deepEqual((await stack.plan()).steps, []);
    });
  });

  describe("a stack that was made without it", () => {
    before(async () => {
      stack.configure(exampleConfiguration());
      await stack.up();
    });

    it("is refused without it, in one sentence", async () => {
      const output = await laptop.refusedPreview();
      assert.equal(times(output, /no answer from 127\.0\.0\.1:9/), 1, output);
    });

    it("needs --refresh=false until the first up with it", async () => {
      stack.configure(off);
      assert.deepEqual((await laptop.plan("--refresh=false")).steps, [
        "update vcenter",
        "update vsphere",
      ]);
    });
  });
});
