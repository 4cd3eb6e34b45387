import { isDeepStrictEqual } from "node:util";
import { isAlias, isCollection, isMap, isNode, isPair, isScalar, parseDocument } from "yaml";
import type { Document, Pair, YAMLMap } from "yaml";
import type { Place } from "./named";

/** A stack's file cannot be edited without a person: what follows says where and why. */
export class UneditableFile extends Error {
  override readonly name = "UneditableFile";
}

/** Keys to write below a map or list, by key or index; `true` where `existing: true` belongs. */
interface Wishes {
  existing?: true;
  readonly below: Map<string | number, Wishes>;
}

/** Replaces a part of the text. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const key = "existing";
const namespace = "deckhouse-vsphere:";

/**
 * Writes `existing: true` into the text of a stack's file, at each of some places, and leaves every other character as it
 * is: comments, layout, anchors, encrypted secrets. What is written already stays.
 *
 * @param text of `Pulumi.<stack>.yaml`
 * @param places the maps that get the key, by their ways in the configuration: `["regions", 0, "zones", 1]`. The first
 *   key may be missing in the file, and then is made
 * @throws UneditableFile when a place is not in the file, or something else would change with it
 */
export function withExisting(text: string, places: readonly Place[]): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new UneditableFile("it is not valid YAML");
  const config = document.get("config", true);
  if (!isMap(config)) throw new UneditableFile('it has no map "config"');
  const wishes = wishesOf(places);
  const edits = editsOf(config, wishes, { text, indent: 0 });
  const edited = edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((one, other) => other.from - one.from || other.order - one.order)
    .reduce((all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to), text);
  verify(text, edited, wishes);
  return edited;
}

function wishesOf(places: readonly Place[]): Wishes {
  const root: Wishes = { below: new Map() };
  for (const [first, ...rest] of places) {
    let at = root;
    for (const step of [`${namespace}${first}`, ...rest]) {
      const next: Wishes = at.below.get(step) ?? { below: new Map() };
      at.below.set(step, next);
      at = next;
    }
    at.existing = true;
  }
  return root;
}

/** Where an edit is made. */
interface Surroundings {
  readonly text: string;
  /** How far a block below is indented further, in columns: taken from what is around. */
  readonly indent: number;
}

function editsOf(node: unknown, wishes: Wishes, { text, indent }: Surroundings): Edit[] {
  if (isAlias(node)) {
    throw new UneditableFile(
      `"*${node.source}" stands for what is written elsewhere, and would change there too`,
    );
  }
  if (!isCollection(node) || !node.range) {
    throw new UneditableFile("a key leads to nothing, or to a text where a map or list belongs");
  }
  const column = isMap(node) && !node.flow ? columnOf(text, startOf(node)) : undefined;
  const step = column === undefined ? indent : Math.max(column - indent, 1);
  const around = { text, indent: column ?? indent };
  const missing: [string, Wishes][] = [];
  const edits: Edit[] = [];
  if (wishes.existing && isMap(node)) edits.push(...existingIn(node, text));
  for (const [name, below] of wishes.below) {
    const child: unknown = node.get(name, true);
    if (child !== undefined) edits.push(...editsOf(child, below, around));
    else if (typeof name === "string" && isMap(node)) missing.push([name, below]);
    else throw new UneditableFile(`it has no element ${name} in a list that the stack has`);
  }
  if (missing.length > 0) edits.push(appended(node as YAMLMap, missing, { text, step }));
  return edits;
}

/** The key beside the name, or as the first where there is no name. */
function existingIn(map: YAMLMap, text: string): Edit[] {
  const written: unknown = map.get(key, true);
  if (isScalar(written) && written.range) {
    const [from, to] = written.range;
    return written.value === true ? [] : [{ from, to, text: "true" }];
  }
  const name = map.items.find(({ key: one }) => isScalar(one) && one.value === "name");
  const entry = `${key}: true`;
  if (map.flow) {
    const end = name === undefined ? undefined : endOf(name);
    if (end !== undefined) return [inserted(end, `, ${entry}`)];
    const from = map.range?.[0] ?? 0;
    const isSpaced = /\s/.test(text.charAt(from + 1));
    const space = isSpaced ? " " : "";
    return [
      inserted(
        from + 1,
        map.items.length === 0 ? ` ${entry} ` : `${space}${entry},${isSpaced ? "" : " "}`,
      ),
    ];
  }
  const start = startOf(map);
  const indentation = " ".repeat(columnOf(text, start));
  const end = name === undefined ? undefined : endOf(name);
  return end === undefined || text[end - 1] === "\n"
    ? [inserted(start, `${entry}${lineBreak(text)}${indentation}`)]
    : [inserted(endOfLine(text, end), `${lineBreak(text)}${indentation}${entry}`)];
}

