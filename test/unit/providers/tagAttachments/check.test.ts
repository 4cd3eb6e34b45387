import assert from "node:assert/strict";

import { unknownValue } from "../../../../providers/dynamicProvider";
import { TagAttachmentsProvider } from "../../../../providers/tagAttachments/provider";
import type { AttachmentGroups } from "../../../../providers/tagAttachments/model";
import {
  exampleAttachments,
  exampleAttachmentsAtFirstPreview,
  exampleVCenter,
  objects,
  tags,
} from "../../../support/exampleVCenter";
import { InMemoryVCenter, noPermission } from "../../../support/inMemoryVCenter";

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
  return failures.map(({ reason }) => reason);
}

function withAttachments(attachments: AttachmentGroups): Inputs {
  return { ...exampleAttachments, attachments };
}

describe("checking attachments", () => {
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
    const missing = "no such object in vCenter's inventory, or this account cannot see it";
    assert.deepEqual(await reasons(vCenter, inputs), [
      `/X1/datastore/x1_lun_l: ${missing}: correct the path; the nearest that exist are ` +
        "/X1/datastore/x1_lun_1, /X1/datastore/x1_lun_2, /X1/datastore/x1_lun_3",
      `/X1/host/x1_cluster_prd: ${missing}: correct the path; the nearest that exist are ` +
        "/X1/host/x1_cluster_prod, /X1/host/x1_cluster_stage, /X1/datastore",
    ]);
  });

  it("asks for rights when the account sees nothing at all", async () => {
    const empty = new InMemoryVCenter();
    assert.deepEqual(await reasons(empty, withAttachments({ "k8s-region-x1": ["/X1"] })), [
      "/X1: no such object in vCenter's inventory, or this account cannot see it: " +
        "correct the path, or let this account see the object (System.View)",
    ]);
  });

  it("refuses objects that are neither datacenter, cluster nor datastore", async () => {
    assert.deepEqual(await reasons(vCenter, withAttachments({ "k8s-zone-x1-a": ["/X1/host"] })), [
      "/X1/host: it is a Folder: name a Datacenter, a ClusterComputeResource or a Datastore",
    ]);
  });

  it("finds no taken name before the first up of a fresh vCenter", async () => {
    const fresh = exampleVCenter();
    fresh.categories.clear();
    fresh.tags.clear();
    assert.deepEqual(await reasons(fresh, exampleAttachmentsAtFirstPreview), []);
  });

  it("tells the categories and tags that exist already, in any spelling, before anything is made", async () => {
    const taken = exampleVCenter();
    taken.categories.clear();
    taken.tags.clear();
    taken.addCategory("urn:category:their-zones", "K8S-Zone");
    taken.addTag("urn:tag:theirs", "K8s-zone-x1-A", "urn:category:their-zones");
    assert.deepEqual(await reasons(taken, exampleAttachmentsAtFirstPreview), [
      "category K8S-Zone: it exists in vCenter already, and this stack did not make it: say in the configuration " +
        "that it exists (categories.region.existing or categories.zone.existing: true), or choose another name",
      "tag K8s-zone-x1-A: it exists in category K8S-Zone already, and this stack did not make it: " +
        "choose another name, or delete it if nobody uses it",
    ]);
  });

  it("tells a taken tag also in a category that is known to exist", async () => {
    const inputs = {
      ...exampleAttachments,
      tags: { ...exampleAttachments.tags, "k8s-zone-x1-b": unknownValue },
    };
    assert.deepEqual(await reasons(vCenter, inputs), [
      "tag k8s-zone-x1-b: it exists in category k8s-zone already, and this stack did not make it: " +
        "choose another name, or delete it if nobody uses it",
    ]);
  });

  it("asks for no names while everything is known", async () => {
    await reasons(vCenter, exampleAttachments);
    assert.deepEqual(
      vCenter.calls.filter((call) => /^(findCategory|tags|tag) /.test(call)),
      [],
    );
  });

  it("tells a tag of others that is in the way, and how to detach it", async () => {
    vCenter.attachByHand(tags.foreignZone, objects.lun3);
    assert.deepEqual(await reasons(vCenter, exampleAttachments), [
      "/X1/datastore/x1_lun_3: it carries the tag zone-of-others of category k8s-zone, which this stack did not make: " +
        "an object may carry one tag of the category only; detach it if it is obsolete " +
        "(govc tags.detach -c k8s-zone zone-of-others /X1/datastore/x1_lun_3), " +
        "or take the object out of the configuration",
    ]);
  });

  it("does not take a tag that the stack made, and now gives up, for a tag of others", async () => {
    const { "k8s-zone-x1-b": _given, ...left } = exampleAttachments.tags;
    vCenter.attachByHand(tags.zoneB, objects.lun3);
    const movedIntoZoneA = {
      ...exampleAttachments,
      tags: left,
      attachments: { "k8s-region-x1 + k8s-zone-x1-a": ["/X1/datastore/x1_lun_3"] },
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
    const inputs = withAttachments({ "k8s-zone-x1-a": [unknownValue] });
    assert.deepEqual(await reasons(vCenter, inputs), []);
    assert.deepEqual(vCenter.calls, []);
  });

  it("turns a failure of vCenter into a reason, once", async () => {
    vCenter.failing = (call) =>
      call.startsWith("attachedTags") ? noPermission("read the tags of objects") : undefined;
    assert.deepEqual(await reasons(vCenter, exampleAttachments), [
      noPermission("read the tags of objects").message,
    ]);
  });
});
