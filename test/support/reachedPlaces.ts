import { configurationSchema } from "../../configuration";
import {
  documentationOf,
  schemaKeys,
  schemaAt,
  type Schema,
} from "../../configuration/schema/walk";
import type { Holder, Json, Place } from "./places";

/** A key of the schema, wherever it stands. */
export interface Target {
  /** `regions[].zones[].name` */
  readonly path: string;
  /** The keys to it; `[]` for the entries of a list, `<name>` for those of an object with names of one's own. */
  readonly steps: readonly string[];
}

/** Every key of the configuration. */
export const targets: readonly Target[] = schemaKeys(configurationSchema).map(({ path }) => ({
  path,
  steps: path.replaceAll("[]", ".[]").split("."),
}));

/**
 * The place of a key in a configuration. What the way there lacks is written first, from the examples of the schema.
 *
 * @param configuration is completed
 * @returns undefined where no example leads on
 */
export function reachedPlace(
  configuration: Record<string, Json>,
  { path, steps }: Target,
): Place | undefined {
  const way: (string | number)[] = [];
  let value: Json = configuration;
  let schema: Schema = configurationSchema;
  for (const [index, step] of steps.entries()) {
    const key = keyFor(step, value);
    const below = key === undefined ? undefined : schemaAt(schema, [key]);
    if (key === undefined || below === undefined) {
      return undefined;
    }
    way.push(key);
    const next = steps[index + 1];
    if (next === undefined) {
      return { path: way, kind: `.${path}`, schema: below };
    }
    const holder = value as Holder;
    const there = Object.hasOwn(holder, key) ? holder[key] : undefined;
    if (there === undefined || !leadsOn(there, next)) {
      const examples = examplesOf(schema, step, below).filter((example) => leadsOn(example, next));
      if (examples[0] === undefined) {
        return undefined;
      }
      holder[key] = structuredClone(examples[0]);
    }
    value = holder[key]!;
    schema = below;
  }
  return undefined;
}

function keyFor(step: string, value: Json): string | number | undefined {
  switch (step) {
    case "[]":
      return 0;
    case "<name>":
      return Object.keys(value as object)[0];
    default:
      return step;
  }
}

/** An entry of a list has no examples of its own; those of the list have entries. */
function examplesOf(list: Schema, step: string, below: Schema): Json[] {
  const examples = documentationOf(step === "[]" ? list : below).examples as Json[];
  return step === "[]" ? examples.flat() : examples;
}

/** Whether a value has, or can be given, what the next step leads to. */
function leadsOn(value: Json, next: string): boolean {
  if (next === "[]") {
    return Array.isArray(value) && value.length > 0;
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && (next !== "<name>" || Object.keys(value).length > 0);
}
