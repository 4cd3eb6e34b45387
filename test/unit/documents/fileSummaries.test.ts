import assert from "node:assert/strict";
import { fileSummaries } from "../../../documents";

/** The digests are those of `printf TEXT | sha256sum`. */
describe("the summary of a file of documents", () => {
  for (const [what, text, expected] of [
    ["an empty one", "", "0 lines, sha256 e3b0c44298fc"],
    ["one line", "a\n", "1 line, sha256 87428fc52280"],
    ["many lines", "a\n".repeat(1_200), "1,200 lines, sha256 610599ced9ef"],
  ] as const) {
    it(`has the lines and a digest of ${what}, by region and file`, () => {
      assert.deepEqual(fileSummaries({ x1: { "users.yaml": text } }), {
        x1: { "users.yaml": expected },
      });
    });
  }

  it("differs when the text does", () => {
    const { x1, x2 } = fileSummaries({ x1: { one: "a\nb\n" }, x2: { one: "a\nc\n" } });
    assert.notEqual(x1?.["one"], x2?.["one"]);
  });
});
