import assert from "node:assert/strict";
import {
  exampleConfiguration,
  zoneOf,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { govc } from "../integration/vcenter/govc";
import { stackForAllTests } from "../support/stackForTests";

/** The regions and zones of a configuration. */
function named({ regions }: WrittenConfiguration): { name: string; formerName?: string }[] {
  return regions.flatMap((region) => [region, ...region.zones]);
}

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

  /** The id of a tag in vCenter. */
  async function tagId(name: string): Promise<string> {
    const [tag] = JSON.parse(await govc(simulator, "tags.info", "-json", name)) as [{ id: string }];
    return tag.id;
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

  it("gives a zone another tag where only the name changes, and names the key that renames it", async () => {
    zoneOf(configuration, "k8s-zone-x2-a").name = "k8s-zone-x2-prod";
    stack.configure(configuration);
    const { steps, messages } = await stack.plan();
    assert.deepEqual(steps, [
      "create topology-k8s-zone-x2-prod",
      "delete topology-k8s-zone-x2-a",
      "update topology-attachments",
      "update vcenter",
    ]);
    assert.match(
      messages,
      /^warning: zone k8s-zone-x2-a goes, and zone k8s-zone-x2-prod takes its cluster: .*\(regions\[\]\.zones\[\]\.formerName\)/m,
    );
    await stack.up();
    assert.deepEqual(await tagged("k8s-zone-x2-a"), []);
    assert.deepEqual(await tagged("k8s-zone-x2-prod"), [
      "/X2/datastore/x2_lun_1",
      "/X2/host/x2_cluster_prod",
    ]);
    assert.ok(!(await tagNames()).includes("k8s-zone-x2-a"));
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("renames a zone and a region whose former names it has: the tags keep their ids and objects", async () => {
    const names = [
      ["k8s-region-x2", "k8s-region-y2"],
      ["k8s-zone-x2-prod", "k8s-zone-y2-a"],
    ] as const;
    const ids = await Promise.all(names.map(([former]) => tagId(former)));
    const objects = await Promise.all(names.map(([former]) => tagged(former)));
    for (const one of named(configuration)) {
      const [formerName, name] = names.find(([former]) => former === one.name) ?? [];
      if (name !== undefined) Object.assign(one, { name, formerName });
    }
    stack.configure({ ...configuration, protect: true });
    const { steps, messages } = await stack.plan();
    assert.deepEqual(steps, [
      "update topology-attachments",
      "update topology-k8s-region-y2",
      "update topology-k8s-zone-y2-a",
      "update vcenter",
    ]);
    const said = messages.split("\n").map((line) => line.split(": ").slice(0, 2).join(": "));
    assert.deepEqual(said.filter((line) => /^(zone|region|warning)/.test(line)).sort(), [
      "region k8s-region-x2 is renamed to k8s-region-y2",
      "warning: region k8s-region-x2 becomes k8s-region-y2",
      "warning: zone k8s-zone-x2-prod becomes k8s-zone-y2-a",
      "zone k8s-zone-x2-prod is renamed to k8s-zone-y2-a",
    ]);
    await stack.up();
    assert.deepEqual(await Promise.all(names.map(([, name]) => tagId(name))), ids);
    assert.deepEqual(await Promise.all(names.map(([, name]) => tagged(name))), objects);
    const there = await tagNames();
    assert.deepEqual(
      names.filter(([former]) => there.includes(former)),
      [],
    );
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("changes nothing for a former name that was left, or taken out", async () => {
    stack.configure({ ...configuration, protect: false });
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
    for (const one of named(configuration)) delete one.formerName;
    stack.configure(configuration);
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
