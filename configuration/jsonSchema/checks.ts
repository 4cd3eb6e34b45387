import { definitionOf, type Schema } from "../schemaWalk";
import { customChecks } from "./customChecks";
import type { JsonSchema } from "./jsonSchema";

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
export function checkParts(schema: Schema): JsonSchema[] | undefined {
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
