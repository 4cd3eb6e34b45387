import type { z } from "zod";
import { definitionOf, type Schema } from "./schemaWalk";

/** What the schema says about a key, for people. */
export interface KeyDocumentation {
  /** One or more sentences in Markdown. */
  readonly description: string | undefined;
  /** Values the key may have; the first is the example. */
  readonly examples: readonly unknown[];
  /** What the key is when it is left out. */
  readonly fallback: Fallback;
}

/**
 * What holds for a key that is left out: it is required, it has a fixed value, or a value that depends on
 * the rest, told in words.
 */
export type Fallback =
  | { readonly kind: "required" }
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "computed"; readonly text: string };

/**
 * Reads what a schema says about its key.
 *
 * @param schema the schema of a key
 */
export function documentationOf(schema: Schema): KeyDocumentation {
  const meta = (schema as z.ZodType).meta() ?? {};
  return {
    description: meta.description,
    examples: Array.isArray(meta["examples"]) ? (meta["examples"] as unknown[]) : [],
    fallback: fallbackOf(schema, meta["computedDefault"]),
  };
}

function fallbackOf(schema: Schema, computed: unknown): Fallback {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "default":
    case "prefault":
      return { kind: "value", value: definition.defaultValue };
    case "optional":
      return { kind: "computed", text: typeof computed === "string" ? computed : "none" };
    default:
      return { kind: "required" };
  }
}
