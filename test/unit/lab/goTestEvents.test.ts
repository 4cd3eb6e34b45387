import assert from "node:assert/strict";
import { readGoTestEvents } from "../../../scripts/test/goTestEvents";

/** Lines as `go test -json` writes them. */
function lines(...events: readonly (readonly [string, string?, string?])[]): string {
  return events
    .map(([Action, Test, Output]) => JSON.stringify({ Action, Package: "lab/x", Test, Output }))
    .join("\n");
}

describe("the events of go test", () => {
  it("are counted: each test once, and not beside its subtests", () => {
    const text = lines(
      ...([
        ["run", "TestA"],
        ["run", "TestA/one"],
        ["run", "TestA/two"],
      ] as const),
      ...([
        ["pass", "TestA/one"],
        ["pass", "TestA/two"],
        ["pass", "TestA"],
      ] as const),
      ...([["skip", "TestB"], ["pass", "TestAB"], ["pass"]] as const),
    );
    const { counts, failures, output } = readGoTestEvents(text);
    assert.deepEqual(counts, { passed: 3, failed: 0 });
    assert.deepEqual(failures, []);
    assert.equal(output, "");
  });

  it("name what failed, with what it wrote and nothing of the others", () => {
    const text = lines(
      ...([
        ["output", "TestGood", "fine\n"],
        ["pass", "TestGood"],
      ] as const),
      ...([
        ["output", "TestBad/one", "wrong\n"],
        ["fail", "TestBad/one"],
      ] as const),
      ...([["fail", "TestBad"], ["fail"]] as const),
    );
    const { counts, failures, output } = readGoTestEvents(text);
    assert.deepEqual(counts, { passed: 1, failed: 1 });
    assert.deepEqual(failures, ["lab/x TestBad/one"]);
    assert.equal(output, "wrong\n");
  });

  it("count a package that does not compile as one failure, and show the compiler's words", () => {
    const { counts, failures, output } = readGoTestEvents(
      `undefined: nonsense\n${lines(["build-output", "", "here\n"], ["fail"])}`,
    );
    assert.deepEqual(counts, { passed: 0, failed: 1 });
    assert.deepEqual(failures, ["lab/x"]);
    assert.equal(output, "undefined: nonsense\nhere\n");
  });
});
