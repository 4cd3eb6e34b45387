import type { z } from "zod";

/** A JSON Schema of draft 7, with the keywords of editors. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Keywords that JSON Schema does not know and the language servers for YAML and JSON do: text of theirs is shown in
 * place of the usual one. They decide nothing about what is valid.
 */
export const editorKeywords = [
  "defaultSnippets",
  "enumDescriptions",
  "errorMessage",
  "markdownDescription",
  "markdownEnumDescriptions",
  "patternErrorMessage",
] as const;

/** Keywords that describe a value and decide nothing about it. */
export const annotations: ReadonlySet<string> = new Set([
  "description",
  "markdownDescription",
  "default",
  "examples",
]);

/**
 * Makes a schema anew, the schemas in it before itself.
 *
 * @param schema the schema; it is not changed
 * @param place keys from the whole schema to this one, for names and messages
 * @param change what is to become of a schema whose parts have become what they are to be
 */
export function mapSchema(
  schema: JsonSchema,
  change: (schema: JsonSchema, place: readonly string[]) => JsonSchema,
  place: readonly string[] = [],
): JsonSchema {
  const inner = (part: unknown, ...below: readonly string[]): unknown =>
    isSchema(part) ? mapSchema(part, change, [...place, ...below]) : part;
  const mapped = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    switch (keyword) {
      case "properties":
      case "patternProperties":
      case "definitions":
        return [
          keyword,
          Object.fromEntries(
            Object.entries(value as Record<string, unknown>).map(([key, part]) => [
              key,
              inner(part, keyword, key),
            ]),
          ),
        ];
      case "allOf":
      case "anyOf":
      case "oneOf":
        return [
          keyword,
          (value as unknown[]).map((part, index) => inner(part, keyword, `${index}`)),
        ];
      case "items":
      case "additionalProperties":
      case "propertyNames":
      case "not":
      case "if":
      case "then":
      case "else":
        return [keyword, inner(value, keyword)];
      default:
        return [keyword, value];
    }
  });
  return change(Object.fromEntries(mapped), place);
}

function isSchema(part: unknown): part is JsonSchema {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}

/** A schema, and the parts that stand in several places of it. */
export interface SharedSchema {
  readonly schema: JsonSchema;
  /** By name, for the keyword `definitions` of the document that the schema is put into. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

/** An object schema that may stand in several places; the objects in it are references. */
interface Part {
  readonly schema: JsonSchema;
  /** Where it comes first. */
  readonly place: readonly string[];
  /** In how many places it stands; those inside a part that stands in several places count once. */
  uses: number;
}

/**
 * Writes an object that stands in several places once, under the name of the key where it comes first. What describes
 * a key stays at the key.
 *
 * @param whole a schema without references
 */
export function withSharedParts(whole: JsonSchema): SharedSchema {
  const { schema, parts } = takenApart(whole);
  const names = namesOf([...parts].filter(([, { uses }]) => uses > 1));
  const joined = (part: JsonSchema): JsonSchema =>
    mapSchema(part, ({ $ref: content, ...described }) => {
      const found = content === undefined ? undefined : parts.get(content);
      if (content === undefined || found === undefined) {
        return described;
      }
      const name = names.get(content);
      if (name === undefined) {
        return { ...described, ...joined(found.schema) };
      }
      // Validators of draft 7 ignore what stands beside a reference, so only what describes may. Editors show that; they
      // would not look for keys in an `allOf` around the reference.
      return { ...described, $ref: `#/definitions/${name}` };
    });
  return {
    schema: joined(schema),
    definitions: Object.fromEntries(
      [...names].map(([content, name]) => [name, joined(parts.get(content)?.schema ?? {})]),
    ),
  };
}

/** Replaces each object by its description and a reference to its content, which is the key of its part. */
function takenApart(whole: JsonSchema): { schema: JsonSchema; parts: Map<string, Part> } {
  const parts = new Map<string, Part>();
  const schema = mapSchema(whole, (object, place) => {
    if ((object.properties ?? object.defaultSnippets) === undefined || place.length === 0) {
      return object;
    }
    const isDescription = ([keyword]: [string, unknown]): boolean => annotations.has(keyword);
    const structure = Object.entries(object).filter((entry) => !isDescription(entry));
    const content = JSON.stringify(structure);
    if (!parts.has(content)) {
      parts.set(content, { schema: Object.fromEntries(structure), place, uses: 0 });
    }
    return {
      ...Object.fromEntries(Object.entries(object).filter(isDescription)),
      $ref: content,
    };
  });
  for (const from of [schema, ...[...parts.values()].map((part) => part.schema)]) {
    mapSchema(from, (object) => {
      const part = object.$ref === undefined ? undefined : parts.get(object.$ref);
      if (part !== undefined) {
        part.uses += 1;
      }
      return object;
    });
  }
  return { schema, parts };
}

/** `instanceClass`; `nodeGroupsEntry` for an entry of `nodeGroups`; longer when another part has that name. */
function namesOf(parts: readonly (readonly [string, Part])[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [content, { place }] of parts) {
    const words = place
      .filter((word) => !/^(properties|allOf|anyOf|[0-9]+)$/.test(word))
      .map((word) => (/^(items|additionalProperties)$/.test(word) ? "Entry" : word));
    // The last key alone, then with the one before it, and so on.
    const keys = words.flatMap((word, index) => (word === "Entry" ? [] : [index])).reverse();
    const candidates = keys.map((index) => camelCase(words.slice(index)));
    const name = candidates.find((candidate) => !taken.has(candidate));
    if (name === undefined) {
      throw new Error(`two objects of the schema have the place ${place.join("/")}`);
    }
    taken.add(name);
    names.set(content, name);
  }
  return names;
}

function camelCase(words: readonly string[]): string {
  return words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
}
