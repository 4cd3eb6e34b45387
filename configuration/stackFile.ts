import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { WrittenText } from "./schemaFaults";

/** The engine's YAML takes words of both versions: 0042 as the first does, 0o42 as the second. */
const versions = ["1.1", "1.2"] as const;

/**
 * How values stand in a stack's file. The engine hands over what YAML makes of them, `34` for `0042`, and a message that
 * says so needs the word itself. The file is read once, when there is the first such message.
 *
 * @param file the path of the file, which need not be there
 * @returns finds the word by the key with its namespace and what follows. Undefined when there is no such file, it cannot
 *   be read, nothing stands there by itself, or YAML makes another value of it: then the value came from elsewhere
 */
export function wordsOfStackFile(file: string): WrittenText {
  let words: WrittenText | undefined;
  return (path, value) => (words ??= readWords(file))(path, value);
}

function readWords(file: string): WrittenText {
  try {
    const { isScalar, parse, parseDocument } = createRequire(__filename)(
      "yaml",
    ) as typeof import("yaml");
    const document = parseDocument(readFileSync(file, "utf8"));
    return (path, value) => {
      const node = document.getIn(["config", ...path], true);
      const word = isScalar(node) && node.type === "PLAIN" ? node.source : undefined;
      return word !== undefined && versions.some((version) => parse(word, { version }) === value)
        ? word
        : undefined;
    };
  } catch {
    return () => undefined;
  }
}
