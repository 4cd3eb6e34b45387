import assert from "node:assert/strict";

import {
  firstTaggingTexts,
  taggingTexts,
  topologyIn,
} from "../../../../../components/regionZoneTagging/changes/fromTags";
import type { TagsByPath } from "../../../../../components/regionZoneTagging/changes/model";
import { splitTags } from "../../../../../components/regionZoneTagging/tagAttachments/model";
import { exampleAttachments } from "../../../../support/exampleVCenter";

const lun = (number: number): string => `/X1/datastore/x1_lun_${number}`;
const [inA, inB] = ["k8s-region-x1 + k8s-zone-x1-a", "k8s-region-x1 + k8s-zone-x1-b"] as const;
const prod = "/X1/host/x1_cluster_prod";
const stage = "/X1/host/x1_cluster_stage";

/** The example with other tags on some objects, and without those that have none. */
function placed(changes: Readonly<Record<string, string | undefined>> = {}): TagsByPath {
  return tagsOf({ ...exampleAttachments.attachments, ...changes });
}

function tagsOf(objects: Readonly<Record<string, string | undefined>>): TagsByPath {
  return new Map(
    Object.entries(objects).flatMap(([path, tags]) =>
      tags === undefined ? [] : [[path, new Set(splitTags(tags))] as const],
    ),
  );
}

/** The start of a warning, up to its consequence. */
function shortened(text: string): string {
  return text.startsWith("warning: ") ? text.split(": ").slice(0, 2).join(": ") : text;
}

