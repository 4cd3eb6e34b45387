import assert from "node:assert/strict";
import fc from "fast-check";
import type { z } from "zod";
import { configurationSchema } from "../../../configuration";
import {
  documentationOf,
  schemaKeys,
  type SchemaKey,
  type Schema,
} from "../../../configuration/schema/walk";
import { stackFileSchema } from "../../../configuration/jsonSchema/stackFile";
import { valueSchema } from "../../../configuration/jsonSchema/values";
import { jsonValidator } from "../../support/jsonValidator";
import { mutatedConfigurations } from "../../support/mutatedConfigurations";
import { mutatedStackFiles } from "../../support/mutatedStackFiles";
import type { Json } from "../../support/places";
import { isTaken } from "../../support/stackFile";
import { choiceOf, wrongValues } from "../../support/wrongValues";

/** Which configurations the changes start from; which changes are made is new in every run, and printed on failure. */
const poolSeed = 20_240;
const runs = 10_000;

/** Whether no other key is inside: then nothing else decides about a value. */
function isInnermost({ path, sameAs }: SchemaKey, _index: number, all: SchemaKey[]): boolean {
  return (
    sameAs === undefined &&
    !all.some((other) =>
      /^[.[]/.test(other.path.startsWith(path) ? other.path.slice(path.length) : ""),
    )
  );
}

describe("the JSON Schema and the zod schema", function () {
  // A few seconds by itself; a busy machine takes longer.
  this.timeout(120_000);

  it(`accept and refuse the same among ${runs} configurations with changes at every key`, () => {
    const faultOfValues = jsonValidator(valueSchema(configurationSchema));
    const faultOfFile = jsonValidator(stackFileSchema());
    const verdicts = { values: [0, 0], file: [0, 0] };
    const changed = new Set<Schema>();
    fc.assert(
      fc.property(mutatedStackFiles(mutatedConfigurations(poolSeed)), ({ mutated, file }) => {
        const values = configurationSchema.safeParse(mutated.configuration);
        const fault = faultOfValues(mutated.configuration);
        if ((fault === undefined) !== values.success) {
          assert.fail(`as values: JSON Schema: ${fault}; zod: ${values.error?.message}`);
        }
        const fileFault = faultOfFile(file);
        const isRight = isTaken(file);
        if ((fileFault === undefined) !== isRight) {
          assert.fail(`as a file: JSON Schema: ${fileFault}; the program takes it: ${isRight}`);
        }
        verdicts.values[Number(values.success)]! += 1;
        verdicts.file[Number(isRight)]! += 1;
        mutated.changes.forEach(({ schema }) => changed.add(schema));
      }),
      // The changes are made from numbers: smaller ones make no simpler changes.
      { numRuns: runs, endOnFailure: true },
    );
    const missed = schemaKeys(configurationSchema).filter(({ schema }) => !changed.has(schema));
    assert.deepEqual(
      missed.map(({ path }) => path),
      [],
      "keys without a change",
    );
    // An equality of refusals, or of acceptances, alone would prove little.
    for (const [level, [refused = 0, accepted = 0]] of Object.entries(verdicts)) {
      const counts = `${level}: ${refused} refused, ${accepted} accepted`;
      assert.ok(Math.min(refused, accepted) > runs / 5, counts);
    }
  });

  for (const { path, schema } of schemaKeys(configurationSchema).filter(isInnermost)) {
    it(`agree about ${path}, right, almost right and wrong`, () => {
      const faultOf = jsonValidator(valueSchema(schema));
      for (const example of documentationOf(schema).examples as Json[]) {
        for (let start = 0; start < 200; start += 1) {
          const value = wrongValues(example, schema, choiceOf(start * 1_000_003));
          const { success, error } = (schema as z.ZodType).safeParse(value);
          const fault = faultOf(value);
          if ((fault === undefined) !== success) {
            const shown = JSON.stringify(value);
            assert.fail(`${shown}: JSON Schema: ${fault}; zod: ${error?.message}`);
          }
        }
      }
    });
  }
});
