import assert from "node:assert/strict";
import { nearest, nearestFirst } from "../../../findings/text";

describe("nearest", () => {
  for (const [word, candidates, expected] of [
    ["clusterr", ["cluster", "clusters", "datastore"], "cluster"],
    ["DataCenter", ["datacenter"], "datacenter"],
    ["abc", ["abx", "aby"], "abx"],
    ["ab", ["abcd"], "abcd"],
    ["ab", ["abcde"], undefined],
    ["twelve-chars", ["twelve-c"], "twelve-c"],
    ["twelve-chars", ["twelve-"], undefined],
    ["anything", [], undefined],
  ] as const) {
    it(`means ${expected ?? "nothing"} by "${word}" among ${candidates.join(", ") || "none"}`, () => {
      assert.equal(nearest(word, candidates), expected);
    });
  }
});

describe("nearestFirst", () => {
  it("gives the nearest first, equally near ones by name, as many as are asked for", () => {
    const candidates = ["/X1/far-away", "/X1/lun_2", "/X1/lun_3", "/X1/lun_1", "/X1/LUN_10"];
    assert.deepEqual(nearestFirst("/x1/lun_10", candidates, 3), [
      "/X1/LUN_10",
      "/X1/lun_1",
      "/X1/lun_2",
    ]);
  });
});
