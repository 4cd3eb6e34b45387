import { UserError } from "../../commands/run";

/** A JSON Schema as data. */
export type Schema = Readonly<Record<string, unknown>>;

/** Keywords that are kept as they are. */
const kept = new Set([
  ...["type", "required", "enum", "const", "pattern", "format", "nullable", "uniqueItems"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
  ...["x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "x-config-version"],
]);

/** Keywords with a schema for each name in them. */
const named = new Set(["properties", "patternProperties"]);

/** Keywords with a list of schemas. */
const listed = new Set(["oneOf", "anyOf", "allOf"]);

/** Keywords with a schema; one of them may be a boolean instead. */
const nested = new Set(["items", "not", "additionalProperties"]);

/** Keywords that say nothing of which documents are taken; so do those of vendors, but for the few above. */
const left = new Set([
  ...["description", "title", "example", "examples", "default", "deprecated"],
  // What stands in the place of a keyword by mistake, in ClusterConfiguration and IngressNginxController: without effect.
  ...["cloud", "name"],
]);

/**
 * What a schema says of the documents that are taken: no description, no example, no default. A property that is
 * required and has a default is marked with `x-default`, because dhctl does not miss it; one that is not to be used any
 * more is marked with `deprecated`.
 *
 * @param schema as it is published
 * @param path of the schema, for messages
 * @throws UserError at a keyword that this function does not know
 */
export function factsOf(schema: unknown, path: string): Schema {
  if (schema === null || schema === undefined) return {};
  if (typeof schema !== "object" || Array.isArray(schema)) {
    throw new UserError(`${path}: found ${JSON.stringify(schema)}, which is not a schema`);
  }
  const written = schema as Schema;
  const facts: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(written)) {
    const place = `${path}.${keyword}`;
    if (kept.has(keyword)) facts[keyword] = value;
    else if (named.has(keyword)) facts[keyword] = factsByName(value, place);
    else if (listed.has(keyword)) facts[keyword] = factsOfList(value, place);
    else if (nested.has(keyword)) {
      facts[keyword] = typeof value === "boolean" ? value : factsOf(value, place);
    } else if (!left.has(keyword) && !keyword.startsWith("x-")) {
      throw new UserError(
        `${place}: the keyword "${keyword}" is not known: ` +
          "say in scripts/deckhouseSchemas/facts.ts what becomes of it",
      );
    }
  }
  if (written["deprecated"] === true || written["x-doc-deprecated"] === true) {
    facts["deprecated"] = true;
  }
  return withMarkedDefaults(facts, written);
}

function factsByName(value: unknown, path: string): Record<string, Schema> {
  const entries = Object.entries((value ?? {}) as Schema);
  return Object.fromEntries(entries.map(([name, one]) => [name, factsOf(one, `${path}.${name}`)]));
}

function factsOfList(value: unknown, path: string): Schema[] {
  return (value as unknown[]).map((one, index) => factsOf(one, `${path}[${index}]`));
}

/** Marks the required properties that have a default. */
function withMarkedDefaults(facts: Record<string, unknown>, written: Schema): Schema {
  const properties = (facts["properties"] ?? {}) as Record<string, Schema>;
  const published = (written["properties"] ?? {}) as Record<string, Schema | null>;
  for (const name of (written["required"] ?? []) as string[]) {
    const property = properties[name];
    if (property !== undefined && Object.hasOwn(published[name] ?? {}, "default")) {
      properties[name] = { ...property, "x-default": true };
    }
  }
  return facts;
}
