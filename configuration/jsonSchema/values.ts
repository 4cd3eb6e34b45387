import { z } from "zod";
import { documentationOf } from "../schemaDocumentation";
import type { Schema } from "../schemaWalk";
import { checkParts } from "./checks";
import { withDescription, withKeyFacts } from "./descriptions";
import { withSnippets } from "./snippets";
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
      const { examples } = documentationOf(zodSchema);
      if (examples.length > 0) {
        // Where something is transformed, zod leaves out examples: they could be of what comes out.
        Object.assign(jsonSchema, { examples });
      }
      const parts = checkParts(zodSchema);
      if (parts !== undefined) {
        replaceChecks(jsonSchema, parts);
      }
    },
  });
  const { $schema: _draft, ...plain } = translated as JsonSchema;
  const steps = [withKeyFacts, withDescription, withSnippets];
  return steps.reduce((whole: JsonSchema, step) => mapSchema(whole, step), plain);
}

function replaceChecks(schema: JsonSchema, parts: readonly JsonSchema[]): void {
  for (const keyword of ["pattern", "patternErrorMessage", "format", "allOf"]) {
    Reflect.deleteProperty(schema, keyword);
  }
  Object.assign(schema, parts.length > 1 ? { allOf: parts } : parts[0]);
}
