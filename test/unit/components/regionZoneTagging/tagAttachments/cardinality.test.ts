import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import { TagAttachmentsProvider } from "../../../../../components/regionZoneTagging/tagAttachments/provider";
import type { TagAttachmentsInputs } from "../../../../../components/regionZoneTagging/tagAttachments/model";
import { withPrintedLines } from "../../../../support/printedLines";
import { messageOf } from "../../../../support/thrownBy";
import {
  categories,
  exampleAttachments,
  exampleVCenter,
  objects,
  tags,
} from "../../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withoutPointers } from "../../../../support/pointers";

const zones = ["k8s-zone-x1-a", "k8s-zone-x1-b"];
const multiple = { "k8s-zone": zones };
const lun1 = "/X1/datastore/x1_lun_1";
const price =
  "That cannot be undone, and vCenter then no longer refuses a second zone tag on a cluster, whoever attaches it, which stops " +
  "the CSI driver";
const command = "govc tags.category.update -m=true 'k8s-zone'";
const given = (first: string, second: string): string =>
  `the configuration gives it the tags ${first} and ${second}`;
const foreign = (path: string): RegExp =>
  new RegExp(`^${path}: it carries the tag zone-of-others of category k8s-zone, which this stack `);

type Changes = Partial<TagAttachmentsInputs>;

/** A datastore of the first zone is in the second one too. */
const shared: Changes = {
  attachments: {
    ...exampleAttachments.attachments,
    [lun1]: "k8s-region-x1 + k8s-zone-x1-a + k8s-zone-x1-b",
  },
};

