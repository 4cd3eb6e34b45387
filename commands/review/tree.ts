import type { Line, Mark } from "../../findings/change";

/** How many lines of a kind stand below one another before they are only counted. */
const mostAlike = 20;

/** A line of the tree, or the number of those that are left out. */
export type ShownLine =
  Line | { readonly depth: number; readonly mark: Mark; readonly more: number };

/** The tree with what is long counted: of lines that do the same at the same depth, the first 20. */
export function shortTree(lines: readonly Line[]): ShownLine[] {
  return runsOf(lines).flatMap((run): ShownLine[] => {
    const [first] = run;
    const more = run.length - mostAlike;
    if (first === undefined || more <= 1) return run;
    const { depth, mark } = first;
    return [...run.slice(0, mostAlike), { depth, mark, more }];
  });
}

/** Lines one after the other that have the same depth and mark. */
function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (before?.depth === line.depth && before.mark === line.mark) last?.push(line);
    else runs.push([line]);
  }
  return runs;
}
