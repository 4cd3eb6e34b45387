import assert from "node:assert/strict";

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
  providerCode,
  tags,
} from "../../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withoutPrintedLines, withPrintedLines } from "../../../../support/printedLines";

type Inputs = TagAttachmentsInputs & { readonly __provider: string };
type Outputs = TagAttachmentsOutputs & { readonly __provider: string };

/** The example, of which others made the region's tag and one zone's. */
const used: Inputs = { ...exampleAttachments, existing: ["k8s-region-x1", "k8s-zone-x1-a"] };

/** What others attached with these tags where the stack wants them, and elsewhere. */
const theirs = [`${objects.x1} ${tags.region}`, `${objects.lun1} ${tags.region}`];
const elsewhere = [`${objects.x2} ${tags.region}`, `${objects.root} ${tags.zoneA}`];
const foundPairs = { "/X1": "k8s-region-x1", "/X1/datastore/x1_lun_1": "k8s-region-x1" };

describe("attachments with tags of others", () => {
  withoutPrintedLines();

  let vCenter: InMemoryVCenter;
  let provider: TagAttachmentsProvider;

  beforeEach(() => {
    vCenter = exampleVCenter();
    for (const pair of [...theirs, ...elsewhere]) {
      const [object = "", tag = ""] = pair.split(" ");
      vCenter.attachByHand(tag, object);
    }
    provider = new TagAttachmentsProvider(vCenter.session());
  });

  /** As the engine does it: check, and then create or update where there is something to do. */
  async function up(news: Inputs, state?: Outputs): Promise<{ state: Outputs; lines: string[] }> {
    const { result, lines } = await withPrintedLines(async () => {
      const { inputs, failures } = await provider.check(state ?? {}, news);
      assert.deepEqual(failures, []);
      if (state === undefined) return (await provider.create(inputs)).outs;
      if (!(await provider.diff("id", state, inputs)).changes) return state;
      return (await provider.update("id", state, inputs)).outs;
    });
    return { state: { ...result, __provider: providerCode }, lines };
  }

  const everything = (): string[] =>
    [...new Set([...exampleAttached, ...foreignAttached, ...elsewhere])].sort();

  it("accept what is there, record it as found, and leave it in the end", async () => {
    const before = vCenter.attachments();
    const { state, lines: told } = await up(used);
    // What a first up makes is told by the tests of changes/fromTags.
    const others = told.filter((line) => !/^(?:region|zone) /.test(line));
    assert.deepEqual(others, [
      "k8s-region-x1 is on /X1, /X1/datastore/x1_lun_1 already: it stays there, also after pulumi destroy. If an interrupted " +
        "pulumi up of this stack did that, it is left when the stack ends: docs/operations.md, " +
        '"An up that was interrupted"',
    ]);
    assert.deepEqual(state.found, foundPairs);
    assert.deepEqual(vCenter.attachments(), everything());
    const changes = vCenter.changes().length;
    assert.deepEqual(await up(used, state), { state, lines: [] });
    assert.equal(vCenter.changes().length, changes);
    const { lines } = await withPrintedLines(() => provider.delete("id", state));
    assert.deepEqual(vCenter.attachments(), before);
    assert.deepEqual(lines, [
      "k8s-region-x1 stays on /X1, /X1/datastore/x1_lun_1: it was attached there before this stack",
    ]);
  });

  it("announce nothing of others where it does not belong", async () => {
    vCenter.attachByHand(tags.region, objects.prod);
    const { inputs, failures } = await provider.check({}, used);
    assert.deepEqual(failures, []);
    assert.equal(inputs.announced, undefined);
    const { state } = await up(used);
    assert.ok(vCenter.attachments().includes(`${objects.prod} ${tags.region}`));
    await provider.delete("id", state);
    assert.ok(vCenter.attachments().includes(`${objects.prod} ${tags.region}`));
  });

  it("are a finding where another zone's tag of others is in the way, before anything changes", async () => {
    vCenter.attachByHand(tags.zoneA, objects.lun3);
    const { failures } = await provider.check({}, used);
    assert.equal(failures.length, 1);
    assert.match(
      failures[0]?.reason ?? "",
      /^\/X1\/datastore\/x1_lun_3: it carries the tag k8s-zone-x1-a of category k8s-zone, which this stack did not make/,
    );
    assert.deepEqual(vCenter.changes(), []);
  });

  it("leave a found pair that leaves the configuration, and say so; and take a made one off", async () => {
    const { state } = await up(used);
    const { "/X1": _datacenter, "/X1/datastore/x1_lun_1": _lun1, ...less } = used.attachments;
    const { state: after, lines } = await up({ ...used, attachments: less }, state);
    const left = everything().filter((pair) => pair !== `${objects.lun1} ${tags.zoneA}`);
    assert.deepEqual(vCenter.attachments(), left);
    assert.deepEqual(lines, [
      "k8s-region-x1 stays on /X1, /X1/datastore/x1_lun_1: it was attached there before this stack",
    ]);
    assert.equal(after.found, undefined);
    // Back again, it is still others'.
    assert.deepEqual((await up(used, after)).state.found, foundPairs);
  });

  it("take a pair that somebody took off, and that they attached anew, for their own", async () => {
    const { state } = await up(used);
    vCenter.detachByHand(tags.region, objects.lun1);
    const { state: after } = await up(used, state);
    assert.deepEqual(after.found, { "/X1": "k8s-region-x1" });
    await provider.delete("id", after);
    assert.ok(!vCenter.attachments().includes(`${objects.lun1} ${tags.region}`));
    assert.ok(vCenter.attachments().includes(`${objects.x1} ${tags.region}`));
  });

  it("keep what the stack made when its tags are said to exist, and take it off in the end", async () => {
    for (const pair of theirs) {
      const [object = "", tag = ""] = pair.split(" ");
      vCenter.detachByHand(tag, object);
    }
    const { state } = await up(exampleAttachments);
    const { state: after } = await up(used, state);
    assert.equal(after.found, undefined);
    assert.deepEqual(vCenter.attachments(), everything());
    await provider.delete("id", after);
    assert.deepEqual(vCenter.attachments(), [...foreignAttached, ...elsewhere].sort());
  });

  it("keep what was found when its tags become the stack's, and leave it in the end", async () => {
    const before = vCenter.attachments();
    const { state } = await up(used);
    const { state: after } = await up(exampleAttachments, state);
    assert.deepEqual(after.found, foundPairs);
    await provider.delete("id", after);
    assert.deepEqual(vCenter.attachments(), before);
  });

  it("remember what was found when its tags become the stack's and it leaves the configuration", async () => {
    const before = vCenter.attachments();
    const { state } = await up(used);
    const { state: own } = await up(exampleAttachments, state);
    // The datastore stays in the configuration, with its zone's tag alone.
    const { "/X1/host/x1_cluster_stage": _stage, ...attachments } = exampleAttachments.attachments;
    const less = { ...attachments, "/X1/datastore/x1_lun_1": "k8s-zone-x1-a" };
    const news = { ...exampleAttachments, attachments: less };
    const { state: after } = await up(news, own);
    assert.deepEqual(after.found, foundPairs);
    const left = everything().filter((pair) => pair !== `${objects.stage} ${tags.zoneB}`);
    assert.deepEqual(vCenter.attachments(), left);
    const changes = vCenter.changes().length;
    const { state: again } = await up(news, after);
    assert.deepEqual(again, after);
    assert.equal(vCenter.changes().length, changes);
    await provider.delete("id", again);
    assert.deepEqual(vCenter.attachments(), before);
  });

  it("are read with what was found, so that the next preview still knows", async () => {
    const { state } = await up(used);
    const { inputs } = await provider.read("id", state);
    assert.ok(inputs);
    assert.deepEqual(inputs.found, foundPairs);
    assert.deepEqual(inputs.existing, used.existing);
  });
});
