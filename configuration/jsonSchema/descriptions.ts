import { stringify } from "yaml";
import type { JsonSchema } from "./jsonSchema";
import { isPlain } from "./snippets";

/**
 * Tells each key of an object its own name and whether it is required, which only the object knows: editors show them
 * when the cursor is on the key.
 *
 * @param schema one schema, without regard to those in it
 * @returns the schema; its keys have a `title`, and the word `need` for {@link withDescription}
 */
export function withKeyFacts(schema: JsonSchema): JsonSchema {
  if (schema.properties === undefined) {
    return schema;
  }
  const keys = Object.entries(schema.properties as Record<string, JsonSchema>);
  const properties = keys.map(([key, value]): [string, JsonSchema] => [
    key,
    {
      ...value,
      title: key,
      need: schema.required?.includes(key) === true ? "Required." : "Optional.",
    },
  ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

/**
 * Puts what an editor shows first, and says in the description what holds for a key that is left out: editors show no
 * `default`, and `computedDefault` and `need` are words of our own. So are examples that editors cannot show themselves.
 *
 * @param schema one schema, without regard to those in it
 */
export function withDescription(schema: JsonSchema): JsonSchema {
  const { title, description, need, computedDefault, default: fixed, ...structure } = schema;
  const { enumDescriptions, ...rest } = structure;
  const sentences = [description, fallbackSentence(fixed, computedDefault, need)];
  const text = sentences.filter((sentence) => sentence !== undefined).join("\n\n");
  return {
    ...(title === undefined ? {} : { title }),
    ...descriptionOf(
      text,
      rest.examples?.filter((example) => !isPlain(example)),
    ),
    // An empty object would be written into the file by an editor, to no use.
    ...(fixed === undefined || isEmpty(fixed) ? {} : { default: fixed }),
    ...rest,
    ...valueDescriptions(rest.enum ?? [], enumDescriptions),
  };
}

/**
 * A description as editors show it. Where it is marked up, it stands there a second time as Markdown: as plain text an
 * editor would show the marks.
 *
 * @param text Markdown; may be empty
 * @param examples what is shown below it, as YAML
 */
export function descriptionOf(text: string, examples: readonly unknown[] = []): JsonSchema {
  const shown = examples.map((example) => `Example:\n\n\`\`\`yaml\n${yamlOf(example)}\`\`\``);
  const markdown = [text, ...shown].join("\n\n");
  return {
    ...(text === "" ? {} : { description: text.replaceAll("`", "") }),
    ...(markdown.includes("`") ? { markdownDescription: markdown } : {}),
  };
}

/** The meaning of each value, in the order of the values, as far as `.meta({ enumDescriptions })` has it. */
function valueDescriptions(values: readonly unknown[], described: unknown): JsonSchema {
  if (described === undefined) {
    return {};
  }
  const texts = values.map((value) => (described as Record<string, string>)[String(value)] ?? "");
  return {
    enumDescriptions: texts.map((text) => text.replaceAll("`", "")),
    ...(texts.some((text) => text.includes("`")) ? { markdownEnumDescriptions: texts } : {}),
  };
}

function fallbackSentence(fixed: unknown, computed: unknown, need: unknown): string | undefined {
  if (fixed !== undefined && !isEmpty(fixed)) {
    return `Default: \`${JSON.stringify(fixed)}\`.`;
  }
  if (typeof computed !== "string" || computed === "none") {
    return typeof need === "string" ? need : undefined;
  }
  const without = /^none: (.*)$/.exec(computed);
  if (without !== null) {
    return `Without it, ${without[1] ?? ""}.`;
  }
  return computed.startsWith("required")
    ? `${computed.charAt(0).toUpperCase()}${computed.slice(1)}.`
    : `Default: ${computed}.`;
}

function yamlOf(example: unknown): string {
  return stringify(example, { lineWidth: 0 });
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
