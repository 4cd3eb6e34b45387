import { Document, isMap, isSeq, type YAMLMap } from "yaml";
import {
  documentationOf,
  elementOf,
  shapeOf,
  definitionOf,
  unwrapped,
  type Schema,
} from "../../configuration/schema/walk";
import { allSettings, type Setting } from "../../configuration/settings";

/** The width that explanations are wrapped to. */
const widest = 110;

/** What every key of the program begins with in a stack's file. */
export const namespace = "deckhouse-vsphere:";

/** Explains each object once, the first time that it comes: its keys stand there, whether they are used or not. */
export class OptionalKeys {
  readonly #explained = new Set<unknown>();
  readonly #leftOut: ReadonlySet<string>;

  /** @param leftOut keys that are explained elsewhere, wherever they stand below the top */
  constructor(leftOut: ReadonlySet<string> = new Set()) {
    this.#leftOut = leftOut;
  }

  /**
   * Puts the keys that a map does not have as comments behind those that it has, each with its meaning; also into the
   * maps below it. Of the entries of a list, the first alone is explained.
   *
   * @param schema of the map
   * @param prefix of each key: {@link namespace} at the top
   */
  add(map: YAMLMap, schema: Schema, prefix = ""): void {
    const shape = shapeOf(content(schema));
    if (shape === undefined || this.#explained.has(shape)) return;
    this.#explained.add(shape);
    const lines: string[] = [];
    for (const [key, child] of Object.entries(shape)) {
      const value = map.get(prefix + key, true);
      if (prefix === "" && this.#leftOut.has(key)) continue;
      if (value === undefined) lines.push(...this.comment(prefix + key, child));
      else if (isMap(value)) this.#below(value, child);
      else if (isSeq(value) && isMap(value.items[0])) this.#below(value.items[0], child);
      else if (isSeq(value)) lines.push(...this.#otherForm(prefix + key, child));
    }
    if (lines.length === 0) return;
    map.comment = [map.comment, lines.join("\n")].filter((part) => part).join("\n");
  }

  /**
   * A key as lines of a comment, without the mark of a comment: its meaning, and an example.
   *
   * @param schema of the key
   */
  comment(key: string, schema: Schema): string[] {
    const { description, examples, fallback } = documentationOf(schema);
    const meaning = [firstSentence(description ?? ""), needText(fallback)].join(" ").trim();
    const [example] = examples;
    return [...wrapped(meaning), ...this.#example(key, schema, example ?? null)];
  }

  /** Of a list that has texts and could have objects as well, its example, once. */
  #otherForm(key: string, schema: Schema): string[] {
    const shape = shapeOf(content(schema));
    if (shape === undefined || this.#explained.has(shape)) return [];
    this.#explained.add(shape);
    return this.comment(key, schema);
  }

  /** The example as YAML, with what else could stand in it. */
  #example(key: string, schema: Schema, value: unknown): string[] {
    const document = new Document({ [key]: value });
    const node = document.get(key, true);
    if (isMap(node)) this.#below(node, schema);
    else if (isSeq(node) && isMap(node.items[0])) this.#below(node.items[0], schema);
    return document
      .toString({ lineWidth: 0 })
      .trimEnd()
      .split("\n")
      .map((line) => ` ${line}`.trimEnd());
  }

  /** @param schema of a map, or of a list or a record of maps */
  #below(map: YAMLMap, schema: Schema): void {
    if (definitionOf(unwrapped(schema)).type !== "record") {
      this.add(map, schema);
      return;
    }
    const [first] = map.items;
    if (isMap(first?.value)) this.add(first.value, content(schema));
  }
}

/** The settings beside the schema that a file does not have, as lines of a comment. Secrets are set by a command. */
export function settingComments(used: ReadonlySet<string>): string[] {
  return allSettings
    .filter(({ key }) => !used.has(key))
    .flatMap((setting: Setting) => {
      const { key, description, example, secret, fallback } = setting;
      const need = fallback === undefined ? "" : ` (default: ${fallback})`;
      const command = `pulumi config set --secret ${key}`;
      const isCommand = example.startsWith("pulumi ");
      return [
        ...wrapped(`${firstSentence(description)}${need}`),
        ` ${secret ? command : isCommand ? example : `${key}: ${example}`}`,
      ];
    });
}

/** What is inside lists and records. */
function content(schema: Schema): Schema {
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "record") return content(definition.valueType);
  const element = elementOf(schema);
  return element === undefined || shapeOf(schema) !== undefined ? schema : content(element);
}

function needText(fallback: ReturnType<typeof documentationOf>["fallback"]): string {
  if (fallback.kind === "required") return "";
  if (fallback.kind === "value") {
    const { value } = fallback;
    const isEmpty = typeof value === "object" && Object.keys(value ?? {}).length === 0;
    return isEmpty ? "" : `(default: ${JSON.stringify(value)})`;
  }
  return fallback.text === "none" ? "" : `(default: ${fallback.text})`;
}

/** The first sentence of a description. */
function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** Lines of a comment, each with a blank before it. */
export function wrapped(text: string, width = widest): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + word.length + 1 > width) {
      lines.push(` ${line}`);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, ` ${line}`];
}
