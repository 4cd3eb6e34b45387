/** A block of shell commands in a document. */
export interface ShellBlock {
  readonly commands: string;
  /** Why no test runs it, as the comment above it says. */
  readonly notRun: string | undefined;
}

/**
 * The shell commands of a section: whole blocks of `sh`, and the lines of `console` that begin with `$ `. A comment
 * `<!-- not run: why -->` above a block excepts it.
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
  const section = end < 0 ? text : text.slice(0, end);
  const block = /(?:<!-- not run: (.*?) -->\s*)?^```(sh|console)\n(.*?)^```$/gms;
  return [...section.matchAll(block)].map(([, notRun, kind, content = ""]) => ({
    notRun,
    commands:
      kind === "sh"
        ? content
        : content
            .split("\n")
            .filter((line) => line.startsWith("$ "))
            .map((line) => `${line.slice(2)}\n`)
            .join(""),
  }));
}