describe("what a preview says of regions and zones", () => {
  it("is nothing when their objects stay", () => {
    assert.deepEqual(taggingTexts(placed(), placed()), []);
  });

  for (const [what, changes, expected] of [
    [
      "a datastore moves",
      { [lun(3)]: inA },
      [
        "zone k8s-zone-x1-a gains datastore /X1/datastore/x1_lun_3 (from k8s-zone-x1-b)",
        "warning: datastore /X1/datastore/x1_lun_3 leaves zone k8s-zone-x1-b for k8s-zone-x1-a",
      ],
    ],
    [
      "a datastore comes",
      { [lun(4)]: inB },
      ["zone k8s-zone-x1-b gains datastore /X1/datastore/x1_lun_4"],
    ],
    [
      "a datastore goes",
      { [lun(3)]: undefined },
      [
        "zone k8s-zone-x1-b loses datastore /X1/datastore/x1_lun_3",
        "warning: datastore /X1/datastore/x1_lun_3 leaves zone k8s-zone-x1-b",
      ],
    ],
    [
      "a datastore of one zone is in two",
      { [lun(1)]: `${inA} + k8s-zone-x1-b` },
      ["zone k8s-zone-x1-b gains datastore /X1/datastore/x1_lun_1"],
    ],
    [
      "a zone comes",
      { [lun(4)]: "k8s-region-x1 + k8s-zone-x1-c", "/X1/host/third": "k8s-zone-x1-c" },
      ["zone k8s-zone-x1-c is new in region k8s-region-x1: cluster /X1/host/third and 1 datastore"],
    ],
    [
      "a zone goes",
      { [lun(3)]: undefined, [stage]: undefined },
      [
        "zone k8s-zone-x1-b of region k8s-region-x1 goes",
        "warning: zone k8s-zone-x1-b is removed from region k8s-region-x1",
      ],
    ],
    [
      "another zone takes the cluster of one that goes",
      {
        [stage]: "k8s-zone-x1-c",
        [lun(3)]: "k8s-region-x1 + k8s-zone-x1-c",
      },
      [
        `zone k8s-zone-x1-c is new in region k8s-region-x1: cluster ${stage} and 1 datastore`,
        "zone k8s-zone-x1-b of region k8s-region-x1 goes",
        "warning: zone k8s-zone-x1-b goes, and zone k8s-zone-x1-c takes its cluster",
      ],
    ],
    [
      "a new zone takes the cluster of one that moves",
      { [stage]: "k8s-zone-x1-c", "/X1/host/third": "k8s-zone-x1-b" },
      [
        `zone k8s-zone-x1-b moves from cluster ${stage} to /X1/host/third`,
        `zone k8s-zone-x1-c is new in region k8s-region-x1: cluster ${stage} and 0 datastores`,
        "warning: zone k8s-zone-x1-b moves to cluster /X1/host/third",
      ],
    ],
    [
      "two zones exchange their clusters",
      { [prod]: "k8s-zone-x1-b", [stage]: "k8s-zone-x1-a" },
      [
        `zone k8s-zone-x1-a moves from cluster ${prod} to ${stage}`,
        `zone k8s-zone-x1-b moves from cluster ${stage} to ${prod}`,
        `warning: zone k8s-zone-x1-a moves to cluster ${stage}`,
        `warning: zone k8s-zone-x1-b moves to cluster ${prod}`,
      ],
    ],
    [
      "a region comes",
      { "/X2": "k8s-region-x2", "/X2/host/one": "k8s-zone-x2-a" },
      ["region k8s-region-x2 is new on datacenter /X2, with 1 zone and 0 datastores"],
    ],
  ] as const) {
    it(`is a sentence, and a warning where a cluster may be harmed, when ${what}`, () => {
      assert.deepEqual(taggingTexts(placed(), placed(changes)).map(shortened), expected);
    });
  }

  it("has what each zone gains when two regions exchange their datacenters", () => {
    const [x1, x2] = ["/X1/datastore/a", "/X2/datastore/a"];
    const before = {
      ...{ "/X1": "x1", "/X1/host/c": "x1-a", [x1]: "x1 + x1-a" },
      ...{ "/X2": "x2", "/X2/host/c": "x2-a", [x2]: "x2 + x2-a" },
    };
    const after = {
      ...{ "/X1": "x2", "/X1/host/c": "x2-a", [x1]: "x2 + x2-a" },
      ...{ "/X2": "x1", "/X2/host/c": "x1-a", [x2]: "x1 + x1-a" },
    };
    assert.deepEqual(taggingTexts(tagsOf(before), tagsOf(after)).map(shortened), [
      "region x2 moves from datacenter /X2 to /X1",
      "zone x2-a moves from cluster /X2/host/c to /X1/host/c",
      "zone x2-a gains datastore /X1/datastore/a (from x1-a)",
      "region x1 moves from datacenter /X1 to /X2",
      "zone x1-a moves from cluster /X1/host/c to /X2/host/c",
      "zone x1-a gains datastore /X2/datastore/a (from x2-a)",
      "warning: zone x2-a moves to cluster /X1/host/c",
      "warning: datastore /X2/datastore/a leaves zone x2-a for x1-a",
      "warning: zone x1-a moves to cluster /X2/host/c",
      "warning: datastore /X1/datastore/a leaves zone x1-a for x2-a",
    ]);
  });

  it("is no removal of zones when two regions exchange their names", () => {
    const before = {
      ...{ "/X1": "x1", "/X1/host/c": "a", "/X1/datastore/a": "x1 + a" },
      ...{ "/X2": "x2", "/X2/host/c": "b", "/X2/datastore/a": "x2 + b" },
    };
    const after = {
      ...{ "/X1": "x2", "/X1/host/c": "a", "/X1/datastore/a": "x2 + a" },
      ...{
        "/X2": "x1",
        "/X2/host/c": "b",
        "/X2/datastore/a": "x1 + b",
        "/X2/datastore/b": "x1 + b",
      },
    };
    assert.deepEqual(taggingTexts(tagsOf(before), tagsOf(after)).map(shortened), [
      "region x2 moves from datacenter /X2 to /X1",
      "zone a moves from region x1 to x2",
      "region x1 moves from datacenter /X1 to /X2",
      "zone b moves from region x2 to x1",
      "zone b gains datastore /X2/datastore/b",
      "warning: zone a belongs to region x2 instead of x1",
      "warning: zone b belongs to region x1 instead of x2",
    ]);
  });

  it("is a new region and one that goes when another one takes a datacenter", () => {
    const before = { "/X1": "old", "/X1/host/c": "a" };
    const after = { "/X1": "new", "/X1/host/c": "a" };
    assert.deepEqual(taggingTexts(tagsOf(before), tagsOf(after)).map(shortened), [
      "region new is new on datacenter /X1, with 1 zone and 0 datastores",
      "region old goes, with 1 zone and 0 datastores",
      "warning: zone a belongs to region new instead of old",
      "warning: region old goes, and region new takes its datacenter",
    ]);
  });

  it("names the key for what may be a renaming", () => {
    for (const [after, key] of [
      [{ "/X1": "r", "/X1/host/c": "new" }, "regions[].zones[].formerName"],
      [{ "/X1": "s", "/X1/host/c": "a" }, "regions[].formerName"],
    ] as const) {
      const texts = taggingTexts(tagsOf({ "/X1": "r", "/X1/host/c": "a" }), tagsOf(after));
      assert.equal(texts.filter((text) => text.includes(`(${key})`)).length, 1, texts.join("\n"));
    }
  });

  const renamedTags = (): TagsByPath => {
    const names: Readonly<Record<string, string>> = {
      "k8s-zone-x1-a": "new",
      "k8s-region-x1": "r",
    };
    return new Map(
      [...placed()].map(([path, tags]) => [
        path,
        new Set([...tags].map((name) => names[name] ?? name)),
      ]),
    );
  };
  const former = new Map([
    ["new", "k8s-zone-x1-a"],
    ["r", "k8s-region-x1"],
  ]);

  it("is a sentence and a warning for each renamed tag, and no removal", () => {
    const texts = taggingTexts(placed(), renamedTags(), former);
    assert.deepEqual(texts.map(shortened), [
      "region k8s-region-x1 is renamed to r",
      "zone k8s-zone-x1-a is renamed to new",
      "warning: region k8s-region-x1 becomes r",
      "warning: zone k8s-zone-x1-a becomes new",
    ]);
    assert.match(texts[3] ?? "", /Labels of nodes and the node affinity of volumes keep the old/);
  });

  it("has what a renamed zone gains and loses, under its new name", () => {
    const after = new Map(renamedTags());
    after.set(lun(1), new Set(["r", "k8s-zone-x1-b"]));
    after.set(lun(4), new Set(["r", "new"]));
    assert.deepEqual(taggingTexts(placed(), after, former).map(shortened), [
      "region k8s-region-x1 is renamed to r",
      "zone k8s-zone-x1-b gains datastore /X1/datastore/x1_lun_1 (from new)",
      "zone k8s-zone-x1-a is renamed to new",
      "zone new gains datastore /X1/datastore/x1_lun_4",
      "warning: region k8s-region-x1 becomes r",
      "warning: zone k8s-zone-x1-a becomes new",
      "warning: datastore /X1/datastore/x1_lun_1 leaves zone new for k8s-zone-x1-b",
    ]);
  });

  it("has the consequence of each warning", () => {
    const [, text] = taggingTexts(placed(), placed({ [lun(3)]: undefined }));
    assert.match(text ?? "", /leaves zone k8s-zone-x1-b: Deckhouse drops its StorageClass or the /);
  });

  it("folds many of a kind", () => {
    const many = Array.from({ length: 30 }, (_, index): [string, string][] => [
      [`/X1/host/many-${index}`, `many-${index}`],
      [`/X1/datastore/many-${index}`, `k8s-region-x1 + many-${index}`],
    ]).flat();
    const texts = taggingTexts(placed(), placed(Object.fromEntries(many)));
    assert.equal(texts.length, 21);
    assert.equal(texts[20], "and 10 more of this kind");
  });

  it("is in total before a first up", () => {
    assert.deepEqual(firstTaggingTexts(placed()), [
      "region k8s-region-x1: datacenter /X1",
      "zone k8s-zone-x1-a: cluster x1_cluster_prod, 2 datastores",
      "zone k8s-zone-x1-b: cluster x1_cluster_stage, 1 datastore",
    ]);
  });

  it("takes a datacenter in folders for the region, and no zone without its cluster's tag", () => {
    const tags = new Map([
      ["/Europe/X1", new Set(["region"])],
      ["/Europe/X1/host/F/one", new Set(["zone-1"])],
      ["/Europe/X1/datastore/a", new Set(["region", "zone-1"])],
      ["/Europe/X1/datastore/b", new Set(["region", "zone-2"])],
    ]);
    assert.deepEqual(
      topologyIn(tags),
      new Map([
        [
          "region",
          { datacenter: "/Europe/X1", zones: new Map([["zone-1", "/Europe/X1/host/F/one"]]) },
        ],
      ]),
    );
  });
});
