import assert from "node:assert/strict";

import { formerNames } from "../../../../../components/regionZoneTagging/changes/renamed";
import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";

describe("former names of tags", () => {
  for (const [what, before, after, expected] of [
    ["none where all stay", { a: "1", b: "2" }, { a: "1", b: "2" }, {}],
    ["the one of the same id", { a: "1", b: "2" }, { c: "1", b: "2" }, { c: "a" }],
    ["two that are exchanged", { a: "1", b: "2" }, { a: "2", b: "1" }, { a: "b", b: "a" }],
    ["none of a tag that is made anew", { a: "1" }, { b: "2" }, {}],
    ["none of a tag whose id is not known yet", { a: "1" }, { b: unknownValue, c: "" }, {}],
    ["none where no id was known", { a: "" }, { b: "" }, {}],
    ["none of a tag that was given up beside it", { a: "1", old: "1" }, { a: "1" }, {}],
  ] as const) {
    it(`are ${what}`, () => {
      assert.deepEqual(Object.fromEntries(formerNames(before, after)), expected);
    });
  }
});
