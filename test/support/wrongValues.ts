import { definitionOf, unwrapped, type Schema } from "../../configuration/schema/walk";
import type { Json } from "./places";

/** Takes one of several; which one is decided elsewhere, so that a run can be repeated. */
export type Choice = <T>(options: readonly T[]) => T;

/**
 * Chooses by the numbers of a linear congruential generator (with the constants of Numerical Recipes).
 *
 * @param start any whole number; the same one makes the same choices
 */
export function choiceOf(start: number): Choice {
  let state = start;
  return (options) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The high bits: the low ones repeat soon.
    return options[Math.floor((state / 2 ** 32) * options.length)]!;
  };
}

/** What may stand anywhere by mistake. */
const values: readonly Json[] = [
  ...[null, true, false, 0, 1, -1, 0.5, 1e21, 2 ** 53, -(2 ** 53), 1e-7],
  ...["", " ", "x", "true", "12", "1.10", "null", "😀", "a\nb", "-"],
  ...[[], {}, [null], [""], [[]], [{}], ["x"], { x: 1 }, { x: "y" }, { "": "" }],
];

/** What may slip into text. Some are blank to people and not to a pattern, or the other way round. */
const characters = [
  ...[" ", "\t", "\n", "\r", "\u00a0", "\u2028", "\u0085", "\u200b", "\ufeff", "\u0000"],
  ...["\u001b[31m", "\u009b", "\u202e", "\u2066", "\u200f", "\u{e0041}"],
  ...["/", "\\", "%", ".", "-", "_", ":", "@", "a", "Z", "0", "9", "é", "٣", "😀", "\ud800"],
];

/** Numbers at the ends of what addresses, prefixes, ports and lengths of time may be. */
const textNumbers = [
  ...["0", "00", "01", "1", "2", "12", "24", "25", "29", "32", "33", "99", "100", "128", "199"],
  ...["249", "255", "256", "260", "999", "1439", "1440", "1441", "9999", "65535", "86399", "86400"],
  ...["86401", "99999", "100000", "999999", "1000000", "4294967295", "4294967296", ""],
];

/**
 * A value that is like another one, and often not allowed in its place.
 *
 * @param value what is there
 * @param schema what holds for the place, for the ends of its range; undefined for an unknown place
 */
export function wrongValues(value: Json, schema: Schema | undefined, choose: Choice): Json {
  const ends = schema === undefined ? [] : endsOf(schema);
  const options: (() => Json)[] = [
    () => structuredClone(choose(values)),
    ...(ends.length === 0 ? [] : [() => choose(ends), () => choose(ends)]),
  ];
  if (typeof value === "string") {
    options.push(
      ...[() => changedText(value, choose), () => changedText(value, choose)],
      ...[() => withOtherNumber(value, choose), () => withOtherNumber(value, choose)],
      // Two units of UTF-16 each.
      () => "😀".repeat(choose([25, 26, 50, 51])),
      () => Number(value) || 0,
    );
  } else if (typeof value === "number") {
    options.push(() =>
      choose([value + 1, value - 1, -value, value + 0.5, value * 1e9, `${value}`]),
    );
  } else if (typeof value === "boolean") {
    options.push(() => choose([!value, `${value}`, Number(value)]));
  } else if (Array.isArray(value)) {
    options.push(
      () => [],
      () => [...value, ...structuredClone(value)],
      () => [...structuredClone(value), structuredClone(choose(values))],
      () => [structuredClone(value)],
      () => structuredClone(value[0] ?? null),
    );
  } else if (value !== null) {
    options.push(
      () => ({}),
      () => [structuredClone(value)],
      () => ({ ...structuredClone(value), [choose(characters)]: choose(values) }),
    );
  }
  return choose(options)();
}

function changedText(text: string, choose: Choice): string {
  const at = choose(Array.from({ length: text.length + 1 }, (_, index) => index));
  const character = choose(characters);
  return choose([
    text.slice(0, at) + character + text.slice(at),
    text.slice(0, at) + character + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text + character,
    character + text,
    text + text,
    character.repeat(choose([50, 51])),
    text.toUpperCase(),
    text.slice(0, at),
  ]);
}

function withOtherNumber(text: string, choose: Choice): string {
  const found = [...text.matchAll(/[0-9]+/g)];
  if (found.length === 0) {
    return text + choose(textNumbers);
  }
  const { index, 0: digits } = choose(found);
  return text.slice(0, index) + choose(textNumbers) + text.slice(index + digits.length);
}

/** The ends of the range of a number, one within and one beyond; the words of an enumeration, and almost. */
function endsOf(schema: Schema): Json[] {
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "number") {
    return (definition.checks ?? [])
      .map(({ _zod }) => (_zod.def as { value?: unknown }).value)
      .filter((end) => typeof end === "number")
      .flatMap((end) => [end, end - 1, end + 1, end + 0.5]);
  }
  if (definition.type === "enum") {
    const words = Object.values(definition.entries).map(String);
    return words.flatMap((word) => [word, word, `${word} `, word.slice(1)]);
  }
  return definition.type === "union" ? definition.options.flatMap(endsOf) : [];
}
