/** A fenced block of a page. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The line of the page that the fence is in. */
  readonly line: number;
  /** Why nobody runs it, from the comment right before it. */
  readonly notRun?: string | undefined;
}

/** All fenced blocks of a page, also those within lists. */
export function blocksOf(page: string): CodeBlock[] {
  const lines = page.split("\n");
  const blocks: CodeBlock[] = [];
  let open: { readonly fence: string; readonly indent: string; block: CodeBlock } | undefined;
  lines.forEach((line, index) => {
    const [, indent = "", fence, language = ""] = /^( *)(`{3,})(\S*)\s*$/.exec(line) ?? [];
    if (open !== undefined) {
      if (fence !== undefined && fence.length >= open.fence.length && language === "") {
        blocks.push(open.block);
        open = undefined;
      } else {
        const text = `${open.block.text}${line.slice(open.indent.length)}\n`;
        open.block = { ...open.block, text };
      }
    } else if (fence !== undefined) {
      const before = lines.slice(0, index).filter((each) => each.trim() !== "");
      const notRun = /^\s*<!-- not run: (.+) -->\s*$/.exec(before.at(-1) ?? "")?.[1];
      open = { fence, indent, block: { language, text: "", line: index + 1, notRun } };
    }
  });
  if (open !== undefined) throw new Error(`the block in line ${open.block.line} has no end`);
  return blocks;
}

/** A block of shell commands in a document. */
export interface ShellBlock {
  readonly commands: string;
  /** Why no test runs it, as the comment above it says. */
  readonly notRun: string | undefined;
}

/**
 * The shell commands of a section: whole blocks of `sh`, and the lines of `console` that begin with `$ `.
 *
 * @param heading of the section, which ends at the next one of its level: `## Use it`
 * @throws Error when there is no such section
 */
export function shellBlocks(markdown: string, heading: string): ShellBlock[] {
  const start = `\n${markdown}`.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`there is no section "${heading}"`);
  const level = /^#+ /.exec(heading)?.[0] ?? "";
  const text = markdown.slice(start + heading.length);
  const end = text.indexOf(`\n${level}`);
  return blocksOf(end < 0 ? text : text.slice(0, end))
    .filter(({ language }) => language === "sh" || language === "console")
    .map(({ language, text: content, notRun }) => ({
      notRun,
      commands:
        language === "sh"
          ? content
          : content
              .split("\n")
              .filter((line) => line.startsWith("$ "))
              .map((line) => `${line.slice(2)}\n`)
              .join(""),
    }));
}
