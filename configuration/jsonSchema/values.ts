import { z } from "zod";
import type { Schema } from "../schemaWalk";
import { checkParts } from "./checks";
import { withDescription } from "./descriptions";
import { mapSchema, type JsonSchema } from "./jsonSchema";

/**
 * Translates a schema of the configuration, as a user writes it: what has a default may be left out.
 *
 * @param schema a zod schema of values that JSON has
 * @returns JSON Schema of draft 7, without references
 * @throws Error for a check that JSON Schema cannot say in the same way
 */
export function valueSchema(schema: Schema): JsonSchema {
  // `$schema` belongs to a document of its own, `~standard` is zod's own.
  const translated = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    override: ({ zodSchema, jsonSchema }) => {
      const parts = checkParts(zodSchema);
      if (parts !== undefined) {
        replaceChecks(jsonSchema, parts);
      }
    },
  });
  const { $schema: _draft, ...plain } = translated as JsonSchema;
  return mapSchema(plain, withDescription);
}

function replaceChecks(schema: JsonSchema, parts: readonly JsonSchema[]): void {
  for (const keyword of ["pattern", "patternErrorMessage", "format", "allOf"]) {
    Reflect.deleteProperty(schema, keyword);
  }
  Object.assign(schema, parts.length > 1 ? { allOf: parts } : parts[0]);
}
