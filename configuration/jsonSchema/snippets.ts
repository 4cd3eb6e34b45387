import { stringify } from "yaml";
import type { JsonSchema } from "./jsonSchema";

/** An entry of `defaultSnippets`: what an editor writes when its label is chosen. */
export interface Snippet {
  readonly label: string;
  /** For a list: the body is one entry, and the editor puts the dash before it. */
  readonly type?: "array";
  readonly description?: string;
  readonly body: unknown;
}

/**
 * Keeps the examples that an editor can write, and makes snippets of the others: it would write `[object Object]`.
 *
 * @param schema one schema, without regard to those in it
 * @param place keys from the whole schema to this one
 */
export function withSnippets(schema: JsonSchema, place: readonly string[]): JsonSchema {
  const { examples, suggestions, ...rest } = schema;
  if (Array.isArray(suggestions)) {
    // As an `enum` they would be all that is accepted, and the whole list would be shown with each.
    const texts = suggestions as string[];
    return { ...rest, defaultSnippets: texts.map((text) => ({ label: text, body: text })) };
  }
  const plain = examples?.filter(isPlain) ?? [];
  const other = examples?.find((example) => !isPlain(example));
  const kept = { ...(plain.length === 0 ? {} : { examples: plain }), ...rest };
  if (typeof other === "string") {
    // Certificates are the only text of several lines.
    return { ...kept, defaultSnippets: [blockSnippet("certificate", other)] };
  }
  if (Array.isArray(other)) {
    // For the first entry only. Editors would offer it in every entry too, and indent it wrongly there.
    const defaultSnippets = [snippetOf(`new ${entryTitle(schema)}`, other)];
    return { ...kept, if: { type: "array" }, else: { defaultSnippets } };
  }
  if (other === undefined || (schema.properties !== undefined && !isChoice(schema, other, place))) {
    return kept;
  }
  const defaultSnippets = [snippetOf("example", other)];
  if (schema.properties === undefined) {
    return { ...kept, defaultSnippets };
  }
  const { title, description, markdownDescription, ...structure }: JsonSchema = kept;
  const described = { title, description, markdownDescription, defaultSnippets };
  return { ...described, allOf: [structure] };
}

/**
 * Whether an object is a choice among parts. An editor would write the keys of it that have a default, which are none of
 * the parts; so it is to write the example, and not to see the keys at first. Not in an entry of a list, where it would
 * indent the example wrongly; and not at the top, which is put together elsewhere.
 */
function isChoice(
  { required = [] }: JsonSchema,
  example: unknown,
  place: readonly string[],
): boolean {
  return (
    required.length === 0 &&
    place.length > 2 &&
    place.at(-3) !== "items" &&
    Object.values(example as object).some((part) => typeof part === "object")
  );
}

/**
 * Makes a snippet of an example, with a placeholder for each value. The cursor goes through them in the order in which
 * they are written.
 *
 * @param label what the editor shows in its list
 * @param example an object, or a list with one
 */
export function snippetOf(label: string, example: unknown): Snippet {
  const list = Array.isArray(example);
  const entry: unknown = list ? example.find((candidate) => !isLine(candidate)) : example;
  const body = withPlaceholders(entry, { next: 1 });
  return { label, ...(list ? { type: "array" } : {}), body };
}

/** A snippet for text of several lines, such as a certificate: a block under the key, in which a line can be replaced. */
export function blockSnippet(label: string, lines: string): Snippet {
  const [first = "", ...rest] = lines.trimEnd().split("\n");
  return { label, body: ["|", first, ...rest.map(placeholderLine)].join("\n  ") };
}

/** Of the lines between `-----BEGIN` and `-----END`, all are to be replaced. */
function placeholderLine(line: string): string {
  return line.startsWith("-----") ? line : `\${1:${escaped(line)}}`;
}

/** Whether an editor can show and write an example as it is: one line, or a list of such. */
export function isPlain(example: unknown): boolean {
  return Array.isArray(example) ? example.every(isLine) : isLine(example);
}

/** The words that an editor has for an entry of a list. */
function entryTitle(list: JsonSchema): string {
  const parts = [list, ...(list.anyOf ?? [])] as JsonSchema[];
  const entries = parts.flatMap(({ items }) => (isSchema(items) ? [items] : []));
  const titled = entries.flatMap((entry) => [entry, ...(entry.anyOf ?? [])] as JsonSchema[]);
  const title = titled.find((entry) => entry.title !== undefined)?.title;
  if (title === undefined) {
    throw new Error(`the entries of ${String(list.title)} have no title: give their object one`);
  }
  return title;
}

function withPlaceholders(value: unknown, numbers: { next: number }): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => withPlaceholders(entry, numbers));
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value as Record<string, unknown>);
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, withPlaceholders(inner, numbers)]),
    );
  }
  const [before, text, after] = quoted(value);
  return `${before}\${${numbers.next++}:${escaped(text)}}${after}`;
}

/** A value as YAML; quotes stay outside of the placeholder, so that what is typed over it is text too. */
function quoted(value: unknown): readonly [string, string, string] {
  const text = stringify(value, { lineWidth: 0 }).trimEnd();
  return /^".*"$/.test(text) ? ['"', text.slice(1, -1), '"'] : ["", text, ""];
}

/** In a placeholder these characters mean something else. */
function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, String.raw`\$&`);
}

function isLine(value: unknown): boolean {
  return typeof value === "string" ? !value.includes("\n") : typeof value !== "object";
}

function isSchema(part: unknown): part is JsonSchema {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}
