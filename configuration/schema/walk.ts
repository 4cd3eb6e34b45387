import type { z } from "zod";
import type { PathSegment } from "../../findings/finding";

/** Any schema of the configuration. */
export type Schema = z.core.$ZodType;

/** The definition of a schema, told apart by `type`. */
export type Definition = z.core.$ZodTypes["_zod"]["def"];

/**
 * The definition of a schema.
 *
 * @param schema any schema
 */
export function definitionOf(schema: Schema): Definition {
  return (schema as z.core.$ZodTypes)._zod.def;
}

/**
 * Takes away the layers `optional`, `default` and `prefault`, and what comes after a transformation.
 *
 * @param schema any schema
 */
export function unwrapped(schema: Schema): Schema {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "optional":
    case "default":
    case "prefault":
      return unwrapped(definition.innerType);
    case "pipe":
      return unwrapped(definition.in);
    default:
      return schema;
  }
}

/**
 * The keys of an object schema, or of the object among the options of a union.
 *
 * @param schema any schema
 * @returns key and schema in the order written; undefined for what is not an object with fixed keys
 */
export function shapeOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "object") {
    return definition.shape;
  }
  if (definition.type === "union") {
    return definition.options.map(shapeOf).find((shape) => shape !== undefined);
  }
  return undefined;
}

/**
 * The schema of a list's elements, also of the list among the options of a union.
 *
 * @param schema any schema
 */
export function elementOf(schema: Schema): Schema | undefined {
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "array") {
    return definition.element;
  }
  if (definition.type === "union") {
    return definition.options.map(elementOf).find((element) => element !== undefined);
  }
  return undefined;
}

/** The schema of a map's values, also of the map among the options of a union. */
function valueTypeOf(schema: Schema): Schema | undefined {
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "record") {
    return definition.valueType;
  }
  if (definition.type === "union") {
    return definition.options.map(valueTypeOf).find((value) => value !== undefined);
  }
  return undefined;
}

/**
 * The schema that holds for a place in the configuration.
 *
 * @param schema the schema of the whole
 * @param path keys and indexes from there
 * @returns undefined for a place the schema does not know
 */
export function schemaAt(schema: Schema, path: readonly PathSegment[]): Schema | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) {
    return schema;
  }
  const next = stepInto(schema, segment);
  return next === undefined ? undefined : schemaAt(next, rest);
}

function stepInto(schema: Schema, segment: PathSegment): Schema | undefined {
  if (typeof segment === "number") {
    return elementOf(schema);
  }
  const value = valueTypeOf(schema);
  if (value !== undefined) {
    return value;
  }
  const shape = shapeOf(schema);
  return shape !== undefined && Object.hasOwn(shape, segment) ? shape[String(segment)] : undefined;
}

/** A key of the configuration, as the reference page lists it. */
export interface SchemaKey {
  /** `regions[].zones[].name`; `[]` stands for every entry of a list, `.<name>` for a name of one's own. */
  readonly path: string;
  readonly schema: Schema;
  /** The path of a key that takes the same object, where its keys are listed; absent if they follow. */
  readonly sameAs?: string;
}

/**
 * Lists every key of a schema once, parents before children. An object that stands in several places is
 * opened in one of them: at the top if it stands there, else where it comes first.
 *
 * @param schema the schema of the whole
 */
export function schemaKeys(schema: Schema): SchemaKey[] {
  const opened = new Map<unknown, string>();
  for (const [key, child] of Object.entries(shapeOf(schema) ?? {})) {
    rememberShape(opened, key, child);
  }
  return keysBelow(schema, "", opened);
}

function keysBelow(schema: Schema, path: string, opened: Map<unknown, string>): SchemaKey[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, child]): SchemaKey[] => {
    const childPath = path === "" ? key : `${path}.${key}`;
    const { inner, suffix } = content(child);
    const sameAs = rememberShape(opened, childPath, child);
    if (sameAs !== childPath) {
      return [{ path: childPath, schema: child, sameAs }];
    }
    return [
      { path: childPath, schema: child },
      ...keysBelow(inner, `${childPath}${suffix}`, opened),
    ];
  });
}

/** Notes where an object is opened; answers with that place, or with the path itself if there is no object. */
function rememberShape(opened: Map<unknown, string>, path: string, schema: Schema): string {
  const shape = shapeOf(content(schema).inner);
  if (shape === undefined) {
    return path;
  }
  const place = opened.get(shape) ?? path;
  opened.set(shape, place);
  return place;
}

/** What is inside lists and maps, and how a path leads there. */
function content(schema: Schema, suffix = ""): { inner: Schema; suffix: string } {
  const value = valueTypeOf(schema);
  if (value !== undefined) {
    return content(value, `${suffix}.<name>`);
  }
  const element = elementOf(schema);
  return element === undefined ? { inner: schema, suffix } : content(element, `${suffix}[]`);
}

/** What the schema says about a key, for people. */
export interface KeyDocumentation {
  /** One or more sentences in Markdown. */
  readonly description: string | undefined;
  /** Values the key may have; the first is the example. */
  readonly examples: readonly unknown[];
  /** What the key is when it is left out. */
  readonly fallback: Fallback;
}

/**
 * What holds for a key that is left out: it is required, it has a fixed value, or a value that depends on
 * the rest, told in words.
 */
export type Fallback =
  | { readonly kind: "required" }
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "computed"; readonly text: string };

/**
 * Reads what a schema says about its key.
 *
 * @param schema the schema of a key
 */
export function documentationOf(schema: Schema): KeyDocumentation {
  const meta = (schema as z.ZodType).meta() ?? {};
  return {
    description: meta.description,
    examples: Array.isArray(meta["examples"]) ? (meta["examples"] as unknown[]) : [],
    fallback: fallbackOf(schema, meta["computedDefault"]),
  };
}

function fallbackOf(schema: Schema, computed: unknown): Fallback {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "default":
    case "prefault":
      return { kind: "value", value: definition.defaultValue };
    case "optional":
      return { kind: "computed", text: typeof computed === "string" ? computed : "none" };
    default:
      return { kind: "required" };
  }
}
