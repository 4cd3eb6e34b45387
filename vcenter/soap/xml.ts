import XMLBuilder from "fast-xml-builder";
import { XMLParser } from "fast-xml-parser";
import { isSpeakable } from "../../findings/text";

/**
 * The content of an XML element to build: text, or child elements in order. Keys that start with `@` are
 * attributes, the key `#text` is the text beside them, and a list repeats its element.
 */
export type XmlContent = string | number | boolean | XmlContent[] | { [key: string]: XmlContent };

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#text",
  suppressBooleanAttributes: false,
  suppressEmptyNode: false,
  processEntities: true,
});

/**
 * Builds an XML document; `& < > " '` are escaped.
 * @throws RangeError when a text holds a character that XML cannot carry. The error does not repeat it.
 */
export function buildXml(root: Record<string, XmlContent>): string {
  assertSpeakable(root);
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build(root)}`;
}

function assertSpeakable(content: XmlContent): void {
  if (typeof content === "string") {
    if (!isSpeakable(content)) throw new RangeError("a control character, which XML cannot carry");
  } else if (typeof content === "object") {
    Object.values(content).forEach(assertSpeakable);
  }
}

const predefined: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * Decodes the five predefined entities and numeric references (vCenter writes apostrophes as `&#39;`),
 * and refuses all others: SOAP 1.1 section 3 forbids a document type declaration, so none can be defined,
 * and nothing can expand into more than one character.
 */
const entityDecoder = {
  setExternalEntities: (): void => undefined,
  addInputEntities: (): void => {
    throw new Error("the document defines entities");
  },
  reset: (): void => undefined,
  setXmlVersion: (): void => undefined,
  decode: (text: string): string =>
    text.includes("&")
      ? text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([^;&\s]*));?/gi, decodeEntity)
      : text,
};

function decodeEntity(
  whole: string,
  hexadecimal?: string,
  decimal?: string,
  name?: string,
): string {
  if (whole.endsWith(";")) {
    if (name !== undefined && Object.hasOwn(predefined, name)) return predefined[name] ?? "";
    const point = hexadecimal ? parseInt(hexadecimal, 16) : decimal ? parseInt(decimal, 10) : -1;
    if (point >= 0 && point <= 0x10ffff) return String.fromCodePoint(point);
  }
  throw new Error("the document uses an unknown entity");
}

const parser = new XMLParser({
  // Only the attributes that tell types; namespaces and the like would cost time in large answers.
  ignoreAttributes: (name) => name !== "type" && !name.endsWith(":type"),
  attributeNamePrefix: "@",
  textNodeName: "#text",
  // Names such as "007" or " x " must arrive as they are.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
  entityDecoder,
  jPath: false,
});

/**
 * Parses an XML document.
 * @throws Error when it is no XML, or holds a document type declaration or an unknown entity.
 */
export function parseXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) {
    throw new Error("the document holds a document type declaration");
  }
  return new XmlElement(parser.parse(text, false));
}

/** A read-only view of a parsed element. Missing children and texts are undefined, never an error. */
export class XmlElement {
  readonly #raw: unknown;

  constructor(raw: unknown) {
    this.#raw = raw;
  }

  /** The text in this element; empty when there is none. */
  get text(): string {
    if (typeof this.#raw === "string") return this.#raw;
    const text = this.#property("#text");
    return typeof text === "string" ? text : "";
  }

  /**
   * The value of the attribute `type` or `xsi:type`, without a namespace prefix. The prefix in the
   * attribute's own name is the sender's choice: the simulator has another one than vCenter.
   */
  attribute(name: "type" | "xsi:type"): string | undefined {
    const value = this.#property(name === "type" ? "@type" : this.#prefixedType());
    return typeof value === "string" ? value.replace(/^.*:/, "") : undefined;
  }

  /** The first child element of that name. */
  child(name: string): XmlElement | undefined {
    return this.children(name)[0];
  }

  /** All child elements of that name. */
  children(name: string): XmlElement[] {
    const value = this.#property(name);
    if (value === undefined) return [];
    return Array.isArray(value)
      ? value.map((item) => new XmlElement(item))
      : [new XmlElement(value)];
  }

  /** The first child element whose name, less its namespace prefix, is this. */
  localChild(name: string): XmlElement | undefined {
    const key = this.childNames().find((candidate) => candidate.replace(/^.*:/, "") === name);
    return key === undefined ? undefined : this.child(key);
  }

  /** The names of the child elements. */
  childNames(): string[] {
    if (typeof this.#raw !== "object" || this.#raw === null) return [];
    return Object.keys(this.#raw).filter((key) => !key.startsWith("@") && key !== "#text");
  }

  #prefixedType(): string {
    if (typeof this.#raw !== "object" || this.#raw === null) return "";
    return Object.keys(this.#raw).find((key) => /^@.*:type$/.test(key)) ?? "";
  }

  #property(name: string): unknown {
    if (typeof this.#raw !== "object" || this.#raw === null) return undefined;
    return Object.hasOwn(this.#raw, name)
      ? (this.#raw as Record<string, unknown>)[name]
      : undefined;
  }
}
