import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import { TagAttachmentsProvider } from "../../../../../components/regionZoneTagging/tagAttachments/provider";
import {
  exampleAttachments,
  exampleAttachmentsAtFirstPreview,
  exampleVCenter,
  objects,
  tagged,
  tags,
} from "../../../../support/exampleVCenter";
import { InMemoryVCenter, noPermission } from "../../../../support/inMemoryVCenter";
import { withoutPointers } from "../../../../support/pointers";
import { withoutPrintedLines } from "../../../../support/printedLines";

type Inputs = typeof exampleAttachments;

/** The reasons for which a preview would fail. */
async function reasons(
  vCenter: InMemoryVCenter,
  inputs: Inputs,
  olds: Partial<Inputs> = {},
): Promise<string[]> {
  const provider = new TagAttachmentsProvider(vCenter.session());
  const { inputs: checked, failures } = await provider.check(olds, inputs);
  assert.deepEqual(checked, inputs, "check changes no input");
  assert.ok(
    failures.every(({ property }) => property === ""),
    "the engine prints the whole value of a named property",
  );
  assert.deepEqual(vCenter.changes(), []);
  return failures.map(({ reason }) => withoutPointers(reason));
}

function withAttachments(paths: Readonly<Record<string, readonly string[]>>): Inputs {
  return { ...exampleAttachments, attachments: tagged(paths) };
}

const missing =
  "no such object in vCenter's inventory, or this account cannot see it: correct the path";
const takenTag = (name: string, category: string) =>
  `tag ${name}: it exists in category ${category} already, and this stack did not make it: say in the configuration that it ` +
  "exists (existing: true beside its name), take it into the stack (npm run adopt -- --stack NAME --take), or choose another " +
  "name; deleting this tag would take it off every object that carries it, and a cluster that finds its zones or volumes by it would " +
  "lose them";

