import type { z } from "zod";
import type { WrittenConfiguration } from "./schema";
import { definitionOf, type Schema } from "./schemaWalk";

/** What could be read of a value that may have faults: any part of it can be missing. */
export type Draft<T> = T extends readonly (infer Element)[]
  ? readonly (Draft<Element> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

/**
 * What could be read of the configuration. Rules work on drafts, so that a fault in one key does not hide
 * the faults of others. A configuration without faults is a draft too.
 */
export type ConfigurationDraft = Draft<WrittenConfiguration>;

/**
 * Reads of a value what a schema accepts, part by part: a part with a fault is left out of an object, and
 * is undefined in a list, so that the indexes stay true. Defaults are filled in.
 *
 * @param schema the schema of the value
 * @param raw any value
 * @returns the parts that are right; undefined when there is none
 */
export function draftOf(schema: Schema, raw: unknown): unknown {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "optional":
      return raw === undefined ? undefined : draftOf(definition.innerType, raw);
    case "default":
      return raw === undefined ? definition.defaultValue : draftOf(definition.innerType, raw);
    case "prefault":
      return draftOf(definition.innerType, raw === undefined ? definition.defaultValue : raw);
    case "array":
      return Array.isArray(raw)
        ? raw.map((element: unknown) => draftOf(definition.element, element))
        : undefined;
    case "object":
      return isRecord(raw) ? draftOfEntries(Object.entries(definition.shape), raw) : undefined;
    case "record":
      return isRecord(raw)
        ? draftOfEntries(
            Object.keys(raw).map((key) => [key, definition.valueType]),
            raw,
          )
        : undefined;
    default: {
      const result = (schema as z.ZodType).safeParse(raw);
      return result.success ? result.data : undefined;
    }
  }
}

function draftOfEntries(
  entries: readonly (readonly [string, Schema])[],
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const draft: Record<string, unknown> = {};
  for (const [key, schema] of entries) {
    const value = draftOf(schema, Object.hasOwn(raw, key) ? raw[key] : undefined);
    if (value !== undefined) {
      draft[key] = value;
    }
  }
  return draft;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
