import assert from "node:assert/strict";
import fc from "fast-check";
import { driftIssue, driftOver, driftTitle } from "../../../../commands/workflows/driftIssue";
import { longestText, withOutput } from "../../../../commands/workflows/fitting";
import { previewComment, previewMarker } from "../../../../commands/workflows/previewComment";

const run = { stack: "prod", commit: "c0ffee", url: "https://github.example/runs/1" };

/** What a reader of Markdown takes for the content of the only fenced block. */
function fenced(markdown: string): string | undefined {
  const [, fence, rest] = /^(`{3,})text\n([^]*)$/m.exec(markdown) ?? [];
  if (fence === undefined || rest === undefined) return undefined;
  const closing = new RegExp(`^ {0,3}\`{${fence.length},}[ \\t]*$`, "m").exec(rest);
  return closing === null ? undefined : rest.slice(0, closing.index - 1);
}

describe("a text with what a program printed", () => {
  it("shows it as it is, whatever is in it", () => {
    const anything = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom("```", "````\n", "\n```\n", "~~~", "</details>", "@all"),
      ),
    );
    fc.assert(
      fc.property(anything, (parts) => {
        const output = parts.join("");
        assert.equal(fenced(withOutput("Before", output)), output.trim());
      }),
      { numRuns: 500 },
    );
  });

  it("is never longer than GitHub takes, and then keeps beginning and end", () => {
    assert.equal(longestText, 65_536);
    const output = `first\n${"x".repeat(200_000)}\nlast`;
    const text = withOutput("Before", output);
    assert.equal(text.length, 65_536);
    assert.match(text, /^Before\n\n```text\nfirst\n/);
    assert.match(text, /\nlast\n```\n$/);
    const [, leftOut] = /\[\.\.\. (\d+) characters left out;/.exec(text) ?? [];
    const shown = fenced(text)!.replace(/\n\n\[\.\.\..*\]\n\n/, "");
    assert.equal(shown.length + Number(leftOut), output.length);
  });

  it("is shortened only when it has to be", () => {
    const frame = withOutput("Before", "").length;
    const longest = "x".repeat(65_536 - frame);
    assert.equal(fenced(withOutput("Before", longest)), longest);
    assert.match(withOutput("Before", `${longest}x`), /characters left out/);
  });

  it("is never cut in the middle of a character", () => {
    for (const shift of ["", "x", "xx", "xxx"]) {
      const text = withOutput("Before", shift + "🚢".repeat(100_000));
      assert.ok(text.length <= 65_536);
      assert.equal(Buffer.from(text, "utf8").toString("utf8"), text);
    }
  });
});

describe("the comment under a request", () => {
  it("is found by a marker of its stack", () => {
    const comment = previewComment(run, { exitCode: 0, output: "" });
    assert.ok(comment.includes(previewMarker("prod")));
    assert.ok(!comment.includes(previewMarker("pro")));
    assert.notEqual(previewMarker("prod"), previewMarker("test"));
  });

  it("says what would be done, by the engine's words", () => {
    const comment = previewComment(run, { exitCode: 0, output: "+ 3 to create" });
    assert.match(comment, /This is what `pulumi up` would do\. Commit c0ffee, \[log\]\(https:/);
    assert.equal(fenced(comment), "+ 3 to create");
  });

  it("says that a preview failed", () => {
    const comment = previewComment(run, { exitCode: 1, output: "error: no" });
    assert.match(comment, /\*\*The preview failed\*\*/);
    assert.doesNotMatch(comment, /This is what/);
    assert.equal(fenced(comment), "error: no");
  });
});

describe("the issue about drift", () => {
  it("has one title for each stack", () => {
    assert.equal(driftTitle("prod"), "Drift check of the stack prod");
  });

  it("tells changes from a preview that failed", () => {
    const changed = driftIssue(run, "changed", "~ 1 to update");
    const failed = driftIssue(run, "failed", "error: no");
    assert.match(changed, /^\*\*vCenter is not as the configuration says\.\*\*/);
    assert.match(failed, /^\*\*The preview failed\*\*, so it is not known/);
    assert.equal(fenced(changed), "~ 1 to update");
    assert.equal(fenced(failed), "error: no");
  });

  it("ends with a sentence and the log that shows it", () => {
    assert.equal(
      driftOver(run),
      "vCenter is as the configuration says. Commit c0ffee, [log](https://github.example/runs/1).",
    );
  });
});
