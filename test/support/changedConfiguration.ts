/** A value by its path: `regions[0].name`, or `labels["a.b/c"]`. Undefined takes the key away. */
export type Changes = Readonly<Record<string, unknown>>;

/** Copies plain data and changes values in the copy. Objects on the way are made when they are missing. */
export function changed(original: unknown, changes: Changes): unknown {
  // Through JSON, because structuredClone keeps one object in two places one.
  const copy: unknown = JSON.parse(JSON.stringify(original));
  for (const [path, value] of Object.entries(changes)) {
    setAt(copy, segmentsOf(path), value);
  }
  return copy;
}

/** Looks up a value by its path. */
export function valueAt(root: unknown, path: string): unknown {
  return segmentsOf(path).reduce<unknown>(
    (value, segment) => (value as Record<string, unknown> | undefined)?.[segment],
    root,
  );
}

function setAt(root: unknown, segments: readonly string[], value: unknown): void {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return;
  }
  const container = root as Record<string, unknown>;
  if (rest.length > 0) {
    container[segment] ??= {};
    setAt(container[segment], rest, value);
  } else if (value === undefined) {
    Reflect.deleteProperty(container, segment);
  } else {
    container[segment] = structuredClone(value);
  }
}

function segmentsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}

/** A value without its keys that are undefined, at every depth: what the engine, JSON and YAML keep of it. */
export function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