/** Keys that are not there yet, after all others. */
function appended(
  map: YAMLMap,
  missing: readonly (readonly [string, Wishes])[],
  { text, step }: { readonly text: string; readonly step: number },
): Edit {
  const last = map.items.at(-1);
  const end = last === undefined ? undefined : endOf(last);
  if (map.flow) {
    const entries = missing.map(([name, wishes]) => `${name}: ${flowText(wishes)}`).join(", ");
    return end === undefined
      ? inserted((map.range?.[0] ?? 0) + 1, ` ${entries} `)
      : inserted(end, `, ${entries}`);
  }
  if (end === undefined) throw new UneditableFile("a map of it has nothing to write beside");
  const column = columnOf(text, startOf(map));
  const lines = missing.flatMap(([name, wishes]) => blockLines(name, wishes, step));
  const written = lines.map((line) => " ".repeat(column) + line).join(lineBreak(text));
  return text[end - 1] === "\n"
    ? inserted(end, `${written}${lineBreak(text)}`)
    : inserted(endOfLine(text, end), `${lineBreak(text)}${written}`);
}

function flowText(wishes: Wishes): string {
  const entries = entriesBelow(wishes).map(([name, wished]) => `${name}: ${flowText(wished)}`);
  return `{ ${[...(wishes.existing ? [`${key}: true`] : []), ...entries].join(", ")} }`;
}

/** The keys below one that is missing. A list is never made: its elements would be nothing but these. */
function entriesBelow({ below }: Wishes): [string, Wishes][] {
  return [...below].map(([name, wishes]) => {
    if (typeof name === "string") return [name, wishes];
    throw new UneditableFile("it does not have a list that the stack has");
  });
}

function blockLines(name: string, wishes: Wishes, step: number): string[] {
  const lines = [
    ...(wishes.existing ? [`${key}: true`] : []),
    ...entriesBelow(wishes).flatMap(([inner, wished]) => blockLines(inner, wished, step)),
  ];
  return [`${name}:`, ...lines.map((line) => " ".repeat(step) + line)];
}

function inserted(at: number, text: string): Edit {
  return { from: at, to: at, text };
}

/** Where the first key of a block map begins. */
function startOf(map: YAMLMap): number {
  const first = map.items[0]?.key;
  return (isNode(first) ? first : map).range?.[0] ?? 0;
}

/** Where a pair ends, without what follows its value on the line. */
function endOf({ value }: Pair): number | undefined {
  return endOfValue(value);
}

function endOfValue(value: unknown): number | undefined {
  if (isCollection(value) && !value.flow && value.items.length > 0) {
    const last = value.items.at(-1);
    return endOfValue(isPair(last) ? last.value : last);
  }
  return isNode(value) ? value.range?.[1] : undefined;
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf("\n", at - 1) + 1);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  if (end === -1) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** The file says what it said before, and the keys: whatever else was odd about it. */
function verify(before: string, after: string, wishes: Wishes): void {
  const document = parseDocument(after, { merge: true });
  const expected = valueOf(parseDocument(before, { merge: true }));
  const isAsExpected =
    document.errors.length === 0 &&
    isDeepStrictEqual(valueOf(document), {
      ...expected,
      config: applied(expected.config, wishes),
    });
  if (!isAsExpected) {
    throw new UneditableFile("other parts of it would change too, through an anchor or its layout");
  }
}

function valueOf(document: Document): { readonly config: unknown } {
  return document.toJS({ maxAliasCount: -1 }) as { readonly config: unknown };
}

function applied(value: unknown, { existing, below }: Wishes): unknown {
  const changed = (
    Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  ) as Record<string | number, unknown>;
  if (existing) changed[key] = true;
  for (const [name, wishes] of below) changed[name] = applied(changed[name], wishes);
  return changed;
}
