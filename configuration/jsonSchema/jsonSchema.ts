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
