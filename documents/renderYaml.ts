import { Document, Scalar, visit } from "yaml";

/** Words that a reader of YAML 1.1, as Kubernetes' Go libraries are, takes for something else than text. */
const reservedWords = /^(y|n|yes|no|on|off|true|false|null|e[-+]?[0-9]+)$/i;
const plainText = /^[A-Za-z](?:[A-Za-z0-9_./@:-]*[A-Za-z0-9_./@-])?$/;
const blockText = /^[\x21-\x7e][\x20-\x7e]*(\n[\x20-\x7e]*)+$/;

/**
 * Renders a document as YAML: the same bytes for the same document, keys in the document's order, nothing
 * folded. Text that any version of YAML could take for a number, a truth value or the like is quoted; text
 * of several lines, such as a certificate, stands as a block.
 *
 * @param document plain data; keys that are undefined are left out
 * @returns YAML that ends with a line break
 */
export function renderYaml(document: object): string {
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  visit(yaml, {
    Scalar(_key, node) {
      if (typeof node.value === "string") {
        node.type = styleOf(node.value);
      }
    },
  });
  return yaml.toString({ lineWidth: 0 });
}

function styleOf(text: string): Scalar.Type {
  if (blockText.test(text)) {
    return Scalar.BLOCK_LITERAL;
  }
  return plainText.test(text) && !reservedWords.test(text) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
}
