import type { Line, Mark, Part } from "./model";
import type { Words } from "./words";

/** What changes nothing. */
export const nothing: Part = { lines: [], sentences: [], dangers: [] };

/** Parts one after the other. */
export function joined(parts: readonly Part[]): Part {
  return {
    lines: parts.flatMap(({ lines }) => lines),
    sentences: parts.flatMap(({ sentences }) => sentences),
    dangers: parts.flatMap(({ dangers }) => dangers),
  };
}

/** A line of the tree. */
export function line(depth: number, mark: Mark, words: Words): Line {
  return { depth, mark, words };
}