describe("checking attachments", () => {
  withoutPrintedLines();

  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = exampleVCenter();
  });

  it("finds nothing wrong with the example", async () => {
    assert.deepEqual(await reasons(vCenter, exampleAttachments), []);
  });

  it("tells all missing objects at once, each once, with the nearest names that exist", async () => {
    const inputs = withAttachments({
      "k8s-region-x1 + k8s-zone-x1-a": ["/X1/datastore/x1_lun_l", "/X1/datastore/x1_lun_2"],
      "k8s-zone-x1-a": ["/X1/host/x1_cluster_prd"],
    });
    assert.deepEqual(await reasons(vCenter, inputs), [
      `/X1/datastore/x1_lun_l: ${missing}; the nearest that exist are ` +
        "/X1/datastore/x1_lun_1, /X1/datastore/x1_lun_2, /X1/datastore/x1_lun_3",
      `/X1/host/x1_cluster_prd: ${missing}; the nearest that exist are ` +
        "/X1/host/x1_cluster_prod, /X1/host/x1_cluster_stage, /X1/datastore/x1_lun_1",
    ]);
  });

  it("asks for rights when the account sees nothing at all", async () => {
    const empty = new InMemoryVCenter();
    assert.deepEqual(await reasons(empty, withAttachments({ "k8s-region-x1": ["/X1"] })), [
      `/X1: ${missing}, or let this account see the object (System.View)`,
    ]);
  });

  it("says of what is neither datacenter, cluster nor datastore what it is, and what Deckhouse takes", async () => {
    vCenter.place("ComputeResource:domain-s9", "esxi-09", "Folder:group-h1");
    vCenter.place("StoragePod:group-p9", "x1_pod", "Folder:group-s1");
    const paths = ["/X1/host", "/X1/host/esxi-09", "/X1/datastore/x1_pod"];
    assert.deepEqual(await reasons(vCenter, withAttachments({ "k8s-zone-x1-a": paths })), [
      "/X1/datastore/x1_pod: it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431): " +
        "name its datastores",
      "/X1/host: it is a folder: name a datacenter, a cluster or a datastore",
      "/X1/host/esxi-09: it is a standalone host, which is in no cluster, and Deckhouse takes only clusters " +
        "as zones: create a cluster in the vSphere Client and add the host to it, or name an existing cluster",
    ]);
  });

  it("takes the cluster, the datacenter and the datastore where a folder has the same path", async () => {
    vCenter.place("Folder:group-d0", "X1");
    vCenter.place("Folder:group-h0", "x1_cluster_prod", "Folder:group-h1");
    vCenter.place("Folder:group-s0", "x1_lun_1", "Folder:group-s1");
    assert.deepEqual(await reasons(vCenter, exampleAttachments), []);
  });

  describe("before anything is made", () => {
    beforeEach(() => {
      vCenter.categories.clear();
      vCenter.tags.clear();
    });

    it("finds no taken name in a fresh vCenter", async () => {
      assert.deepEqual(await reasons(vCenter, exampleAttachmentsAtFirstPreview), []);
      assert.ok(!vCenter.calls.some((call) => call.includes(unknownValue)));
    });

    it("tells the categories and tags that exist already, in any spelling", async () => {
      vCenter.addCategory("urn:category:their-zones", "K8S-Zone");
      vCenter.addTag("urn:tag:theirs", "K8s-zone-x1-A", "urn:category:their-zones");
      assert.deepEqual(await reasons(vCenter, exampleAttachmentsAtFirstPreview), [
        "category K8S-Zone: it exists in vCenter already, and this stack did not make it: say in the configuration " +
          "that it exists (categories.region.existing or categories.zone.existing: true), take it into the stack with all that exists " +
          "(npm run adopt -- --stack NAME --take), or choose another name",
        takenTag("K8s-zone-x1-A", "K8S-Zone"),
      ]);
    });

    it("takes an empty category for one that the stack left, but not where the account may not read tags", async () => {
      const settings = { cardinality: "SINGLE" as const, associableTypes: [] };
      const inputs = {
        ...exampleAttachmentsAtFirstPreview,
        categorySettings: { "k8s-zone": settings },
      };
      vCenter.addCategory("urn:category:zone", "k8s-zone");
      const told = async (): Promise<string[]> => {
        const provider = new TagAttachmentsProvider(vCenter.session());
        return (await provider.check({}, inputs)).failures.map(({ reason }) =>
          withoutPointers(reason),
        );
      };
      assert.deepEqual(await told(), []);
      vCenter.tagsAreReadable = false;
      vCenter.lacking.push("System.Read");
      assert.deepEqual(await told(), [
        "category k8s-zone: it exists in vCenter already, and whether it is an empty one that this stack left, " +
          "administrator@vsphere.local cannot see: vCenter shows no tags to an account that may not read them: grant the " +
          "account the role Read-only on tags by a Global Permission (System.Read). Where it is this stack's, take it into the " +
          "state (npm run adopt -- --stack NAME --take); otherwise say in the configuration that it exists " +
          "(categories.region.existing or categories.zone.existing: true)",
      ]);
    });
  });

  it("tells a taken tag also in a category that is known, and a category whose tags are", async () => {
    const unknownTag = { ...exampleAttachments.tags, "k8s-zone-x1-b": unknownValue };
    assert.deepEqual(await reasons(vCenter, { ...exampleAttachments, tags: unknownTag }), [
      takenTag("k8s-zone-x1-b", "k8s-zone"),
    ]);
    const categories = { ...exampleAttachments.categories, "k8s-zone": unknownValue };
    const [reason, ...more] = await reasons(vCenter, { ...exampleAttachments, categories });
    assert.match(reason ?? "", /^category k8s-zone: it exists in vCenter already/);
    assert.deepEqual(more, []);
  });

  it("tells tags of others in the order of their objects, and protected pairs in that of tags and objects", async () => {
    for (const key of [objects.lun3, objects.lun1]) vCenter.attachByHand(tags.foreignZone, key);
    const backwards = withAttachments({
      "k8s-zone-x1-a": ["/X1/datastore/x1_lun_3", "/X1/datastore/x1_lun_1"],
    });
    assert.deepEqual(
      (await reasons(vCenter, backwards)).map((reason) => reason.split(":", 1)[0]),
      ["/X1/datastore/x1_lun_1", "/X1/datastore/x1_lun_3"],
    );
    for (const key of [objects.lun1, objects.lun2]) vCenter.attachByHand(tags.zoneA, key);
    vCenter.attachByHand(tags.zoneB, objects.stage);
    const olds = withAttachments({
      "k8s-zone-x1-b": ["/X1/host/x1_cluster_stage"],
      "k8s-zone-x1-a": ["/X1/datastore/x1_lun_2", "/X1/datastore/x1_lun_1"],
    });
    assert.deepEqual(await reasons(vCenter, { ...withAttachments({}), protect: true }, olds), [
      "protect: found true: this change would detach k8s-zone-x1-a from /X1/datastore/x1_lun_1, /X1/datastore/x1_lun_2; " +
        "k8s-zone-x1-b from /X1/host/x1_cluster_stage: leave these objects where they are in the configuration, or set " +
        "protect to false, run pulumi up, and make the change then",
    ]);
  });

  it("asks for no names while everything is known", async () => {
    await reasons(vCenter, exampleAttachments);
    assert.deepEqual(
      vCenter.calls.filter((call) => /^(categories$|tags |tag )/.test(call)),
      [],
    );
  });

  it("tells a tag of others that is in the way, the safe way, and what detaching it would break", async () => {
    vCenter.attachByHand(tags.foreignZone, objects.lun3);
    assert.deepEqual(await reasons(vCenter, exampleAttachments), [
      "/X1/datastore/x1_lun_3: it carries the tag zone-of-others of category k8s-zone, which this stack did not make, and an " +
        "object may carry only one tag of the category: take the object out of the configuration, or ask whose tag it " +
        "is. A cluster that finds its zone or volumes by that tag would lose this object if it was detached; where there " +
        "is no such cluster: govc tags.detach -c 'k8s-zone' 'zone-of-others' '/X1/datastore/x1_lun_3'",
    ]);
  });

  it("tells a command that a shell takes as it is meant, whatever others called their tag", async () => {
    vCenter.addTag("urn:tag:quoted", "tom's; reboot", "urn:category:zone");
    vCenter.attachByHand("urn:tag:quoted", objects.lun3);
    const [reason = ""] = await reasons(vCenter, exampleAttachments);
    const command = "govc tags.detach -c 'k8s-zone' 'tom'\\''s; reboot' '/X1/datastore/x1_lun_3'";
    assert.ok(reason.endsWith(command), reason);
  });

  it("does not take a tag that the stack made, and now gives up, for a tag of others", async () => {
    const { "k8s-zone-x1-b": _given, ...left } = exampleAttachments.tags;
    vCenter.attachByHand(tags.zoneB, objects.lun3);
    const movedIntoZoneA = {
      ...exampleAttachments,
      tags: left,
      attachments: { "/X1/datastore/x1_lun_3": "k8s-region-x1 + k8s-zone-x1-a" },
    };
    assert.deepEqual(await reasons(vCenter, movedIntoZoneA, exampleAttachments), []);
  });

  it("still sees tags of others on objects that carry a tag which the stack gives up", async () => {
    vCenter.attachByHand(tags.zoneB, objects.lun3);
    vCenter.attachByHand(tags.foreignZone, objects.lun2);
    const found = await reasons(vCenter, exampleAttachments, exampleAttachments);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? "", /^\/X1\/datastore\/x1_lun_2: it carries the tag zone-of-others /);
  });

  it("leaves for later what is not known yet", async () => {
    // Of a map with one unknown path, the engine hands over nothing.
    const attachments = unknownValue as unknown as Inputs["attachments"];
    const inputs = { ...exampleAttachments, attachments };
    assert.deepEqual(await reasons(vCenter, inputs), []);
    assert.deepEqual(vCenter.calls, []);
  });

  describe("of thousands of objects", () => {
    let paths: string[];

    beforeEach(() => {
      paths = Array.from({ length: 10_000 }, (_, index) => {
        vCenter.place(`Datastore:datastore-${index + 100}`, `many_lun_${index}`, "Folder:group-s1");
        return `/X1/datastore/many_lun_${index}`;
      });
    });

    it("10,000 missing datastores are told in short and in seconds, and hide nothing else", async () => {
      const started = Date.now();
      const nearby = paths.map((path) => path.replace("lun", "lnu"));
      const attachments = { "k8s-region-x1": [...nearby, "/X1/datastore", "/X1/host"] };
      const found = await reasons(vCenter, withAttachments(attachments));
      assert.equal(found.length, 20 + 1 + 2);
      assert.match(found[0] ?? "", /^\/X1\/datastore: it is a folder/);
      assert.match(found[1] ?? "", /many_lnu_0: no such object .* nearest that exist are .*lun_0,/);
      assert.ok(found.includes("and 9,980 more of this kind"));
      assert.ok(found.join("\n").length < 10_000);
      assert.ok(Date.now() - started < 10_000, `${Date.now() - started} ms`);
    });

    it("tags of others on 10,000 of them are told in short, and asked for as little", async () => {
      paths.forEach((_, index) => {
        vCenter.addTag(`urn:tag:theirs-${index}`, `theirs-${index}`, "urn:category:zone");
        vCenter.attachByHand(`urn:tag:theirs-${index}`, `Datastore:datastore-${index + 100}`);
      });
      const found = await reasons(vCenter, withAttachments({ "k8s-zone-x1-a": paths }));
      assert.equal(found.length, 21);
      assert.match(found[19] ?? "", /many_lun_19: it carries the tag theirs-19 of category/);
      assert.equal(found[20], "and 9,980 more of this kind");
      assert.equal(vCenter.calls.filter((call) => call.startsWith("tag ")).length, 20);
    });
  });

  it("turns a failure of vCenter into a reason, once", async () => {
    const refusal = noPermission("read the tags of objects");
    vCenter.failing = (call) => (call.startsWith("attachedTags") ? refusal : undefined);
    assert.deepEqual(await reasons(vCenter, exampleAttachments), [refusal.message]);
  });
});
