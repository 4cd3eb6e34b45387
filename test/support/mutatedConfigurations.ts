import fc from "fast-check";
import { configurationSchema } from "../../configuration";
import { documentationOf, type Schema } from "../../configuration/schema/walk";
import { rawConfiguration } from "./configurationArbitraries";
import { holderOf, placesIn, type Holder, type Json, type Place } from "./places";
import { reachedPlace, targets } from "./reachedPlaces";
import { choiceOf, wrongValues, type Choice } from "./wrongValues";

/** A configuration with changes that somebody may have made by mistake, or not. */
export interface MutatedConfiguration {
  readonly configuration: Record<string, Json>;
  readonly changes: readonly Change[];
}

/** One change. */
export interface Change {
  /** `.regions[].name`; it was a key or an entry of a list there, or became one. */
  readonly kind: string;
  readonly schema: Schema;
  /** What is there now, with all changes made; undefined when nothing is. */
  readonly value: Json | undefined;
}

/** A valid configuration that changes are made to. */
interface Original {
  /** As JSON. */
  readonly text: string;
  /** Of each kind of place those that there are. */
  readonly places: readonly (readonly Place[])[];
}

/** Valid configurations: to make one is slow, to change one is not. */
function originals(seed: number): Original[] {
  return fc
    .sample(rawConfiguration, { seed, numRuns: 200 })
    .map((configuration) => shortened(configuration as unknown as Json))
    .map((configuration) => ({
      text: JSON.stringify(configuration),
      places: byKind(configuration),
    }));
}

/** The same with one entry in each list at most: more of them say nothing new to a schema, and take time. */
function shortened(value: Json): Json {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Array.isArray(value)
    ? value.slice(0, 1).map(shortened)
    : Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shortened(entry)]));
}

function byKind(configuration: Json): Place[][] {
  const kinds = new Map<string, Place[]>();
  for (const place of placesIn(configurationSchema, configuration, { path: [], kind: "" })) {
    kinds.set(place.kind, [...(kinds.get(place.kind) ?? []), place]);
  }
  return [...kinds.values()];
}

/**
 * Configurations with up to three changes at random places.
 *
 * @param seed decides which configurations the changes start from
 */
export function mutatedConfigurations(seed: number): fc.Arbitrary<MutatedConfiguration> {
  return fc
    .record({
      original: fc.constantFrom(...originals(seed)),
      mutations: fc.array(fc.nat(), { maxLength: 3 }),
    })
    .map(({ original, mutations }) => {
      const configuration = JSON.parse(original.text) as Record<string, Json>;
      const changed = mutations.flatMap((mutation) => {
        const choose = choiceOf(mutation);
        // Half of the changes at what is there, half at any key of the schema.
        const place = choose([
          () => choose(choose(original.places)),
          () => reachedPlace(configuration, choose(targets)),
        ])();
        return place !== undefined && mutate(configuration, place, choose) ? [place] : [];
      });
      const changes = changed.map((place) => ({
        kind: place.kind,
        schema: place.schema,
        value: holderOf(configuration, place)?.[place.path.at(-1)!],
      }));
      return { configuration, changes };
    });
}

/** Changes what is at a place; false when an earlier change took the place away. */
function mutate(whole: Record<string, Json>, place: Place, choose: Choice): boolean {
  const key = place.path.at(-1)!;
  const holder = holderOf(whole, place);
  if (holder === undefined) {
    return false;
  }
  if (Object.hasOwn(holder, key)) {
    change(holder, key, place.schema, choose);
    return true;
  }
  if (Array.isArray(holder)) {
    return false;
  }
  const example = exampleOf(place.schema, choose);
  holder[key] = choose([true, false]) ? example : wrongValues(example, place.schema, choose);
  return true;
}

function change(holder: Holder, key: string | number, schema: Schema, choose: Choice): void {
  const value = holder[key]!;
  const action = choose(["replace", "replace", "replace", "remove", "example", "rename", "copy"]);
  if (action === "remove") {
    remove(holder, key);
  } else if (action === "rename" && typeof key === "string") {
    remove(holder, key);
    holder[wrongKey(key, choose)] = value;
  } else if (action === "copy" && typeof key === "string") {
    holder[choose(unknownKeys)] = structuredClone(value);
  } else if (action === "example" && documentationOf(schema).examples.length > 0) {
    holder[key] = exampleOf(schema, choose);
  } else {
    holder[key] = wrongValues(value, schema, choose);
  }
}

function exampleOf(schema: Schema, choose: Choice): Json {
  return structuredClone(choose(documentationOf(schema).examples)) as Json;
}

/** `toString` and `constructor` are keys that every object of JavaScript seems to have. */
const unknownKeys = ["unknown", "toString", "constructor", "0", "name", "path", "a:b", "$ref"];

function remove(holder: Holder, key: string | number): void {
  if (Array.isArray(holder)) {
    holder.splice(Number(key), 1);
  } else {
    Reflect.deleteProperty(holder, key);
  }
}

function wrongKey(key: string, choose: Choice): string {
  const at = choose(Array.from({ length: key.length + 1 }, (_, index) => index));
  return choose([
    key.slice(0, at) + key.slice(at + 1),
    `${key.slice(0, at)}x${key.slice(at)}`,
    key.slice(0, at) + key.charAt(at).toUpperCase() + key.slice(at + 1),
    ...[key.toUpperCase(), ` ${key}`, `${key} `, "", "😀"],
  ]);
}
