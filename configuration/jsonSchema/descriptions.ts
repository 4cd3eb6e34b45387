import type { JsonSchema } from "./jsonSchema";

/**
 * Puts what an editor shows first, and says in the description what holds for a key that is left out: editors show no
 * `default`, and `computedDefault` is a word of our own.
 *
 * @param schema one schema, without regard to those in it
 */
export function withDescription(schema: JsonSchema): JsonSchema {
  const { description, computedDefault, default: fixed, examples, ...rest } = schema;
  const sentences = [description, fallbackSentence(fixed, computedDefault)].filter(
    (sentence) => sentence !== undefined,
  );
  return {
    ...descriptionOf(sentences.join("\n\n")),
    // An empty object would be written into the file by an editor, to no use.
    ...(fixed === undefined || isEmpty(fixed) ? {} : { default: fixed }),
    ...(examples === undefined ? {} : { examples }),
    ...rest,
  };
}

/**
 * A description as editors show it. Where it is marked up, it stands there a second time as Markdown: as plain text an
 * editor would show the marks.
 *
 * @param text Markdown; may be empty
 */
export function descriptionOf(text: string): JsonSchema {
  if (text === "") {
    return {};
  }
  return text.includes("`")
    ? { description: text.replaceAll("`", ""), markdownDescription: text }
    : { description: text };
}

function fallbackSentence(fixed: unknown, computed: unknown): string | undefined {
  if (fixed !== undefined) {
    return isEmpty(fixed) ? undefined : `Default: \`${JSON.stringify(fixed)}\`.`;
  }
  if (typeof computed !== "string" || computed === "none") {
    return undefined;
  }
  return computed.startsWith("required")
    ? `${computed.charAt(0).toUpperCase()}${computed.slice(1)}.`
    : `Default: ${computed}.`;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
