import {
  definitionOf,
  elementOf,
  shapeOf,
  unwrapped,
  type Definition,
  type Schema,
} from "./schemaWalk";

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
  const definition: Definition = definitionOf(unwrapped(schema));
  if (definition.type === "record") {
    return content(definition.valueType, `${suffix}.<name>`);
  }
  const element = elementOf(schema);
  return element === undefined ? { inner: schema, suffix } : content(element, `${suffix}[]`);
}
