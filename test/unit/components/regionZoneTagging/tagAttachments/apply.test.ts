import assert from "node:assert/strict";

import { Done } from "../../../../../components/dynamic/done";
import { PartialFailure, ProviderError } from "../../../../../components/dynamic/errors";
import type { TagAttachmentsOutputs } from "../../../../../components/regionZoneTagging/tagAttachments/model";
import { TagAttachmentsProvider } from "../../../../../components/regionZoneTagging/tagAttachments/provider";
import { messageOf, thrownBy } from "../../../../support/thrownBy";
import {
  exampleAttached,
  exampleAttachments,
  exampleVCenter,
  foreignAttached,
  objects,
  providerCode,
  tagged,
  tags,
} from "../../../../support/exampleVCenter";
import { noPermission, type InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withoutPointers } from "../../../../support/pointers";

type Outputs = TagAttachmentsOutputs;

const exampleOutputs: Outputs = {
  categories: exampleAttachments.categories,
  tags: exampleAttachments.tags,
  attachments: exampleAttachments.attachments,
  // In the order of the paths: the datacenter, the datastores, the clusters.
  references: [
    ...[objects.x1, objects.lun1, objects.lun2, objects.lun3],
    ...[objects.prod, objects.stage],
  ],
  vCenter: "uuid-of-the-first",
  drift: [],
};

