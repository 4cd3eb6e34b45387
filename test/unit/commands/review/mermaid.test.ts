import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import type { Mermaid } from "mermaid" with { "resolution-mode": "import" };
import { picturesFolder, shownReviews } from "../../../../scripts/screenshots";
import { pageOf } from "../../../../scripts/screenshots/page";

const goldens = join(__dirname, "golden");

/** The text of a picture in a review; undefined where there is none. */
function pictureIn(file: string): string | undefined {
  return /```mermaid\n([^]*?)```/.exec(readFileSync(join(goldens, file), "utf8"))?.[1];
}

describe("the picture of a review", () => {
  let mermaid: Mermaid;

  before(async () => {
    // What cleans texts in Mermaid wants a browser's window.
    const { window } = new JSDOM("");
    Object.assign(globalThis, { window, document: window.document });
    ({ default: mermaid } = await import("mermaid"));
  });

  after(() => {
    for (const name of ["window", "document"]) Reflect.deleteProperty(globalThis, name);
  });

  const pictures = readdirSync(goldens).filter((file) => pictureIn(file) !== undefined);

  for (const file of pictures) {
    it(`is one that Mermaid draws: ${file}`, async () => {
      const { diagramType } = await mermaid.parse(pictureIn(file)!);
      assert.equal(diagramType, "flowchart-v2");
    });
  }

  it("is in most reviews, and Mermaid does refuse what is none", async () => {
    assert.ok(pictures.length >= 20, String(pictures.length));
    await assert.rejects(mermaid.parse('flowchart LR\n  n0["a'));
  });
});

describe("the screenshots of reviews", () => {
  it("are of reviews that the tests compare with, and small", () => {
    assert.deepEqual(
      readdirSync(picturesFolder)
        .filter((name) => name.endsWith(".png"))
        .sort(),
      shownReviews.map((name) => `${name}.png`).sort(),
    );
    for (const name of shownReviews) {
      assert.ok(pictureIn(`${name}.md`) !== undefined, name);
      const file = join(picturesFolder, `${name}.png`);
      assert.equal(readFileSync(file).subarray(1, 4).toString("latin1"), "PNG");
      assert.ok(statSync(file).size < 300 * 1024, name);
    }
  });

  it("show what is folded, but the steps of the engine, and names as they are", async () => {
    const page = await pageOf(readFileSync(join(goldens, "datastore-moves.md"), "utf8"));
    assert.match(page, /<details open><summary>Picture<\/summary>/);
    assert.match(page, /<details><summary>1 step of the engine<\/summary>/);
    assert.match(page, /<pre class="mermaid">flowchart LR\n {2}n0\["region k8s-region-x1"\]/);
    assert.match(page, /<span class="diff-added">\+ {5}datastore \/X1\/datastore\/x1_lun_3/);
    const hostile = await pageOf("```diff\n+ <script>alert(1)</script>\n```");
    assert.match(hostile, /&lt;script&gt;alert/);
  });
});
