import type { Setting } from "../../configuration/settings";
import { documentationOf } from "../../configuration/schema/walk";
import { definitionOf, unwrapped, type Schema } from "../../configuration/schema/walk";

/** What the columns of a table say of a key. */
export interface KeyFacts {
  readonly type: string;
  /** `**yes**`, `no`, or when it is. */
  readonly required: string;
  readonly default: string;
}

/** What there is to say of a key of the schema. */
export function factsOf(schema: Schema): KeyFacts {
  return { type: typeName(schema), ...needOf(schema) };
}

/** What there is to say of a key of the connection, or of a secret. */
export function connectionFacts({ type, secret, fallback }: Setting): KeyFacts {
  const kind = secret ? "secret string" : type === "text" ? "string" : "boolean";
  if (fallback === undefined) {
    return { type: kind, required: "**yes**", default: "" };
  }
  const [, condition] = /^none; needed (.*)$/.exec(fallback) ?? [];
  return condition === undefined
    ? { type: kind, required: "no", default: fallback }
    : { type: kind, required: condition, default: "" };
}

function needOf(schema: Schema): Pick<KeyFacts, "required" | "default"> {
  const { fallback } = documentationOf(schema);
  switch (fallback.kind) {
    case "required":
      return { required: "**yes**", default: "" };
    case "value":
      return { required: "no", default: shownValue(fallback.value) };
    case "computed": {
      const [text = "", condition] = fallback.text.split("; required ");
      if (condition !== undefined) {
        return { required: "if there is no default", default: text };
      }
      const [, when] = /^required,? (.*)$/.exec(text) ?? [];
      return when === undefined
        ? { required: "no", default: text === "none" ? "" : text }
        : { required: when, default: "" };
    }
  }
}

function shownValue(value: unknown): string {
  if (typeof value === "object") {
    return Array.isArray(value) ? "an empty list" : "";
  }
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/**
 * Says what kind of value a key takes.
 *
 * @param schema the schema of the key
 */
export function typeName(schema: Schema): string {
  const definition = definitionOf(unwrapped(schema));
  switch (definition.type) {
    case "number":
      return "integer";
    case "array":
      return `list of ${plural(typeName(definition.element))}`;
    case "record":
      return `map of ${plural(typeName(definition.valueType))}`;
    case "unknown":
      return "value";
    case "union":
      return definition.options.map(typeName).join(" or ");
    default:
      return definition.type;
  }
}

function plural(type: string): string {
  return type
    .split(" or ")
    .map((word) => word.replace(/^\w+/, "$&s"))
    .join(" or ");
}

/** The values a key takes, and what each means as far as the schema says it. */
export function valuesOf(schema: Schema): readonly (readonly [string, string | undefined])[] {
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "union") {
    return definition.options.flatMap(valuesOf);
  }
  if (definition.type !== "enum") {
    return [];
  }
  const meanings = metaOf(schema)["enumDescriptions"] as Record<string, string> | undefined;
  return Object.values(definition.entries).map((value) => [
    String(value),
    meanings?.[String(value)],
  ]);
}

function metaOf(schema: Schema): Record<string, unknown> {
  return (schema as { meta?: () => Record<string, unknown> | undefined }).meta?.() ?? {};
}

/** The first sentence of a description. */
export function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** The anchor that GitHub makes of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, "")
    .replaceAll(" ", "-");
}

/** A key as a link to where it is described. */
export function linkTo(path: string, shown = path): string {
  return `[\`${shown}\`](#${anchorOf(path)})`;
}

/** A Markdown table; what is in a cell may have several lines, but is shown as one. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`).replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
