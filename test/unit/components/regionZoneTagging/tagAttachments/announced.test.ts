import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import { PartialFailure, ProviderError } from "../../../../../components/dynamic/errors";
import type {
  TagAttachmentsInputs,
  TagAttachmentsOutputs,
} from "../../../../../components/regionZoneTagging/tagAttachments/model";
import { TagAttachmentsProvider } from "../../../../../components/regionZoneTagging/tagAttachments/provider";
import {
  exampleAttached,
  exampleAttachments,
  exampleVCenter,
  foreignAttached,
  objects,
  tags,
} from "../../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../../support/printedLines";
import { thrownBy } from "../../../../support/thrownBy";
import { withoutPointers } from "../../../../support/pointers";

const because = "it does not belong there, and the state does not say that this stack attached it";
const zoneBOn = (path: string): string => `k8s-zone-x1-b will be detached from ${path}: ${because}`;

/** The example without its second zone, whose objects the first one takes. */
const { "k8s-zone-x1-b": _zoneB, ...leftTags } = exampleAttachments.tags;
const zoneRenamed: typeof exampleAttachments = {
  ...exampleAttachments,
  tags: { ...leftTags, "k8s-zone-x1-c": unknownValue },
  attachments: {
    ...exampleAttachments.attachments,
    "/X1/datastore/x1_lun_3": "k8s-region-x1 + k8s-zone-x1-c",
    "/X1/host/x1_cluster_stage": "k8s-zone-x1-c",
  },
};

const everything = [...exampleAttached, ...foreignAttached].sort();

