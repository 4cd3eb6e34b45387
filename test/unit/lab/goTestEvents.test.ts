import assert from "node:assert/strict";
import { readGoTestEvents } from "../../../scripts/test/steps";

/** Lines as `go test -json` writes them; an event is `action test output`, `fail` alone that of the package. */
function lines(...events: readonly string[]): string {
  return events
    .map((event) => {
      const [Action, Test, Output] = event.split(" ");
      return JSON.stringify({ Action, Package: "lab/x", Test, Output });
    })
    .join("\n");
}

describe("the events of go test", () => {
  for (const [what, text, expected] of [
    [
      "are counted: each test once, not beside its subtests, and no skipped one",
      lines(
        ...["run TestA", "run TestA/one", "pass TestA/one", "pass TestA/two", "pass TestA"],
        ...["skip TestB", "pass TestAB", "pass"],
      ),
      { counts: { passed: 3, failed: 0 }, failures: [], output: "" },
    ],
    [
      "name what failed, with what it wrote and nothing of the others",
      lines(
        ...["output TestGood fine", "pass TestGood", "output TestBad/one wrong"],
        ...["fail TestBad/one", "fail TestBad", "fail"],
      ),
      { counts: { passed: 1, failed: 1 }, failures: ["lab/x TestBad/one"], output: "wrong" },
    ],
    [
      "count a package that does not compile as one failure, and show the compiler's words",
      `undefined: nonsense\n${lines("build-output  here", "fail")}`,
      {
        counts: { passed: 0, failed: 1 },
        failures: ["lab/x"],
        output: "undefined: nonsense\nhere",
      },
    ],
  ] as const) {
    it(what, () => assert.deepEqual(readGoTestEvents(text), expected));
  }
});
