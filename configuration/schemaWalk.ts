import type { z } from "zod";
import type { PathSegment } from "../findings/finding";

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
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "record") {
    return definition.valueType;
  }
  const shape = shapeOf(schema);
  return shape !== undefined && Object.hasOwn(shape, segment) ? shape[String(segment)] : undefined;
}
