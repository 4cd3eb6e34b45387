/** A value in which keys that may be undefined are optional instead, at every depth. */
export type Compact<T> = T extends readonly (infer Element)[]
  ? readonly Compact<Element>[]
  : T extends object
    ? { [Key in keyof T as undefined extends T[Key] ? never : Key]: Compact<T[Key]> } & {
        [Key in keyof T as undefined extends T[Key] ? Key : never]?: Compact<
          Exclude<T[Key], undefined>
        >;
      }
    : T;

/**
 * Leaves out the keys whose value is undefined, at every depth, and copies the rest in its order.
 *
 * @param value plain data
 */
export function compact<T>(value: T): Compact<T> {
  return withoutUndefined(value) as Compact<T>;
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutUndefined);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]): [string, unknown] => [key, withoutUndefined(entry)]),
  );
}
