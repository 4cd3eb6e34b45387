import fc from "fast-check";
import { allSettings } from "../../configuration/settings";
import type { Change, MutatedConfiguration } from "./mutatedConfigurations";
import type { Json } from "./places";
import type { StackFile } from "./stackFile";
import { certificate } from "./certificate";

const namespace = "deckhouse-vsphere:";
const encrypted = { secure: "hunter2" };

/** What the file has beside the configuration; each may also be absent. */
const furtherKeys = fc.record(
  {
    ...Object.fromEntries(
      allSettings.map(({ key, type, secret }) => [
        key,
        secret ? fc.constantFrom<Json>(encrypted, encrypted, "hunter2", "", 5) : valuesOf(type),
      ]),
    ),
    "deckhouse-vsphere:caBundle": fc.constantFrom<Json>(
      certificate,
      { secure: certificate },
      "ca.pem",
    ),
    "deckhouse-vsphere:regoins": fc.constant<Json>([]),
    "deckhouse-vsphere:Protect": fc.constant<Json>(true),
    "aws:region": fc.constantFrom<Json>("eu-west-1", { a: [1] }, null, encrypted),
    "vsphere:apiTimeout": fc.constant<Json>(10),
  },
  { requiredKeys: [] },
);

function valuesOf(type: "text" | "boolean"): fc.Arbitrary<Json> {
  return type === "text"
    ? fc.constantFrom<Json>("vcenter.example.com", "x", encrypted)
    : fc.constantFrom<Json>(
        ...[
          { secure: "false" },
          true,
          false,
          0,
          1,
          2,
          "true",
          "false",
          "0",
          "1",
          "t",
          "F",
          "True",
          "TRUE",
        ],
        ...["yes", "tRUE", " true", "2"],
      );
}

/** How a key that is no object may be spelt, beside its own value. */
const scalarTexts = ["true", "false", " true\n", "\u00a0true", "True", "1", '"true"', "null", ""];

/**
 * Files of stacks with a changed configuration, scalars as text now and then, and other keys beside it.
 *
 * @param configurations what stands in the namespace of the program
 */
export function mutatedStackFiles(
  configurations: fc.Arbitrary<MutatedConfiguration>,
): fc.Arbitrary<{ readonly mutated: MutatedConfiguration; readonly file: StackFile }> {
  return fc
    .record({
      mutated: configurations,
      // Most files have few further keys: the one that is wrong is to decide.
      further: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, furtherKeys.map(oneOrTwo)),
      protect: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        fc.constantFrom(...scalarTexts),
      ),
    })
    .map(({ mutated, further, protect }) => ({
      mutated,
      file: asWritten({
        config: {
          ...Object.fromEntries(
            Object.entries(mutated.configuration).map(([key, value]) => [namespace + key, value]),
          ),
          ...(protect === undefined ? {} : { "deckhouse-vsphere:protect": protect }),
          ...further,
        },
      }),
      // A whole file would hide what was changed in it.
      [fc.toStringMethod]: () =>
        JSON.stringify({ changes: mutated.changes.map(withoutSchema), protect, further }),
    }));
}

/** A file has no key without a value. */
function asWritten(file: StackFile): StackFile {
  return JSON.parse(JSON.stringify(file)) as StackFile;
}

function withoutSchema({ kind, value }: Change): object {
  return { kind, value };
}

function oneOrTwo(keys: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(keys).slice(-2)) as Record<string, Json>;
}
