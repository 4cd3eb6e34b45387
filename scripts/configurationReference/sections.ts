import { allSettings, type Setting } from "../../configuration/settings";
import { configurationSchema } from "../../configuration/schema";
import { documentationOf } from "../../configuration/schema/walk";
import { schemaKeys, type SchemaKey } from "../../configuration/schema/walk";
import type { Schema } from "../../configuration/schema/walk";
import { renderYaml } from "../../documents";
import {
  connectionFacts,
  factsOf,
  firstSentence,
  linkTo,
  table,
  valuesOf,
  type KeyFacts,
} from "./words";

/** Longer examples stand in a block of their own. */
const longestInlineExample = 70;

/** Of longer descriptions a table has the first sentence. */
const longestInTable = 180;

const keys = schemaKeys(configurationSchema);
const columns = ["Key", "Type", "Required", "Default", "Meaning"];

/** The paths of the keys that have a section: those at the top, and those that have keys. */
export const sectionPaths: readonly string[] = keys
  .map(({ path }) => path)
  .filter((path) => !/[.[]/.test(path) || keysOf(path).length > 0);

/** The section of a key: what it is for, a table of the keys in it, and what does not fit into a table. */
export function section(path: string): string[] {
  const key = keyAt(path);
  const { required, default: fallback } = factsOf(key.schema);
  const need = [
    required === "**yes**"
      ? "**Required.**"
      : required === "no"
        ? "Optional."
        : `Required ${required}.`,
    ...(fallback === "" ? [] : [defaultSentence(fallback)]),
  ].join(" ");
  const children = keysOf(path);
  return [
    `### \`${path}\``,
    `${need} ${described(key.schema)}`,
    ...valueList(key.schema),
    ...exampleBlocks(path, key.schema),
    ...(children.length === 0 ? [] : [table(columns, children.map(row))]),
    ...children.flatMap(details),
  ];
}

/** The section of the connection and the secrets. */
export function connectionSection(): string {
  return table(
    ["Key", "Type", "Required", "Default", "Variable", "Meaning"],
    allSettings.map((entry) => {
      const { type, required, default: fallback } = connectionFacts(entry);
      const { key, variable } = entry;
      const cells = [`\`${key}\``, type, required, fallback];
      return [...cells, variable === undefined ? "" : `\`${variable}\``, connectionMeaning(entry)];
    }),
  );
}

/** What has to be written, always or in a certain case, of the keys near the top. */
export function requirements(): string {
  const connection = allSettings.map(
    (entry) =>
      [`\`${entry.key}\``, connectionFacts(entry), firstSentence(entry.description)] as const,
  );
  const near = keys.filter(({ path }) => /^(clusterConfiguration\.)?[^.[]+$/.test(path));
  const own = near.map(
    ({ path, schema }) =>
      [
        sectionPaths.includes(path) ? linkTo(path) : `\`${path}\``,
        factsOf(schema),
        firstSentence(documentationOf(schema).description ?? ""),
      ] as const,
  );
  const rows = [...connection, ...own]
    .filter(([, { required }]) => required !== "no")
    .map(([shown, { required }, meaning]) => [shown, required, meaning]);
  return table(["Key", "Required", "Meaning"], rows);
}

/** The keys of an object, or of the objects in a list or a map. */
function keysOf(path: string): SchemaKey[] {
  return keys.filter(
    ({ path: below }) =>
      below.replace(/(\[\]|\.<name>)*\.[^.[\]<>]+$/, "") === path && below !== path,
  );
}

function keyAt(path: string): SchemaKey {
  const key = keys.find((candidate) => candidate.path === path);
  if (key === undefined) {
    throw new Error(`${path} is no key of the schema`);
  }
  return key;
}

function row(key: SchemaKey): string[] {
  const { type, required, default: fallback }: KeyFacts = factsOf(key.schema);
  const name = key.path.split(".").at(-1) ?? key.path;
  const target = targetOf(key);
  return [
    target === undefined ? `\`${name}\`` : linkTo(target, name),
    type,
    required,
    linked(fallback),
    [
      hasDetails(key) || sectionPaths.includes(key.path)
        ? linked(firstSentence(documentationOf(key.schema).description ?? ""))
        : described(key.schema),
      ...(hasDetails(key) ? [] : inlineExample(key.schema)),
    ].join(" "),
  ];
}

function defaultSentence(fallback: string): string {
  const [, consequence] = /^none: (.*)$/.exec(fallback) ?? [];
  return consequence === undefined ? `Default: ${fallback}.` : `Without it, ${consequence}.`;
}

/** Where more is said of a key than in its row. */
function targetOf(key: SchemaKey): string | undefined {
  return key.sameAs ?? (sectionPaths.includes(key.path) || hasDetails(key) ? key.path : undefined);
}

function hasDetails(key: SchemaKey): boolean {
  const { description = "", examples } = documentationOf(key.schema);
  return (
    !sectionPaths.includes(key.path) &&
    ((firstSentence(description) !== description && description.length > longestInTable) ||
      valuesOf(key.schema).length > 0 ||
      (key.sameAs === undefined && examples.some((example) => inlineText(example) === undefined)))
  );
}

function details(key: SchemaKey): string[] {
  if (!hasDetails(key)) {
    return [];
  }
  const sameAs = key.sameAs === undefined ? [] : [`It has the keys of ${linkTo(key.sameAs)}.`];
  return [
    `#### \`${key.path}\``,
    [described(key.schema), ...sameAs, ...inlineExample(key.schema)].join(" "),
    ...valueList(key.schema),
    ...(key.sameAs === undefined ? exampleBlocks(key.path, key.schema) : []),
  ];
}

function described(schema: Schema): string {
  return linked(documentationOf(schema).description ?? "");
}

/** Makes links of the names of other pages, and of keys that have a section. */
function linked(text: string): string {
  return text
    .replaceAll(/\b(templates|vcenter-rights)\.md\b/g, "[$&]($&)")
    .replaceAll(/`([^`]+)`/g, (word, path: string) =>
      sectionPaths.includes(path) && path.includes(".") ? linkTo(path) : word,
    );
}

function valueList(schema: Schema): string[] {
  const values = valuesOf(schema).map(
    ([value, meaning]) => `- \`${value}\`${meaning === undefined ? "" : `: ${linked(meaning)}`}`,
  );
  return values.length === 0 ? [] : [values.join("\n")];
}

