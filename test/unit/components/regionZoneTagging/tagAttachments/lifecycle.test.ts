import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import { PartialFailure } from "../../../../../components/dynamic/errors";
import {
  joinedTags,
  splitTags,
  type TagAttachmentsOutputs,
} from "../../../../../components/regionZoneTagging/tagAttachments/model";
import { TagAttachmentsProvider } from "../../../../../components/regionZoneTagging/tagAttachments/provider";
import { withPrintedLines } from "../../../../support/printedLines";
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
import { assertFailsUnasked, type InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withoutPointers } from "../../../../support/pointers";

type Outputs = TagAttachmentsOutputs & { readonly __provider: string };

const hiddenLun3 =
  "/X1/datastore/x1_lun_3: vCenter has it, but this account cannot see it, so k8s-region-x1 and k8s-zone-x1-b can neither " +
  "be looked for nor detached: let this account see it (System.View and System.Read on the object and above it), or use " +
  "another account";
const unreadable =
  "this account cannot read the tags k8s-region-x1, k8s-zone-x1-a, k8s-zone-x1-b, so nothing is known of the objects that " +
  "carry them: grant it the role Read-only on tags by a Global Permission (System.Read), or use another account";

describe("attachments that are there", () => {
  let vCenter: InMemoryVCenter;
  let provider: TagAttachmentsProvider;
  let state: Outputs;

  beforeEach(async () => {
    vCenter = exampleVCenter();
    provider = new TagAttachmentsProvider(vCenter.session());
    const { outs } = await provider.create(exampleAttachments);
    state = { ...outs, __provider: providerCode };
    vCenter.calls.length = 0;
  });

  describe("compared at preview", () => {
    const diff = (news: typeof exampleAttachments = exampleAttachments, olds = state) =>
      withPrintedLines(async () => (await provider.diff("id", olds, news)).changes);

    it("differ in nothing after an up, and vCenter was asked", async () => {
      assert.deepEqual(await diff(), { result: false, lines: [] });
      assert.ok(vCenter.calls.some((call) => call.startsWith("attachedTags")));
    });

    for (const [what, by, line] of [
      [
        "a tag that somebody detached",
        () => vCenter.detachByHand(tags.zoneA, objects.lun1),
        "k8s-zone-x1-a is no longer attached to /X1/datastore/x1_lun_1",
      ],
      [
        "a wrong second tag of the stack",
        () => vCenter.attachByHand(tags.zoneB, objects.lun1),
        "k8s-zone-x1-b is attached to /X1/datastore/x1_lun_1, and does not belong there",
      ],
    ] as const) {
      it(`show ${what}, as a sentence`, async () => {
        by();
        assert.deepEqual(await diff(), { result: true, lines: [`vCenter differs: ${line}`] });
      });
    }

    it("are not looked for in another vCenter than that of the state", async () => {
      vCenter.detachByHand(tags.zoneA, objects.lun1);
      const elsewhere = { ...state, vCenter: "uuid-of-another" };
      assert.deepEqual(await diff(exampleAttachments, elsewhere), { result: false, lines: [] });
      assert.deepEqual(await provider.read("id", elsewhere), { id: "id", props: elsewhere });
    });

    describe("where another object has the path of a recorded one", () => {
      const another = "Datastore:datastore-99";
      const lun1 = "/X1/datastore/x1_lun_1";

      beforeEach(() => {
        vCenter.place(another, "x1_lun_1", "Folder:group-s1");
        vCenter.attachByHand(tags.zoneA, another);
      });

      it("differ when the recorded one is gone, and nothing is detached from the other", async () => {
        vCenter.unregister(objects.lun1);
        assert.deepEqual(await diff(), {
          result: true,
          lines: [`vCenter differs: ${lun1}: another object has this path in vCenter now`],
        });
        await provider.delete("id", state);
        assert.ok(vCenter.attachments().includes(`${another} ${tags.zoneA}`));
      });

      it("are hidden when the recorded one is, and nothing is detached from the other", async () => {
        vCenter.hide(objects.lun1);
        const message = await messageOf(provider.delete("id", state));
        assert.ok(message.startsWith(`${lun1}: vCenter has it, but this account `), message);
        assert.deepEqual(vCenter.changes(), []);
      });
    });

    it("keep the recorded path of an object below a hidden folder: nobody renamed it", async () => {
      vCenter.hide("Folder:group-s1");
      assert.deepEqual(await diff(), { result: false, lines: [] });
      const { inputs } = await provider.read("id", state);
      assert.deepEqual(inputs?.attachments, state.attachments);
    });

    it("show nothing of what others do with their tags", async () => {
      vCenter.detachByHand(tags.backup, objects.lun1);
      vCenter.attachByHand(tags.backup, objects.lun2);
      assert.deepEqual(await diff(), { result: false, lines: [] });
    });

    it("tell at most 20 differences of a kind one by one, and hide no other kind", async () => {
      const paths = Array.from({ length: 25 }, (_, index) => {
        vCenter.place(`Datastore:datastore-${index + 100}`, `many_${index}`, "Folder:group-s1");
        return `/X1/datastore/many_${index}`;
      });
      const news = { ...exampleAttachments, attachments: tagged({ "k8s-region-x1": paths }) };
      const { outs } = await provider.create(news);
      for (const pair of vCenter.attachments()) {
        vCenter.detachByHand(tags.region, pair.split(" ")[0] ?? "");
      }
      vCenter.attachByHand(tags.zoneB, "Datastore:datastore-124");
      const { result, lines } = await diff(news, { ...outs, __provider: providerCode });
      assert.equal(result, true);
      assert.equal(lines.length, 22);
      assert.deepEqual(lines.slice(20), [
        "and 5 more of this kind",
        "vCenter differs: k8s-zone-x1-b is attached to /X1/datastore/many_24, and does not belong there",
      ]);
    });

    it("differ as long as the state tells of drift, also when somebody has mended it since", async () => {
      const drifted = { ...state, drift: ["k8s-region-x1 is no longer attached to /X1"] };
      assert.equal((await diff(exampleAttachments, drifted)).result, true);
      const { outs } = await provider.update("id", drifted, exampleAttachments);
      assert.deepEqual(outs.drift, []);
    });

    it("differ in objects, ids, what is unknown and the provider's line, and not in the order of objects", async () => {
      const given = exampleAttachments;
      const { "/X1/datastore/x1_lun_2": second = "", ...others } = given.attachments;
      const inOtherOrder = { "/X1/datastore/x1_lun_2": second, ...others };
      for (const [differs, news, olds] of [
        [false, { ...given, attachments: inOtherOrder }, state],
        [true, { ...given, attachments: others }, state],
        [true, { ...given, categories: { ...given.categories, "k8s-zone": "urn:new" } }, state],
        [true, { ...given, tags: { ...given.tags, "k8s-zone-x1-a": unknownValue } }, state],
        [true, given, { ...state, __provider: "older" }],
      ] as const) {
        assert.equal((await diff(news, olds)).result, differs);
      }
    });

    it("fail the preview when vCenter cannot be asked, with the reason and no stack", async () => {
      await assertFailsUnasked(vCenter, diff);
    });
  });

  describe("of a zone and a region whose tags are renamed", () => {
    const inNewWords = (text: string): string =>
      text.replace("k8s-zone-x1-a", "new").replace("k8s-region-x1", "region");
    const renamed = {
      ...exampleAttachments,
      tags: { region: tags.region, new: tags.zoneA, "k8s-zone-x1-b": tags.zoneB },
      attachments: Object.fromEntries(
        Object.entries(exampleAttachments.attachments).map(([path, names]) => [
          path,
          joinedTags(splitTags(names).map(inNewWords)),
        ]),
      ),
      protect: true,
    };

    it("are no detaching in the check, also of a protected stack", async () => {
      const { categories, tags: tagIds, attachments } = exampleAttachments;
      const { result, lines } = await withPrintedLines(() =>
        provider.check({ categories, tags: tagIds, attachments }, renamed),
      );
      assert.deepEqual([result.failures, lines], [[], []]);
    });

    it("are a sentence and a warning each in the preview", async () => {
      const { result, lines } = await withPrintedLines(() => provider.diff("id", state, renamed));
      assert.equal(result.changes, true);
      assert.deepEqual(
        lines.map((line) => line.split(": ").slice(0, 2).join(": ")),
        [
          "region k8s-region-x1 is renamed to region",
          "zone k8s-zone-x1-a is renamed to new",
          "warning: region k8s-region-x1 becomes region",
          "warning: zone k8s-zone-x1-a becomes new",
        ],
      );
    });

    it("stay where they are, and the state has their new names alone", async () => {
      const { outs } = await provider.update("id", state, renamed);
      assert.deepEqual(vCenter.changes(), []);
      assert.deepEqual([outs.tags, outs.attachments], [renamed.tags, renamed.attachments]);
      const olds = { ...outs, __provider: providerCode };
      const { result, lines } = await withPrintedLines(() => provider.diff("id", olds, renamed));
      assert.deepEqual([result.changes, lines], [false, []]);
    });
  });

  describe("read in a refresh", () => {
    let lines: string[];
    const read = async () => {
      const printed = await withPrintedLines(() => provider.read("id", state));
      ({ lines } = printed);
      return printed.result;
    };

    it("are as the state says when nobody changed anything, without the tags of others", async () => {
      const { categories, tags: tagIds, attachments } = exampleAttachments;
      const inputs = { categories, tags: tagIds, attachments };
      assert.deepEqual(await read(), { id: "id", props: state, inputs });
      assert.deepEqual(lines, []);
      assert.ok(!JSON.stringify([state, inputs]).includes(tags.backup));
    });

    it("stay recorded when they drifted, with a sentence for each difference", async () => {
      vCenter.detachByHand(tags.zoneA, objects.lun1);
      vCenter.attachByHand(tags.zoneA, objects.lun3);
      const { id, props, inputs } = await read();
      assert.equal(id, "id");
      assert.deepEqual(props, {
        ...state,
        drift: [
          "k8s-zone-x1-a is no longer attached to /X1/datastore/x1_lun_1",
          "k8s-zone-x1-a is attached to /X1/datastore/x1_lun_3, and does not belong there",
        ],
      });
      assert.deepEqual(
        lines,
        props.drift.map((sentence) => `vCenter differs: ${sentence}`),
        "the preview shows them",
      );
      assert.deepEqual(inputs?.attachments, {
        ...state.attachments,
        "/X1/datastore/x1_lun_1": "k8s-region-x1",
      });
      const afterRefresh = { ...props, __provider: providerCode };
      assert.equal((await provider.diff("id", afterRefresh, exampleAttachments)).changes, true);
    });

    it("are not gone even if every tag was detached: nothing recorded is lost", async () => {
      for (const pair of exampleAttached) {
        const [key = "", tag = ""] = pair.split(" ");
        vCenter.detachByHand(tag, key);
      }
      const { id, props } = await read();
      assert.equal(id, "id");
      assert.deepEqual(props.attachments, state.attachments);
      assert.equal(props.drift.length, exampleAttached.length);
    });

    it("keep an object that cannot be found now", async () => {
      vCenter.unregister(objects.lun3);
      const { props, inputs } = await read();
      assert.deepEqual(props.attachments, state.attachments);
      assert.deepEqual(inputs?.attachments, state.attachments);
    });

    it("say where an object is that was renamed, and nothing else of it", async () => {
      vCenter.rename(objects.lun3, "renamed");
      const renamed =
        "/X1/datastore/x1_lun_3 was renamed or moved: it is /X1/datastore/renamed in vCenter now";
      const { props } = await read();
      assert.deepEqual([props.drift, lines], [[renamed], [`vCenter differs: ${renamed}`]]);
      vCenter.detachByHand(tags.zoneB, objects.lun3);
      const drift = [renamed, "k8s-zone-x1-b is no longer attached to /X1/datastore/renamed"];
      assert.deepEqual((await read()).props.drift, drift);
    });

    it("keep an object that is only hidden from this account, and say so", async () => {
      vCenter.hide(objects.lun3);
      const { props, inputs } = await read();
      assert.deepEqual([props, inputs?.attachments], [state, state.attachments]);
      assert.deepEqual(lines, [hiddenLun3]);
    });

    it("fail when the account may not read tags: what it does not see is not gone", async () => {
      vCenter.tagsAreReadable = false;
      for (const asked of [read(), provider.diff("id", state, exampleAttachments)]) {
        assert.equal(await messageOf(asked), unreadable);
      }
    });
  });

  describe("deleted", () => {
    it("leave what others attached, and nothing of the stack, also with an object that is gone", async () => {
      vCenter.unregister(objects.stage);
      await provider.delete("id", state);
      assert.deepEqual(vCenter.attachments(), foreignAttached);
    });

    it("leave the stack's tags on objects that it did not record", async () => {
      const [onRoot, onLun3] = [`${objects.root} ${tags.zoneA}`, `${objects.lun3} ${tags.zoneA}`];
      vCenter.attachByHand(tags.zoneA, objects.root);
      vCenter.detachByHand(tags.zoneB, objects.lun3);
      vCenter.attachByHand(tags.zoneA, objects.lun3);
      await provider.delete("id", state);
      assert.deepEqual(vCenter.attachments(), [...foreignAttached, onRoot, onLun3].sort());
    });

    it("are detached from an object that was renamed, and not from one that took its name", async () => {
      vCenter.rename(objects.lun1, "renamed");
      const another = "Datastore:datastore-77";
      vCenter.place(another, "x1_lun_1", "Folder:group-s1");
      vCenter.attachByHand(tags.zoneA, another);
      await provider.delete("id", state);
      const kept = `${another} ${tags.zoneA}`;
      assert.deepEqual(vCenter.attachments(), [...foreignAttached, kept].sort());
    });

    it("fail when an object is hidden from this account, or tags are: they may still be there", async () => {
      vCenter.hide(objects.lun3);
      assert.equal(await messageOf(provider.delete("id", state)), hiddenLun3);
      vCenter.showAll();
      vCenter.tagsAreReadable = false;
      assert.equal(await messageOf(provider.delete("id", state)), unreadable);
      assert.deepEqual(vCenter.changes(), []);
    });

    it("fail when one could not be detached, so that the engine keeps the resource", async () => {
      vCenter.refused = (_change, _tag, object) => (object === objects.x1 ? "not now" : undefined);
      const error = await thrownBy(provider.delete("id", state));
      assert.ok(error instanceof PartialFailure);
      assert.deepEqual(error.reasons.map(withoutPointers), [
        "/X1: the tag k8s-region-x1 could not be detached from it: not now",
      ]);
      await thrownBy(provider.delete("id", state));
      vCenter.refused = () => undefined;
      await provider.delete("id", state);
      assert.deepEqual(vCenter.attachments(), foreignAttached);
    });
  });
});