describe("creating and updating attachments", () => {
  let vCenter: InMemoryVCenter;
  let provider: TagAttachmentsProvider;

  beforeEach(() => {
    vCenter = exampleVCenter();
    provider = new TagAttachmentsProvider(vCenter.session());
  });

  /** The resource after its first `up`, as the state has it. */
  async function created(): Promise<Outputs & { readonly __provider: string }> {
    const { outs } = await provider.create(exampleAttachments);
    vCenter.calls.length = 0;
    return { ...outs, __provider: providerCode };
  }

  const everything = [...exampleAttached, ...foreignAttached].sort();

  it("attaches exactly the pairs of the documents, with one change for each tag, and asks little", async () => {
    await provider.create(exampleAttachments);
    assert.deepEqual(vCenter.attachments(), everything);
    assert.deepEqual(
      vCenter.changes().map((call) => call.split(" ")[1]),
      [tags.region, tags.zoneA, tags.zoneB],
    );
    assert.equal(vCenter.calls.length, 3 + 4, "about, inventory, and a look before and after");
  });

  it("tells the state paths, references and the vCenter they belong to, and nothing else", async () => {
    const { id, outs } = await provider.create(exampleAttachments);
    assert.deepEqual(outs, exampleOutputs);
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.notEqual((await provider.create(exampleAttachments)).id, id);
  });

  it("counts what it attached and detached, and what it could not", async () => {
    const done = new Done();
    const counted = new TagAttachmentsProvider(vCenter.session(), done);
    const { outs } = await counted.create(exampleAttachments);
    assert.equal(done.text(), `done in vCenter: ${exampleAttached.length} tags attached`);
    await counted.update("id", { ...outs }, { ...exampleAttachments, attachments: {} });
    assert.equal(done.text(), `done in vCenter: ${exampleAttached.length} tags taken off`);
    vCenter.failing = (call) => (call.startsWith("attach") ? new Error("no") : undefined);
    await assert.rejects(counted.create(exampleAttachments));
    assert.match(done.text() ?? "", /^done in vCenter: nothing\. Did not work: tags on objects\. /);
  });

  it("does nothing in an update that finds all as it should be", async () => {
    const state = await created();
    const { outs } = await provider.update("id", state, exampleAttachments);
    assert.deepEqual(vCenter.changes(), []);
    assert.deepEqual(outs, exampleOutputs);
  });

  it("moves a datastore to another zone: detaches before it attaches", async () => {
    const state = await created();
    const moved = {
      ...exampleAttachments,
      attachments: {
        ...exampleAttachments.attachments,
        "/X1/datastore/x1_lun_2": "k8s-region-x1 + k8s-zone-x1-b",
      },
    };
    const { outs } = await provider.update("id", state, moved);
    assert.deepEqual(vCenter.changes(), [
      `detach ${tags.zoneA} ${objects.lun2}`,
      `attach ${tags.zoneB} ${objects.lun2}`,
    ]);
    assert.deepEqual(outs.attachments, moved.attachments);
  });

  it("mends what somebody changed by hand, and leaves what others attached", async () => {
    const state = await created();
    vCenter.detachByHand(tags.region, objects.x1);
    vCenter.detachByHand(tags.zoneA, objects.lun1);
    vCenter.attachByHand(tags.zoneB, objects.lun1);
    vCenter.attachByHand(tags.zoneA, objects.root);
    // The preview before it says what will go.
    const announced = { [tags.zoneB]: ["/X1/datastore/x1_lun_1"] };
    await provider.update("id", state, { ...exampleAttachments, announced });
    const foreign = `${objects.root} ${tags.zoneA}`;
    assert.deepEqual(vCenter.attachments(), [...everything, foreign].sort());
  });

  /** All that is left when the configuration names the datacenter alone. */
  const onlyRegion = { ...exampleAttachments, attachments: { "/X1": "k8s-region-x1" } };

  it("forgets a zone with its tag, and detaches it by the state's knowledge", async () => {
    const state = await created();
    const { "k8s-zone-x1-b": _given, ...left } = exampleAttachments.tags;
    const { outs } = await provider.update("id", state, { ...onlyRegion, tags: left });
    const region = `${objects.x1} ${tags.region}`;
    assert.deepEqual(vCenter.attachments(), [...foreignAttached, region].sort());
    assert.deepEqual(outs.tags, left);
  });

  it("changes nothing when an object is missing, and says which", async () => {
    vCenter.unregister(objects.lun3);
    vCenter.unregister(objects.stage);
    const error = await thrownBy(provider.create(exampleAttachments));
    assert.ok(error instanceof ProviderError && !(error instanceof PartialFailure));
    assert.match(
      error.message,
      /^\/X1\/datastore\/x1_lun_3: no such object .*\n\/X1\/host\/x1_cluster_stage: /,
    );
    assert.deepEqual(vCenter.changes(), []);
  });

  it("finds a renamed object of the state by its reference", async () => {
    const state = await created();
    vCenter.rename(objects.lun3, "renamed");
    await provider.update("id", state, onlyRegion);
    assert.ok(!vCenter.attachments().includes(`${objects.lun3} ${tags.zoneB}`));
  });

  it("refuses another vCenter, and changes nothing there", async () => {
    const state = { ...(await created()), vCenter: "uuid-of-another" };
    const before = vCenter.attachments();
    for (const change of [
      () => provider.update("id", state, { ...exampleAttachments, attachments: {} }),
      () => provider.delete("id", state),
    ]) {
      const message = await messageOf(change());
      assert.match(message, /made in another vCenter \(instance UUID uuid-of-another\)/);
    }
    assert.deepEqual(vCenter.attachments(), before);
  });

  it("does not believe references of before the vCenter was restored", async () => {
    vCenter.configuration["deckhouse-vsphere:vCenter"] = '{"restoredAs":"uuid-of-the-first"}';
    const state = { ...(await created()), vCenter: "uuid-of-another" };
    vCenter.rename(objects.lun3, "renamed");
    await provider.update("id", state, onlyRegion);
    assert.ok(vCenter.attachments().includes(`${objects.lun3} ${tags.zoneB}`));
    assert.ok(!vCenter.attachments().includes(`${objects.lun2} ${tags.zoneA}`));
  });

  describe("when it succeeds in part", () => {
    async function failure(
      attempt: Promise<unknown> = provider.create(exampleAttachments),
    ): Promise<{ id: string; properties: Outputs; reasons: readonly string[] }> {
      const error = await thrownBy(attempt);
      assert.ok(error instanceof PartialFailure, String(error));
      const { id, properties, reasons } = error;
      return { id, properties: properties as Outputs, reasons: reasons.map(withoutPointers) };
    }

    it("keeps what did succeed in the state, and names each object that failed", async () => {
      vCenter.refused = (change, tag, object) =>
        change === "attach" && tag === tags.zoneA && object === objects.lun2
          ? "the datastore is in maintenance"
          : undefined;
      const { id, properties, reasons } = await failure();
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.deepEqual(reasons, [
        "/X1/datastore/x1_lun_2: the tag k8s-zone-x1-a could not be attached to it: the datastore is in maintenance",
      ]);
      assert.deepEqual(properties.attachments, {
        ...exampleOutputs.attachments,
        "/X1/datastore/x1_lun_2": "k8s-region-x1",
      });
    });

    it("tells in short that 10,000 objects were refused, and each reason of vCenter's", async () => {
      const paths = Array.from({ length: 10_000 }, (_, index) => {
        vCenter.place(`Datastore:datastore-${index + 100}`, `many_${index}`, "Folder:group-s1");
        return `/X1/datastore/many_${index}`;
      });
      vCenter.refused = (_change, _tag, object) =>
        object === objects.lun1 ? "it is in maintenance" : `no more tags on ${object}`;
      const attachments = tagged({ "k8s-zone-x1-a": [...paths, "/X1/datastore/x1_lun_1"] });
      const given = { ...exampleAttachments, attachments };
      const { reasons } = await failure(provider.create(given));
      const could = "the tag k8s-zone-x1-a could not be attached to it";
      assert.equal(reasons.length, 22);
      assert.deepEqual(reasons.slice(19), [
        `/X1/datastore/many_19: ${could}: no more tags on Datastore:datastore-119`,
        "and 9,980 more of this kind",
        `/X1/datastore/x1_lun_1: ${could}: it is in maintenance`,
      ]);
    });

    it("leaves the engine's line in the state, without which no later call finds the provider", async () => {
      vCenter.refused = () => "no";
      const { properties } = await failure();
      assert.equal((properties as { __provider?: unknown }).__provider, providerCode);
    });

    it("goes on from there in the next up", async () => {
      vCenter.refused = (_change, tag) => (tag === tags.zoneA ? "not now" : undefined);
      const { id, properties } = await failure();
      vCenter.refused = () => undefined;
      const { outs } = await provider.update(id, properties, exampleAttachments);
      assert.deepEqual(outs, exampleOutputs);
      assert.deepEqual(vCenter.attachments(), everything);
    });

    it("does not believe an answer without errors that the second look does not bear out", async () => {
      vCenter.forgetful = true;
      const { properties, reasons } = await failure();
      assert.deepEqual(properties.attachments, {});
      assert.equal(reasons.length, exampleAttached.length);
      const [region] = reasons.filter((reason) => reason.startsWith("/X1: "));
      assert.equal(
        region,
        "/X1: the tag k8s-region-x1 could not be attached to it: vCenter reported no error, but the change is not there",
      );
    });

    it("does the other tags when one call fails, and tells why each object lacks its tag", async () => {
      const refusal = noPermission("attach a tag");
      vCenter.failing = (call) => (call.startsWith(`attach ${tags.zoneB}`) ? refusal : undefined);
      const { properties, reasons } = await failure();
      assert.deepEqual(properties.attachments, {
        "/X1": "k8s-region-x1",
        "/X1/datastore/x1_lun_1": "k8s-region-x1 + k8s-zone-x1-a",
        "/X1/datastore/x1_lun_2": "k8s-region-x1 + k8s-zone-x1-a",
        "/X1/datastore/x1_lun_3": "k8s-region-x1",
        "/X1/host/x1_cluster_prod": "k8s-zone-x1-a",
      });
      const failed =
        "the tag k8s-zone-x1-b could not be attached to it: the call that should do it failed";
      assert.deepEqual(reasons, [
        refusal.message,
        `/X1/datastore/x1_lun_3: ${failed}`,
        `/X1/host/x1_cluster_stage: ${failed}`,
      ]);
    });

    it("keeps a recorded pair that could not be detached, with its tag, until it is gone", async () => {
      const state = await created();
      vCenter.refused = (change) => (change === "detach" ? "not now" : undefined);
      const { "k8s-zone-x1-b": zoneB, ...left } = exampleAttachments.tags;
      const attachments = Object.fromEntries(
        Object.entries(exampleAttachments.attachments).filter(
          ([, on]) => !on.includes("zone-x1-b"),
        ),
      );
      const news = { ...exampleAttachments, tags: left, attachments };
      const { properties: partial } = await failure(provider.update("id", state, news));
      assert.equal(partial.tags["k8s-zone-x1-b"], zoneB);
      assert.equal(partial.attachments["/X1/host/x1_cluster_stage"], "k8s-zone-x1-b");
      vCenter.refused = () => undefined;
      const { outs } = await provider.update("id", partial, news);
      assert.deepEqual(outs.tags, left);
      assert.ok(!vCenter.attachments().some((pair) => pair.endsWith(` ${tags.zoneB}`)));
    });

    it("keeps everything that may be there when vCenter cannot be asked afterwards", async () => {
      let looks = 0;
      vCenter.failing = (call) =>
        call.startsWith("attachedTags") && ++looks > 1 ? noPermission("look again") : undefined;
      const { properties, reasons } = await failure();
      assert.deepEqual(reasons, [noPermission("look again").message]);
      assert.deepEqual(properties.attachments, exampleOutputs.attachments);
    });
  });
});