/** The examples that fit into a line. */
function inlineExample(schema: Schema): string[] {
  const { examples, fallback } = documentationOf(schema);
  const others = examples.filter(
    (example) => fallback.kind !== "value" || fallback.value !== example,
  );
  const texts = others.map(inlineText);
  const shown = texts.filter((text) => text !== undefined);
  return shown.length === 0 ? [] : [`Example: ${shown.map((text) => `\`${text}\``).join(" or ")}.`];
}

function exampleBlocks(path: string, schema: Schema): string[] {
  const last = path.split(".").at(-1) ?? path;
  return documentationOf(schema)
    .examples.filter((example) => inlineText(example) === undefined)
    .map((example) => codeBlock({ [last]: example }));
}

/** An example as YAML in one line, if it is short and has no object in it. */
function inlineText(example: unknown): string | undefined {
  const list = Array.isArray(example) ? (example as unknown[]) : [example];
  if (list.some((entry) => typeof entry === "object")) {
    return undefined;
  }
  const text = Array.isArray(example) ? `[${list.join(", ")}]` : String(example);
  return text.includes("\n") || text.length > longestInlineExample ? undefined : text;
}

function connectionMeaning({ description, example, secret }: Setting): string {
  // How secrets are set is said above.
  return secret ? description : `${description} Example: \`${example}\`.`;
}

/** A block of YAML. */
function codeBlock(value: object): string {
  return ["```yaml", renderYaml(value).trimEnd(), "```"].join("\n");
}
