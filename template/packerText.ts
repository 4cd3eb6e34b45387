/**
 * Texts on their way to Packer's vSphere plugin. Two things happen to them there. Every plugin takes the texts of its
 * options for templates of Go's text/template (packer-plugin-sdk, template/config/decode.go), once. And the vSphere
 * plugin looks objects up by patterns of Go's path.Match (govmomi, find/recurser.go). What a user gives are names and
 * passwords, so both are written in a way that means nothing but themselves.
 */

/**
 * The template that yields this very text. Most texts are their own template.
 *
 * HCL composes Unicode (cty normalises to NFC), and vCenter compares passwords byte for byte. So a text that is not in
 * that form travels in the escapes of Go's string literals.
 */
export function templateFor(text: string): string {
  // A brace in front of one of these is taken along: it would make another action of the one that begins after it.
  const special = text === text.normalize("NFC") ? /\{{2,}/g : /\{{2,}|\{*[^\0-\u007F]+/g;
  return text.replaceAll(special, (found) => `{{"${escaped(found)}"}}`);
}

/** In a string literal of Go, by code points, because it takes no halves of surrogate pairs. */
function escaped(text: string): string {
  return text.replaceAll(/[^\0-\u007F]/gu, (character) => {
    const point = (character.codePointAt(0) ?? 0).toString(16);
    return point.length > 4 ? `\\U${point.padStart(8, "0")}` : `\\u${point.padStart(4, "0")}`;
  });
}

/**
 * The pattern that fits the object at this path alone. A dot in front of a name is escaped too: govmomi takes `..` for
 * the parent, `...` for everything below, and a path that begins with a dot for one from the root folder.
 *
 * @param path an inventory path, or a name
 */
export function patternFor(path: string): string {
  return path.replaceAll(/[*?[\]\\]|(?<=^|\/)\./g, "\\$&");
}
