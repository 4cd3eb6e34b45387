/** Who imports whom, as dependency-cruiser sees it: the same reading that `.dependency-cruiser.mjs` has rules for. */

/** One file that imports another, however many names it takes from it. */
export interface Import {
  /** Paths from the root of the checkout, with `/`. */
  readonly from: string;
  readonly to: string;
  /** Whether nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

/** What dependency-cruiser calls an import that the compiler removes: `import type` and `import("...").Name`. */
const typesOnly: readonly string[] = ["type-only", "type-import"];

/**
 * Reads the imports among files. What lies outside of them (packages, Node's modules, JSON) is left out, so the answer is
 * the same with and without installed packages.
 *
 * @param root the checkout
 * @param files TypeScript and JavaScript, as paths from the root
 */
export async function readImports(root: string, files: readonly string[]): Promise<Import[]> {
  const { cruise } = await import("dependency-cruiser");
  const { output } = await cruise([...files], {
    baseDir: root,
    tsPreCompilationDeps: true,
    doNotFollow: "node_modules",
    skipAnalysisNotInRules: true,
  });
  if (typeof output === "string") throw new Error(`dependency-cruiser answered: ${output}`);
  const known = new Set(files);
  return output.modules
    .filter(({ source }) => known.has(source))
    .flatMap(({ source, dependencies }) => importsOf(source, dependencies))
    .filter(({ to }) => known.has(to));
}

/** A file that another imports by two statements, types and values, is imported once, and for its values. */
function importsOf(
  from: string,
  dependencies: readonly {
    readonly resolved: string;
    readonly dependencyTypes: readonly string[];
  }[],
): Import[] {
  const typeOnlyByTarget = new Map<string, boolean>();
  for (const { resolved, dependencyTypes } of dependencies) {
    const typeOnly = dependencyTypes.some((type) => typesOnly.includes(type));
    typeOnlyByTarget.set(resolved, typeOnly && (typeOnlyByTarget.get(resolved) ?? true));
  }
  return [...typeOnlyByTarget].map(([to, typeOnly]) => ({ from, to, typeOnly }));
}

/** The folder at the top that a file is in; of a file that is in none, its name. */
export function roomOf(file: string): string {
  return file.split("/", 1)[0] ?? file;
}

/** How often files of one room import files of another, and how many of these imports are of types alone. */
export interface RoomImports {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly typeOnly: number;
}

/** The imports that leave a room, added up for each pair of rooms; sorted by name. */
export function importsAcrossRooms(imports: readonly Import[]): RoomImports[] {
  const sums = new Map<string, RoomImports>();
  for (const { from, to, typeOnly } of imports) {
    const pair = { from: roomOf(from), to: roomOf(to) };
    if (pair.from === pair.to) continue;
    const key = `${pair.from} ${pair.to}`;
    const sum = sums.get(key) ?? { ...pair, count: 0, typeOnly: 0 };
    sums.set(key, {
      ...sum,
      count: sum.count + 1,
      typeOnly: sum.typeOnly + (typeOnly ? 1 : 0),
    });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/**
 * The circles of a graph: each is a largest group of which every member leads to every other. Groups of one do not count.
 *
 * @param edges pairs of names, in any order; an edge counts whatever it is for, so types too
 * @returns the groups with their members, sorted
 */
export function circles(
  edges: readonly { readonly from: string; readonly to: string }[],
): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const reached = new Map([...next.keys()].map((name) => [name, reachable(name, next)]));
  const found: string[][] = [];
  const placed = new Set<string>();
  for (const name of [...next.keys()].sort()) {
    if (placed.has(name)) continue;
    const back = [...(reached.get(name) ?? [])].filter((other) => reached.get(other)?.has(name));
    const group = [...new Set([name, ...back])].sort();
    for (const member of group) placed.add(member);
    if (group.length > 1) found.push(group);
  }
  return found;
}

/** All that a name leads to, over any number of edges. */
function reachable(start: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...(next.get(start) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(next.get(name) ?? []));
  }
  return reached;
}
