import assert from "node:assert/strict";

import fc from "fast-check";

import {
  groupKey,
  groupTags,
  groupsOf,
  pairsOf,
  type RecordedPair,
} from "../../../../../components/regionZoneTagging/tagAttachments/model";

const tagNames = fc.uniqueArray(fc.constantFrom("region-1", "zone-1", "zone-2", "zone-3"), {
  minLength: 1,
});

/** Objects with their tags, each path once, as pairs in any order. */
const someObjects = fc.uniqueArray(
  fc.record({ path: fc.string({ minLength: 1 }), tags: tagNames, reference: fc.string() }),
  { selector: ({ path }) => path },
);
const somePairs: fc.Arbitrary<RecordedPair[]> = someObjects.chain((objects) => {
  const pairs = objects.flatMap(({ path, tags, reference }) =>
    tags.map((tag) => ({ tag, path, reference })),
  );
  return fc.shuffledSubarray(pairs, { minLength: pairs.length });
});

function sorted(pairs: readonly RecordedPair[]): string[] {
  return pairs.map((pair) => JSON.stringify([pair.path, pair.tag, pair.reference])).sort();
}

describe("groups of attachments", () => {
  it("hold each path once, under the names of its tags in alphabetical order", () => {
    const pair = (tag: string, path: string): RecordedPair => ({
      tag,
      path,
      reference: `at ${path}`,
    });
    const { attachments, references } = groupsOf([
      pair("zone-b", "/X1/datastore/b"),
      pair("zone-a", "/X1/datastore/c"),
      pair("region", "/X1/datastore/b"),
      pair("region", "/X1"),
      pair("zone-a", "/X1/datastore/a"),
      pair("region", "/X1/datastore/a"),
      pair("region", "/X1/datastore/c"),
    ]);
    assert.deepEqual(Object.entries(attachments), [
      ["region", ["/X1"]],
      ["region + zone-a", ["/X1/datastore/a", "/X1/datastore/c"]],
      ["region + zone-b", ["/X1/datastore/b"]],
    ]);
    assert.deepEqual(references, {
      region: ["at /X1"],
      "region + zone-a": ["at /X1/datastore/a", "at /X1/datastore/c"],
      "region + zone-b": ["at /X1/datastore/b"],
    });
  });

  it("give back the pairs they were made of, with their references, in whatever order they came", () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const { attachments, references } = groupsOf(pairs);
        assert.deepEqual(sorted(pairsOf(attachments, references)), sorted(pairs));
      }),
    );
  });

  it("are the same for the same pairs, down to the order of their text", () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const text = (some: readonly RecordedPair[]): string => JSON.stringify(groupsOf(some));
        assert.equal(text([...pairs].reverse()), text(pairs));
        const { attachments, references } = groupsOf(pairs);
        assert.equal(text(pairsOf(attachments, references)), text(pairs));
      }),
    );
  });

  it("give pairs without references when there are none", () => {
    assert.deepEqual(pairsOf({ "region + zone": ["/a"] }), [
      { tag: "region", path: "/a", reference: undefined },
      { tag: "zone", path: "/a", reference: undefined },
    ]);
    assert.deepEqual(groupsOf(pairsOf({ region: ["/a"] })).references, { region: [""] });
  });

  it("have keys that name the tags in any order", () => {
    fc.assert(
      fc.property(tagNames, (tags) => {
        assert.equal(groupKey(tags), groupKey([...tags].reverse()));
        assert.deepEqual(groupTags(groupKey(tags)), [...tags].sort());
      }),
    );
  });
});