describe("what a preview says will be detached", () => {
  let vCenter: InMemoryVCenter;
  let provider: TagAttachmentsProvider;

  beforeEach(() => {
    vCenter = exampleVCenter();
    provider = new TagAttachmentsProvider(vCenter.session());
  });

  async function partialFailure(attempt: Promise<unknown>): Promise<PartialFailure> {
    const error = await thrownBy(attempt);
    assert.ok(error instanceof PartialFailure);
    return error;
  }

  /** The inputs after a preview without findings, and what it said. */
  async function checked(
    news: TagAttachmentsInputs = exampleAttachments,
    olds: Partial<TagAttachmentsInputs> = {},
  ): Promise<{ inputs: TagAttachmentsInputs; lines: string[] }> {
    const { result, lines } = await withPrintedLines(() => provider.check(olds, news));
    assert.deepEqual(result.failures, []);
    assert.deepEqual(vCenter.changes(), []);
    // What a first up makes is told by the tests of changes/fromTags.
    const told = lines.filter((line) => !/^(?:region|zone) /.test(line));
    return { inputs: result.inputs, lines: told };
  }

  async function created(): Promise<TagAttachmentsOutputs> {
    const { outs } = await provider.create(exampleAttachments);
    vCenter.calls.length = 0;
    return outs;
  }

  it("is said of a tag of the stack that hangs on another of its objects, before the first up", async () => {
    vCenter.attachByHand(tags.zoneB, objects.lun2);
    vCenter.attachByHand(tags.zoneB, objects.lun1);
    const { inputs, lines } = await checked();
    assert.deepEqual(lines, [zoneBOn("/X1/datastore/x1_lun_1, /X1/datastore/x1_lun_2")]);
    await provider.create(inputs);
    assert.deepEqual(vCenter.attachments(), everything);
  });

  it("is nothing when nothing has to go, and then stands nowhere", async () => {
    const { inputs, lines } = await checked();
    assert.deepEqual([inputs, lines], [exampleAttachments, []]);
    const { outs } = await provider.create(inputs);
    assert.ok(!("announced" in outs));
  });

  it("does not name what the state recorded: that goes because the configuration changed", async () => {
    await created();
    assert.deepEqual((await checked(zoneRenamed, exampleAttachments)).lines, []);
  });

  it("is not said when the preview fails", async () => {
    vCenter.attachByHand(tags.zoneB, objects.lun1);
    vCenter.unregister(objects.lun2);
    const { result, lines } = await withPrintedLines(() => provider.check({}, exampleAttachments));
    assert.equal(result.failures.length, 1);
    assert.deepEqual(lines, []);
  });

  describe("and nothing else goes", () => {
    it("when a tag was attached after the preview: its object stays as it is, all others are done", async () => {
      const { inputs } = await checked();
      vCenter.attachByHand(tags.zoneB, objects.lun1);
      const error = await partialFailure(provider.create(inputs));
      const wrong = `${objects.lun1} ${tags.zoneB}`;
      const done = exampleAttached.filter((pair) => !pair.startsWith(`${objects.lun1} `));
      assert.deepEqual(vCenter.attachments(), [...done, ...foreignAttached, wrong].sort());
      vCenter.calls.length = 0;
      const again = await checked(exampleAttachments, inputs);
      assert.deepEqual(again.lines, [zoneBOn("/X1/datastore/x1_lun_1")]);
      await provider.update(error.id, error.properties as TagAttachmentsOutputs, again.inputs);
      assert.deepEqual(vCenter.attachments(), everything);
    });

    it("when another object took the path of the announced one", async () => {
      vCenter.attachByHand(tags.zoneB, objects.lun1);
      const { inputs } = await checked();
      vCenter.rename(objects.lun1, "renamed");
      vCenter.place("Datastore:datastore-77", "x1_lun_1", "Folder:group-s1");
      await provider.create(inputs);
      assert.ok(vCenter.attachments().includes(`${objects.lun1} ${tags.zoneB}`));
    });
  });

  describe("when a zone is renamed while somebody moved its tag to another object", () => {
    let state: TagAttachmentsOutputs;
    let news: TagAttachmentsInputs;

    beforeEach(async () => {
      state = await created();
      vCenter.detachByHand(tags.zoneA, objects.lun2);
      vCenter.attachByHand(tags.zoneB, objects.lun2);
      const { inputs, lines } = await checked(zoneRenamed, exampleAttachments);
      assert.deepEqual(lines, [zoneBOn("/X1/datastore/x1_lun_2")]);
      const zoneC = ["urn:tag:zone-x1-c", "k8s-zone-x1-c"] as const;
      vCenter.addTag(...zoneC, exampleAttachments.categories["k8s-zone"] ?? "");
      news = { ...inputs, tags: { ...leftTags, "k8s-zone-x1-c": "urn:tag:zone-x1-c" } };
    });

    it("is detached first: the tag is the stack's until it is gone", async () => {
      const { outs } = await provider.update("id", state, news);
      assert.ok(!vCenter.attachments().some((pair) => pair.endsWith(` ${tags.zoneB}`)));
      assert.ok(vCenter.attachments().includes(`${objects.lun2} ${tags.zoneA}`));
      assert.deepEqual(outs.tags, news.tags);
    });

    it("is still the stack's in the next up, when it could not be detached in the first", async () => {
      vCenter.refused = (...refused) =>
        refused.join(" ") === `detach ${tags.zoneB} ${objects.lun2}` ? "not now" : undefined;
      const error = await partialFailure(provider.update("id", state, news));
      const partial = error.properties as TagAttachmentsOutputs;
      assert.equal(partial.tags["k8s-zone-x1-b"], tags.zoneB);
      vCenter.refused = () => undefined;
      vCenter.calls.length = 0;
      const again = await checked({ ...zoneRenamed, tags: news.tags }, news);
      assert.deepEqual(again.lines, [zoneBOn("/X1/datastore/x1_lun_2")]);
      const { outs } = await provider.update("id", partial, again.inputs);
      assert.ok(vCenter.attachments().includes(`${objects.lun2} ${tags.zoneA}`));
      assert.deepEqual(outs.tags, news.tags);
    });
  });

  describe("under protection", () => {
    const {
      "/X1/datastore/x1_lun_2": _lun2,
      "/X1/host/x1_cluster_stage": _stage,
      ...fewer
    } = exampleAttachments.attachments;
    const smaller = { ...exampleAttachments, protect: true, attachments: fewer };
    const refusal =
      "protect: found true: this change would detach k8s-region-x1 from /X1/datastore/x1_lun_2; k8s-zone-x1-a from " +
      "/X1/datastore/x1_lun_2; k8s-zone-x1-b from /X1/host/x1_cluster_stage: leave these objects where they are in the " +
      "configuration, or set protect to false, run pulumi up, and make the change then";

    it("is never what the state recorded: the preview refuses, with all pairs that would go", async () => {
      await created();
      const { failures } = await provider.check(exampleAttachments, smaller);
      assert.deepEqual(
        failures.map(({ reason }) => withoutPointers(reason)),
        [refusal],
      );
    });

    it("is never what the state recorded: up refuses too, before it changes anything", async () => {
      const error = await thrownBy(provider.update("id", await created(), smaller));
      assert.ok(error instanceof ProviderError && !(error instanceof PartialFailure));
      assert.equal(withoutPointers(error.message), refusal);
      assert.deepEqual(vCenter.changes(), []);
    });

    it("may be a wrong tag in the place of a right one", async () => {
      const state = await created();
      vCenter.detachByHand(tags.zoneA, objects.lun1);
      vCenter.attachByHand(tags.zoneB, objects.lun1);
      const isProtected = { ...exampleAttachments, protect: true };
      const { inputs } = await checked(isProtected, exampleAttachments);
      await provider.update("id", state, inputs);
      assert.deepEqual(vCenter.attachments(), everything);
    });

    it("does not stop pairs from being added, nor those that somebody detached from leaving", async () => {
      await created();
      vCenter.detachByHand(tags.region, objects.lun2);
      vCenter.detachByHand(tags.zoneA, objects.lun2);
      vCenter.detachByHand(tags.zoneB, objects.stage);
      await checked(smaller, exampleAttachments);
    });
  });

  it("loses no pair of an account that may attach tags and may not read them, and says so", async () => {
    vCenter.tagsAreReadable = false;
    const { message, properties } = await partialFailure(provider.create(exampleAttachments));
    assert.match(message, /^this account cannot read the tags k8s-region-x1, .*: grant it [^\n]*$/);
    const { attachments } = properties as TagAttachmentsOutputs;
    assert.deepEqual(attachments, exampleAttachments.attachments);
  });
});
