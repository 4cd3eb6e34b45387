import assert from "node:assert/strict";
import {
  exampleConfiguration,
  zoneOf,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

describe("a change of regions and zones", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let configuration: WrittenConfiguration;

  /** The paths that carry a tag, sorted. */
  async function tagged(tag: string): Promise<string[]> {
    const { attachments } = await simulator.control.snapshot();
    return attachments
      .filter((attachment) => attachment.tag === tag)
      .map(({ path }) => path)
      .sort();
  }

  async function tagNames(): Promise<string[]> {
    const { tags } = await simulator.control.snapshot();
    return tags.filter(({ category }) => category.startsWith("k8s-")).map(({ name }) => name);
  }

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(async () => {
    configuration = exampleConfiguration();
    configuration.regions[1]?.zones.pop();
    stack.configure(configuration);
    await stack.up();
  });

  it("adds a zone without touching the others", async () => {
    const full = exampleConfiguration();
    configuration = full;
    stack.configure(full);
    assert.deepEqual((await stack.plan()).steps, [
      "create topology-k8s-zone-x2-b",
      "update topology-attachments",
      // It remembers which zones there are.
      "update vcenter",
    ]);
    await stack.up();
    assert.deepEqual(await tagged("k8s-zone-x2-b"), [
      "/X2/datastore/x2_lun_2",
      "/X2/host/x2_cluster_stage",
    ]);
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("moves a datastore between zones of a category that allows one tag for each object", async () => {
    zoneOf(configuration, "k8s-zone-x1-a").datastores = ["x1_lun_1"];
    zoneOf(configuration, "k8s-zone-x1-b").datastores = ["x1_lun_2", "x1_lun_3"];
    stack.configure(configuration);
    assert.deepEqual((await stack.plan()).steps, ["update topology-attachments"]);
    await stack.up();
    assert.deepEqual(await tagged("k8s-zone-x1-a"), [
      "/X1/datastore/x1_lun_1",
      "/X1/host/x1_cluster_prod",
    ]);
    assert.deepEqual(await tagged("k8s-zone-x1-b"), [
      "/X1/datastore/x1_lun_2",
      "/X1/datastore/x1_lun_3",
      "/X1/host/x1_cluster_stage",
    ]);
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("renames a zone: the new tag takes the place of the old one on its objects", async () => {
    zoneOf(configuration, "k8s-zone-x2-a").name = "k8s-zone-x2-prod";
    stack.configure(configuration);
    await stack.up();
    assert.deepEqual(await tagged("k8s-zone-x2-a"), []);
    assert.deepEqual(await tagged("k8s-zone-x2-prod"), [
      "/X2/datastore/x2_lun_1",
      "/X2/host/x2_cluster_prod",
    ]);
    assert.ok(!(await tagNames()).includes("k8s-zone-x2-a"));
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("removes a zone: its tag goes, and its datastores lose the region's tag too", async () => {
    configuration.regions[0]?.zones.pop();
    stack.configure(configuration);
    await stack.up();
    assert.ok(!(await tagNames()).includes("k8s-zone-x1-b"));
    assert.deepEqual(await tagged("k8s-region-x1"), ["/X1", "/X1/datastore/x1_lun_1"]);
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("follows a datastore that somebody renamed in vCenter once the configuration names it so", async () => {
    await simulator.control.change({
      operation: "renameObject",
      path: "/X1/datastore/x1_lun_1",
      name: "x1_lun_1_new",
    });
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /regions\[0\]\.zones\[0\]\.datastores\[0\]: found "\/X1\/datastore\/x1_lun_1": no such object/,
    );
    assert.match(
      output,
      /\/X1\/datastore\/x1_lun_1 was renamed or moved: it is \/X1\/datastore\/x1_lun_1_new in vCenter now/,
    );
    zoneOf(configuration, "k8s-zone-x1-a").datastores = ["x1_lun_1_new"];
    stack.configure(configuration);
    const followed = await stack.acceptedPreview();
    assert.doesNotMatch(followed, /into the configuration|correct the path/);
    await stack.up();
    assert.deepEqual(await tagged("k8s-region-x1"), ["/X1", "/X1/datastore/x1_lun_1_new"]);
    assert.deepEqual((await stack.plan()).steps, []);
  });
});
