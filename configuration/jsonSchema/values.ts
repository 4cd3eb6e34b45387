import { z } from "zod";
import { documentationOf, type Schema, definitionOf } from "../schema/walk";
import { withDescription, withKeyFacts } from "./descriptions";
import { withSnippets } from "./snippets";
import { mapSchema, type JsonSchema } from "./jsonSchema";
import { datastoresSchema } from "../schema/regions";

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

/**
 * What JSON Schema says in place of a check that is a function (`refine`), by the check's message. A function cannot be
 * translated, so each has its entry here, and the test of equality compares the two.
 */
export const customChecks: Readonly<Record<string, JsonSchema>> = {
  // A day in seconds, minutes and hours, for what is known to be a length of time.
  "is too long: write at most 24h": {
    pattern:
      "^(([0-9]{1,4}|[0-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)s" +
      "|([0-9]{1,3}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m" +
      "|([0-9]|1[0-9]|2[0-4])h)$",
  },
};

/** The definition of a check, as far as it is read here. */
interface CheckDefinition {
  readonly check: string;
  readonly error?: (issue: never) => string | { readonly message: string } | null | undefined;
  readonly format?: string;
  readonly pattern?: RegExp;
}

/** Formats that zod checks by their pattern alone. */
const patternFormats: ReadonlySet<string> = new Set(["regex", "ipv4", "cidrv4"]);

/** Checks of numbers and lists that zod itself writes as JSON Schema, with the same meaning. */
const plainChecks: ReadonlySet<string> = new Set([
  "greater_than",
  "less_than",
  "number_format",
  "min_length",
  "max_length",
]);

/**
 * What the checks of a schema demand, as JSON Schema with the checks' own messages.
 *
 * @param schema any zod schema
 * @returns for text: one part for each check, all of which hold; for all else undefined: zod's own translation is right
 * @throws Error for a check that JSON Schema cannot say, or would read in another way
 */
function checkParts(schema: Schema): JsonSchema[] | undefined {
  const definition = definitionOf(schema);
  const checks = (definition.checks ?? []).map(({ _zod }) => _zod.def as CheckDefinition);
  if (definition.type !== "string") {
    const unknown = checks.find(({ check }) => !plainChecks.has(check));
    if (unknown !== undefined) {
      throw new Error(
        `a check of ${definition.type} "${messageOf(unknown)}" is a function: say it as a rule (configuration/rules)`,
      );
    }
    return undefined;
  }
  // z.ipv4() is a schema and its own check in one.
  const own = "check" in definition ? [definition as unknown as CheckDefinition] : [];
  // What puts letters and their marks together changes a text and refuses none.
  return [...own, ...checks.filter(({ check }) => check !== "overwrite")].map(textPart);
}

function textPart(definition: CheckDefinition): JsonSchema {
  const message = messageOf(definition);
  const patternErrorMessage = message === undefined ? {} : { patternErrorMessage: message };
  if (definition.check === "custom") {
    const part = customChecks[message ?? ""];
    if (part === undefined) {
      throw new Error(
        `the check "${message ?? ""}" is a function: write it as a regular expression, or add what it says to customChecks`,
      );
    }
    return { ...part, ...patternErrorMessage };
  }
  const { format, pattern } = definition;
  if (pattern === undefined || format === undefined || !patternFormats.has(format)) {
    // Lengths among them: zod counts UTF-16 units, JSON Schema characters.
    throw new Error(
      `JSON Schema would read the check ${format ?? definition.check} in another way: write it as a regular expression`,
    );
  }
  if (pattern.flags.replace("u", "") !== "") {
    throw new Error(
      `${String(pattern)} has flags that a pattern of JSON Schema cannot have: do without`,
    );
  }
  return { pattern: pattern.source, ...patternErrorMessage };
}

function messageOf({ error }: CheckDefinition): string | undefined {
  const message = error?.({} as never);
  return typeof message === "string" ? message : message?.message;
}

/** The JSON Schema of a file that `datastoresFile` names. */
export function datastoresFileSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $comment: "Generated by npm run generate. Do not edit.",
    description: "The datastores of a zone of deckhouse-vsphere.",
    ...valueSchema(datastoresSchema),
  };
}
