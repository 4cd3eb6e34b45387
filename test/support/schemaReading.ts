import type { Schema } from "../../scripts/deckhouseSchemas/facts";

/**
 * A schema as dhctl reads it, in JSON Schema: keys that it does not have are refused where dhctl refuses them
 * (`dhctl/pkg/config/schema/additional-properties.go`), and a default is as good as a value.
 */
export function forDhctl(schema: Schema): Schema {
  return jsonSchema(withoutDefaulted(closed(schema)) as Schema);
}

/** A schema as the API server reads it, in JSON Schema. Unknown fields are found by {@link unknownFields}. */
export function forApiServer(schema: Schema): Schema {
  return jsonSchema(schema);
}

/**
 * Refuses unknown keys, step by step as dhctl does: a property that says something of further keys is left alone with all
 * that is in it, and so is what stands in `oneOf` and the like.
 */
function closed(schema: Schema): Schema {
  const properties = Object.entries((schema["properties"] ?? {}) as Record<string, Schema>).map(
    ([name, property]) =>
      [
        name,
        Object.hasOwn(property, "additionalProperties") ? property : closed(property),
      ] as const,
  );
  const { items } = schema as { items?: Schema };
  return {
    additionalProperties: false,
    ...schema,
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(items !== undefined && { items: closed(items) }),
  };
}

/** The same schema without what is required and has a default. */
function withoutDefaulted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaulted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, withoutDefaulted(entry)]);
  const schema = Object.fromEntries(entries) as Record<string, unknown>;
  const { required, properties = {} } = value as {
    required?: unknown;
    properties?: Record<string, Schema>;
  };
  if (Array.isArray(required)) {
    schema["required"] = (required as string[]).filter(
      (name) => properties[name]?.["x-default"] !== true,
    );
  }
  return schema;
}

/** JSON Schema of a schema of OpenAPI: numbers or texts, and what may be null. */
function jsonSchema(schema: Schema): Schema {
  const { nullable, ...rest } = schema;
  const read: Record<string, unknown> = { ...rest };
  for (const [keyword, value] of Object.entries(rest)) {
    if (keyword === "properties" || keyword === "patternProperties") {
      const entries = Object.entries(value as Record<string, Schema>);
      read[keyword] = Object.fromEntries(entries.map(([name, one]) => [name, jsonSchema(one)]));
    } else if (keyword === "oneOf" || keyword === "anyOf" || keyword === "allOf") {
      read[keyword] = (value as Schema[]).map(jsonSchema);
    } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      read[keyword] = jsonSchema(value as Schema);
    }
  }
  if (schema["x-kubernetes-int-or-string"] === true) delete read["type"];
  else if (nullable === true && typeof schema["type"] === "string") {
    read["type"] = [schema["type"], "null"];
  }
  return read;
}

/**
 * Fields of a custom resource that its definition does not have: the API server would drop them, and kubectl refuses
 * them.
 */
export function unknownFields(schema: Schema, value: unknown, path = ""): string[] {
  if (Array.isArray(value)) {
    const items = (schema["items"] ?? {}) as Schema;
    return value.flatMap((entry, index) => unknownFields(items, entry, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  if (schema["x-kubernetes-preserve-unknown-fields"] === true) return [];
  const properties = (schema["properties"] ?? {}) as Record<string, Schema>;
  const further = schema["additionalProperties"];
  return Object.entries(value).flatMap(([key, entry]) => {
    const place = `${path}.${key}`;
    if (Object.hasOwn(properties, key)) return unknownFields(properties[key]!, entry, place);
    if (typeof further === "object") return unknownFields(further as Schema, entry, place);
    const isOfEveryResource = path === "" && ["apiVersion", "kind", "metadata"].includes(key);
    return further === true || isOfEveryResource || path === ".metadata" ? [] : [place];
  });
}

/** Fields of a value that are not to be used any more. */
export function deprecatedFields(schema: Schema, value: unknown, path = ""): string[] {
  if (Array.isArray(value)) {
    const items = (schema["items"] ?? {}) as Schema;
    return value.flatMap((entry, index) => deprecatedFields(items, entry, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  const properties = (schema["properties"] ?? {}) as Record<string, Schema>;
  return Object.entries(value).flatMap(([key, entry]) => {
    if (!Object.hasOwn(properties, key)) return [];
    const place = `${path}.${key}`;
    const own = properties[key]!["deprecated"] === true ? [place] : [];
    return [...own, ...deprecatedFields(properties[key]!, entry, place)];
  });
}