describe("how many tags of a category an object carries", () => {
  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = exampleVCenter();
  });

  /** The zone category as somebody made or widened it. */
  function widen(): void {
    vCenter.addCategory(categories.zone, "k8s-zone", "MULTIPLE");
  }

  /** What a preview fails on, and what it says. */
  async function preview(
    inputs: Changes,
    olds: Changes = {},
  ): Promise<{
    readonly faults: string[];
    readonly told: string[];
    readonly checked: TagAttachmentsInputs;
  }> {
    const provider = new TagAttachmentsProvider(vCenter.session());
    const { result, lines } = await withPrintedLines(() =>
      provider.check(olds, { ...exampleAttachments, ...inputs }),
    );
    const faults = result.failures.map(({ reason }) => withoutPointers(reason));
    // What a first up makes is told by the tests of changes/fromTags.
    const told = lines.filter((line) => !/^(?:region|zone) /.test(line));
    return { faults, told, checked: result.inputs };
  }

  it("a datastore may be in several zones when the zone category is MULTIPLE", async () => {
    widen();
    const { faults, told, checked } = await preview({ ...shared, multiple });
    assert.deepEqual([faults, told], [[], []]);
    assert.deepEqual(checked.attachments, shared.attachments);
  });

  it("and when the category is still to be created as MULTIPLE", async () => {
    vCenter.categories.clear();
    vCenter.tags.clear();
    const unknown = (ids: Readonly<Record<string, string>>): Record<string, string> =>
      Object.fromEntries(Object.keys(ids).map((name) => [name, unknownValue]));
    const { faults, told } = await preview({
      ...shared,
      categories: unknown(exampleAttachments.categories),
      tags: unknown(exampleAttachments.tags),
      multiple,
    });
    assert.deepEqual([faults, told], [[], []]);
  });

  it("a category that is SINGLE in vCenter is a fault with the command, the zones and what cannot be undone", async () => {
    const { faults, told } = await preview({ ...shared, multiple });
    assert.deepEqual(faults, [
      `${lun1}: it is in the zones k8s-zone-x1-a and k8s-zone-x1-b, and the category k8s-zone takes one tag on each object in ` +
        "vCenter (SINGLE), which would refuse the second: list it in one zone only, or widen the category: " +
        `${command}. ${price}`,
    ]);
    assert.deepEqual(told, []);
  });

  it("the command has the name that vCenter has, in its own case", async () => {
    vCenter.addCategory(categories.zone, "K8S-Zone");
    const { faults } = await preview({ ...shared, multiple });
    assert.match(faults[0] ?? "", /govc tags\.category\.update -m=true 'K8S-Zone'/);
  });

  it("also for zones whose tags are still to be created", async () => {
    const { faults } = await preview({
      ...shared,
      tags: { ...exampleAttachments.tags, "k8s-zone-x1-b": unknownValue },
      multiple,
    });
    assert.ok(
      faults.some((fault) => fault.startsWith(`${lun1}: it is in the zones `)),
      faults.join("\n"),
    );
  });

  it("a SINGLE category that no datastore needs wider is only told", async () => {
    const { faults, told } = await preview({ multiple });
    assert.deepEqual(faults, []);
    assert.deepEqual(told, [
      "categories.zone.cardinality is MULTIPLE, and the category k8s-zone takes one tag on each object in vCenter (SINGLE): " +
        `before a datastore can be listed in a second zone, widen it: ${command}. ${price}`,
    ]);
  });

  it("a category that was MULTIPLE for this stack and is SINGLE in the configuration stays, and that is told once", async () => {
    widen();
    const { faults, told } = await preview({}, { ...exampleAttachments, multiple });
    assert.deepEqual(faults, []);
    assert.deepEqual(told, [
      "the category k8s-zone stays MULTIPLE in vCenter, which never narrows one; with categories.zone.cardinality: SINGLE this " +
        "stack attaches one zone tag to each object, and refuses tags of others on its datastores",
    ]);
    assert.deepEqual((await preview({}, exampleAttachments)).told, []);
  });

  it("of one that is MULTIPLE as before, and of one under a new name, nothing is told", async () => {
    widen();
    const before = { ...exampleAttachments, multiple };
    assert.deepEqual((await preview({ ...shared, multiple }, before)).told, []);
    assert.deepEqual((await preview({}, { ...before, multiple: { before: zones } })).told, []);
  });

  it("of one that was never widened in vCenter, nothing is told", async () => {
    const olds = { ...exampleAttachments, multiple };
    assert.deepEqual((await preview({}, olds)).told, []);
  });

  describe("two zone tags on a cluster are refused although the category is MULTIPLE", () => {
    const prod = "/X1/host/x1_cluster_prod";

    beforeEach(widen);

    it("by two spellings of one cluster", async () => {
      const attachments = { "X1/host/x1_cluster_prod": "k8s-zone-x1-b", [prod]: "k8s-zone-x1-a" };
      const { faults } = await preview({ attachments, multiple });
      assert.deepEqual(faults, [
        `${prod}: ${given("k8s-zone-x1-a", "k8s-zone-x1-b")}, and a cluster with two zone tags stops the CSI driver: give each ` +
          "zone its own cluster, or merge the zones",
      ]);
    });

    it("by a tag of others", async () => {
      vCenter.attachByHand(tags.foreignZone, objects.prod);
      const { faults } = await preview({ multiple });
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? "", foreign(prod));
    });

    it("by a tag of others that came after the preview: nothing is changed", async () => {
      vCenter.attachByHand(tags.foreignZone, objects.prod);
      const provider = new TagAttachmentsProvider(vCenter.session());
      const message = await messageOf(provider.create({ ...exampleAttachments, multiple }));
      assert.match(message, foreign(prod));
      assert.deepEqual(vCenter.changes(), []);
    });

    it("by another tag of the stack, which is detached as it is from a datastore", async () => {
      vCenter.attachByHand(tags.zoneB, objects.prod);
      vCenter.attachByHand(tags.zoneB, objects.lun2);
      const { faults, told } = await preview({ multiple });
      assert.deepEqual(faults, []);
      assert.deepEqual(told, [
        `k8s-zone-x1-b will be detached from /X1/datastore/x1_lun_2, ${prod}: it does not belong there, and the state does not ` +
          "say that this stack attached it",
      ]);
    });
  });

  it("two region tags on a datacenter are refused", async () => {
    const { faults } = await preview({
      tags: { ...exampleAttachments.tags, other: "urn:tag:other" },
      attachments: { ...exampleAttachments.attachments, X1: "other" },
    });
    assert.deepEqual(faults, [
      `/X1: ${given("k8s-region-x1", "other")}, and Deckhouse takes a datacenter with one region tag only: give each region ` +
        "its own datacenter, or merge the regions",
    ]);
  });

  it("two spellings of a datastore in two zones are refused while the option is SINGLE", async () => {
    const attachments = {
      ...exampleAttachments.attachments,
      "X1/datastore/x1_lun_1": "k8s-region-x1 + k8s-zone-x1-b",
    };
    const { faults } = await preview({ attachments });
    assert.deepEqual(faults, [
      `${lun1}: the configuration gives it the tags k8s-region-x1 and k8s-zone-x1-a and k8s-zone-x1-b, and a datastore can ` +
        `carry only one zone tag: list it in one zone only, or write categories.zone.cardinality: MULTIPLE. ${price}`,
    ]);
  });

  describe("a tag of others, of the zone category, on a datastore", () => {
    for (const [option, actual, isConflict] of [
      ["SINGLE", "SINGLE", true],
      ["SINGLE", "MULTIPLE", true],
      ["MULTIPLE", "SINGLE", true],
      ["MULTIPLE", "MULTIPLE", false],
    ] as const) {
      const what = isConflict ? "is in the way" : "is left alone";
      it(`${what} when the option is ${option} and the category ${actual}`, async () => {
        vCenter.addCategory(categories.zone, "k8s-zone", actual);
        vCenter.attachByHand(tags.foreignZone, objects.lun3);
        const { faults } = await preview(option === "MULTIPLE" ? { multiple } : {});
        assert.deepEqual(
          faults.map((fault) => foreign("/X1/datastore/x1_lun_3").test(fault)),
          isConflict ? [true] : [],
        );
      });
    }

    it("of the region category is in the way also then", async () => {
      widen();
      vCenter.addTag("urn:tag:foreign-region", "region-of-others", categories.region);
      vCenter.attachByHand("urn:tag:foreign-region", objects.lun3);
      const { faults } = await preview({ multiple });
      assert.equal(faults.length, 1);
      assert.match(
        faults[0] ?? "",
        /x1_lun_3: it carries the tag region-of-others of category k8s-r/,
      );
    });
  });
});
