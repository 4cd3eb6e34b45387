import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { resolve } = createRequire(__filename);

/** How wide a comment is on GitHub, in pixels of CSS. */
const commentWidth = 900;

/**
 * Makes a page of a comment, looking as on GitHub: with its style sheet, the pictures drawn by Mermaid and everything
 * unfolded, the engine's steps excepted. When all is drawn, the page writes its height into `data-height`.
 *
 * @param comment in Markdown
 */
export async function pageOf(comment: string): Promise<string> {
  const style = readFileSync(resolve("github-markdown-css/github-markdown-light.css"), "utf8");
  // Its `exports` do not name the bundle for browsers, which is beside what they name.
  const mermaid = resolve("mermaid").replace(/[^/]*$/, "mermaid.min.js");
  return `<!doctype html>
<meta charset="utf-8">
<style>${style}
body { margin: 0; padding: 16px; width: ${commentWidth}px; box-sizing: border-box; background: #ffffff; }
.diff-added { background: #dafbe1; display: block; }
.diff-removed { background: #ffebe9; display: block; }
</style>
<body class="markdown-body">
${await bodyOf(comment)}
<script src="file://${mermaid}"></script>
<script>
mermaid.initialize({ startOnLoad: false });
mermaid.run({ querySelector: ".mermaid" }).then(() => {
  document.documentElement.dataset.height = String(Math.ceil(document.body.getBoundingClientRect().height));
});
</script>
</body>
`;
}

/** The comment as HTML. */
async function bodyOf(comment: string): Promise<string> {
  const { marked, Renderer } = await import("marked");
  const renderer = new Renderer();
  const usual = renderer.code.bind(renderer);
  renderer.code = (token) => {
    if (token.lang === "mermaid") return `<pre class="mermaid">${escaped(token.text)}</pre>`;
    if (token.lang === "diff") return `<pre><code>${coloured(token.text)}</code></pre>`;
    return usual(token);
  };
  const html = marked.parse(comment, { renderer, async: false });
  // A reader opens what is folded; the steps of the engine are for those who look for a fault.
  return html.replaceAll(/<details>(?=<summary>(?!\d+ steps? of))/g, "<details open>");
}

/** Added and removed lines in GitHub's colours. */
function coloured(diff: string): string {
  return diff
    .split("\n")
    .map((line) => {
      const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : undefined;
      return kind === undefined
        ? `${escaped(line)}\n`
        : `<span class="diff-${kind}">${escaped(line)}</span>`;
    })
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
