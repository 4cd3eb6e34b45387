import assert from "node:assert/strict";
import { parse } from "yaml";
import type { z } from "zod";
import { configurationSchema } from "../../configuration";
import { documentationOf } from "../../configuration/schema/walk";
import { schemaAt, type Schema } from "../../configuration/schema/walk";
import type { PathSegment } from "../../findings/finding";
import { jsonSchemaFile } from "../../scripts/generatedFiles";
import { cursor } from "./editedText";

/** What stands before every key of the program in the file of a stack. */
export const namespace = "deckhouse-vsphere:";

/** The beginning of a stack's file, up to the first key. */
export const head = `# yaml-language-server: $schema=${jsonSchemaFile}\nconfig:\n`;

/**
 * A file in which the cursor is where the keys of an object are written.
 *
 * @param path where the object is, as the reference writes it: `regions[].zones[]`
 */
export function textAt(path: string): string {
  let indentation = "  ";
  let dash = "";
  let text = "";
  for (const [segment] of path.matchAll(/\[\]|<name>|[^.[\]]+/g)) {
    if (segment === "[]") {
      dash = "- ";
      continue;
    }
    const key = segment === "<name>" ? "example-name" : segment;
    text += `${indentation}${dash}${text === "" ? namespace : ""}${key}:\n`;
    indentation += "  ".repeat(dash === "" ? 1 : 2);
    dash = "";
  }
  return `${head}${text}${indentation}${dash}${cursor}\n`;
}

/** Checks that a file can be read, and that the object at a path has only keys with values that the schema takes. */
export function assertValid(text: string, path: string, label: string): void {
  const { config } = parse(text) as { config: unknown };
  const segments = [...path.matchAll(/\[\]|<name>|[^.[\]]+/g)].map(([segment]): PathSegment => {
    if (segment === "[]") return 0;
    return segment === "<name>" ? "example-name" : segment;
  });
  const [top, ...below] = segments;
  const place = [`${namespace}${String(top)}`, ...below];
  const object = place.reduce(
    (value: unknown, segment) => (value as Record<PathSegment, unknown>)[segment],
    config,
  );
  assert.ok(typeof object === "object" && object !== null, `${label}: ${text}`);
  assert.ok(Object.keys(object).length > 0, `${label}: ${text}`);
  for (const [key, value] of Object.entries(object)) {
    const schema = schemaAt(configurationSchema, [...segments, key]);
    // A name of one's own.
    if (schema === undefined) continue;
    const { error } = (schema as z.ZodType).safeParse(filled(value, [...place, key]));
    assert.equal(error, undefined, `${label} writes ${key}:\n${text}\n${String(error)}`);
  }
}

/** A value with something in place of every placeholder that is left empty: the example of its key. */
export function filled(value: unknown, place: readonly PathSegment[]): unknown {
  if (value === null) {
    return exampleAt(place);
  }
  if (Array.isArray(value)) {
    return value.map((entry, index) => filled(entry, [...place, index]));
  }
  return typeof value === "object"
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, filled(inner, [...place, key])]),
      )
    : value;
}

function exampleAt(place: readonly PathSegment[]): unknown {
  const [top, ...below] = place;
  const schema = schemaAt(configurationSchema, [
    String(top).slice(namespace.length),
    ...below,
  ]) as Schema;
  const [example] = documentationOf(schema).examples;
  return example ?? (exampleAt(place.slice(0, -1)) as unknown[])[0];
}
