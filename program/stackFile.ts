import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { PathSegment } from "../configuration/problems";

/**
 * How a value stands in a stack's file. The engine hands over what YAML makes of it, `34` for `0042`, and a message that
 * says so needs the word itself. Read when there is such a message alone.
 *
 * @param file the path of the file, if there is one
 * @param path the key with its namespace, and what follows
 * @returns undefined when there is no such file, it cannot be read, or nothing stands there by itself
 */
export function textInStackFile(
  file: string | undefined,
  path: readonly PathSegment[],
): string | undefined {
  if (file === undefined) {
    return undefined;
  }
  try {
    const { isScalar, parseDocument } = createRequire(__filename)("yaml") as typeof import("yaml");
    const node = parseDocument(readFileSync(file, "utf8")).getIn(["config", ...path], true);
    return isScalar(node) ? node.source || undefined : undefined;
  } catch {
    return undefined;
  }
}
