import {
  definitionOf,
  elementOf,
  shapeOf,
  unwrapped,
  type Schema,
} from "../../configuration/schema/walk";

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A list or an object, of which a part can be changed. */
export type Holder = Record<string | number, Json>;

/** A place of a configuration that can be changed. */
export interface Place {
  /** Keys and indexes from the configuration to the place. */
  readonly path: readonly (string | number)[];
  /** `.regions[].name`: the same for the entries of a list, so that long lists are not changed more often than keys. */
  readonly kind: string;
  readonly schema: Schema;
}

/** All places in a value that is right, also those of keys that the schema knows and the value does not have. */
export function placesIn(schema: Schema, value: Json, at: Pick<Place, "path" | "kind">): Place[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return childrenOf(schema, value).flatMap(({ key, schema: below, name }): Place[] => {
    const place = { path: [...at.path, key], kind: at.kind + name, schema: below };
    const isThere = Object.hasOwn(value, key);
    return [place, ...(isThere ? placesIn(below, (value as Holder)[key]!, place) : [])];
  });
}

interface Child {
  readonly key: string | number;
  readonly schema: Schema;
  /** What is added to the kind. */
  readonly name: string;
}

function childrenOf(schema: Schema, value: Json[] | Record<string, Json>): Child[] {
  if (Array.isArray(value)) {
    const element = elementOf(schema);
    // The entries of a long list are alike.
    const last = value.length - 1;
    const indexes = [...new Set([0, Math.floor(last / 2), last])].filter((index) => index in value);
    return element ? indexes.map((key) => ({ key, schema: element, name: "[]" })) : [];
  }
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "record") {
    const { valueType } = definition;
    return Object.keys(value).map((key) => ({ key, schema: valueType, name: ".<name>" }));
  }
  return Object.entries(shapeOf(schema) ?? {}).map(([key, below]) => ({
    key,
    schema: below,
    name: `.${key}`,
  }));
}

/**
 * The list or object that a place is in.
 *
 * @returns undefined when an earlier change took it away
 */
export function holderOf(whole: Json, { path }: Place): Holder | undefined {
  const holder = path
    .slice(0, -1)
    .reduce<Json | undefined>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? (value as Holder)[key]
          : undefined,
      whole,
    );
  return typeof holder === "object" && holder !== null ? (holder as Holder) : undefined;
}
