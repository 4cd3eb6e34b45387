import assert from "node:assert/strict";

import fc from "fast-check";

import {
  byPath,
  joinedTags,
  pairsOf,
  splitTags,
  type RecordedPair,
} from "../../../../../components/regionZoneTagging/tagAttachments/model";

const tagNames = fc.uniqueArray(fc.constantFrom("region-1", "zone-1", "zone-2", "zone-3"), {
  minLength: 1,
});

/** Objects with their tags, each path once, as pairs in any order. */
const someObjects = fc.uniqueArray(
  fc.record({
    path: fc.string({ minLength: 1 }).map((name) => `/${name}`),
    tags: tagNames,
    reference: fc.string({ minLength: 1 }),
  }),
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

describe("attachments by path", () => {
  it("hold each path once, with the names of its tags in alphabetical order", () => {
    const pair = (tag: string, path: string): RecordedPair => ({
      tag,
      path,
      reference: `at ${path}`,
    });
    const { attachments, references } = byPath([
      pair("zone-b", "/X1/datastore/b"),
      pair("zone-a", "/X1/datastore/a"),
      pair("region", "/X1/datastore/b"),
      pair("region", "/X1"),
      pair("region", "/X1/datastore/a"),
    ]);
    assert.deepEqual(Object.entries(attachments), [
      ["/X1", "region"],
      ["/X1/datastore/a", "region + zone-a"],
      ["/X1/datastore/b", "region + zone-b"],
    ]);
    assert.deepEqual(references, ["at /X1", "at /X1/datastore/a", "at /X1/datastore/b"]);
  });

  it("find the reference of a path by its place, whatever order the paths come back in", () => {
    const attachments = { "/b": "zone", "/a": "zone", "/c": "zone" };
    assert.deepEqual(
      pairsOf(attachments, ["at /a", "", "at /c"]).map(({ path, reference }) => [path, reference]),
      [
        ["/a", "at /a"],
        ["/b", undefined],
        ["/c", "at /c"],
      ],
    );
  });

  it("give back the pairs they were made of, with their references, in whatever order they came", () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const { attachments, references } = byPath(pairs);
        assert.deepEqual(sorted(pairsOf(attachments, references)), sorted(pairs));
      }),
    );
  });

  it("are the same for the same pairs, down to the order of their text", () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const text = (some: readonly RecordedPair[]): string => JSON.stringify(byPath(some));
        assert.equal(text([...pairs].reverse()), text(pairs));
        const { attachments, references } = byPath(pairs);
        assert.equal(text(pairsOf(attachments, references)), text(pairs));
      }),
    );
  });

  it("give pairs without references when there are none", () => {
    const pairs = pairsOf({ "/a": "region + zone" });
    assert.deepEqual(pairs, [
      { tag: "region", path: "/a", reference: undefined },
      { tag: "zone", path: "/a", reference: undefined },
    ]);
    assert.deepEqual(byPath(pairs).references, []);
  });

  it("are read from a state of version 0.1.0, which has the paths by their tags", () => {
    const recorded = {
      region: ["/X1"],
      "region + zone-a": ["/X1/datastore/a", "/X1/datastore/b"],
    };
    const references = {
      region: ["Datacenter:datacenter-1"],
      "region + zone-a": ["Datastore:datastore-1", "Datastore:datastore-2"],
    };
    assert.deepEqual(byPath(pairsOf(recorded, references)), {
      attachments: {
        "/X1": "region",
        "/X1/datastore/a": "region + zone-a",
        "/X1/datastore/b": "region + zone-a",
      },
      references: ["Datacenter:datacenter-1", "Datastore:datastore-1", "Datastore:datastore-2"],
    });
  });

  it("have texts that name the tags in any order", () => {
    fc.assert(
      fc.property(tagNames, (tags) => {
        assert.equal(joinedTags(tags), joinedTags([...tags].reverse()));
        assert.deepEqual(splitTags(joinedTags(tags)), [...tags].sort());
      }),
    );
  });
});
