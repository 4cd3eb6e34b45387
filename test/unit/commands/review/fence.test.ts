import assert from "node:assert/strict";
import fc from "fast-check";
import { fenced } from "../../../../commands/review/fence";

/** What a reader of Markdown takes for the content of the only fenced block. */
function contentOf(markdown: string): string | undefined {
  const [, fence, rest] = /^(`{3,})text\n([^]*)$/m.exec(markdown) ?? [];
  if (fence === undefined || rest === undefined) return undefined;
  const closing = new RegExp(`^ {0,3}\`{${fence.length},}[ \\t]*$`, "m").exec(rest);
  return closing === null ? undefined : rest.slice(0, closing.index - 1);
}

const withOutput = (output: string): string => fenced("text", output, 65_536);

describe("a block with what a program printed", () => {
  it("shows it unchanged, whatever is in it", () => {
    const pieces = ["```", "````\n", "\n```\n", "~~~", "</details>", "@all"];
    const anything = fc.array(fc.oneof(fc.string(), fc.constantFrom(...pieces)));
    fc.assert(
      fc.property(anything, (parts) => {
        const output = parts.join("");
        assert.equal(contentOf(withOutput(output)), output.replace(/^\n+/, "").trimEnd());
      }),
      { numRuns: 500 },
    );
  });

  it("is never longer than it may be, and then keeps beginning and end", () => {
    const output = `first\n${"x".repeat(200_000)}\nlast`;
    const text = withOutput(output);
    assert.equal(text.length, 65_536);
    assert.ok(text.startsWith("```text\nfirst\n"));
    assert.ok(text.endsWith("\nlast\n```"));
    const [, leftOut] = /\[\.\.\. (\d+) characters left out;/.exec(text) ?? [];
    const shown = contentOf(text)!.replace(/\n\n\[\.\.\..*\]\n\n/, "");
    assert.equal(shown.length + Number(leftOut), output.length);
  });

  it("is shortened only when it has to be, and never in the middle of a character", () => {
    const longest = "x".repeat(65_536 - withOutput("").length);
    assert.equal(contentOf(withOutput(longest)), longest);
    assert.ok(withOutput(`${longest}x`).includes("characters left out"));
    for (const shift of ["", "x", "xx", "xxx"]) {
      const text = withOutput(shift + "🚢".repeat(100_000));
      assert.ok(text.length <= 65_536);
      assert.equal(Buffer.from(text, "utf8").toString("utf8"), text);
    }
  });
});
