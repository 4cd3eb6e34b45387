import { formatPatch, structuredPatch } from "diff";
import { recordOf, textOf } from "./events";
import type { DocumentChange } from "./model";

/** How many lines around a change are shown. */
const context = 2;
/** With more changed lines than this nobody reads them, and to find the fewest of them takes minutes. */
const maxEditLength = 1_000;

/**
 * The files of Deckhouse's documents that change, with placeholders for their secrets. A file that only repeats the
 * lines of others, as bootstrap.yaml does, has no diff of its own.
 */
export function documentChanges(before: unknown, after: unknown): DocumentChange[] {
  const [was, is] = [filesOf(before), filesOf(after)];
  // Documents that are not known before `up` say nothing, and neither do those of a preview that failed.
  if (is.size === 0) return [];
  const regions = [...new Set([...is.keys(), ...was.keys()])];
  return regions.flatMap((region) => ofRegion(region, was.get(region), is.get(region)));
}

type Files = ReadonlyMap<string, string>;

function filesOf(documents: unknown): ReadonlyMap<string, Files> {
  return new Map(
    Object.entries(recordOf(documents)).map(([region, files]) => [
      region,
      new Map(Object.entries(recordOf(files)).map(([file, text]) => [file, textOf(text)])),
    ]),
  );
}

function ofRegion(region: string, was: Files = new Map(), is: Files = new Map()): DocumentChange[] {
  const changed = [...new Set([...is.keys(), ...was.keys()])]
    .sort()
    .filter((file) => was.get(file) !== is.get(file))
    .map((file) => {
      const path = `${region}/${file}`;
      const patch = structuredPatch(path, path, was.get(file) ?? "", is.get(file) ?? "", "", "", {
        ...{ context, maxEditLength },
      });
      return patch === undefined
        ? { file, lines: whole(was.get(file), is.get(file)), text: undefined }
        : {
            file,
            lines: patch.hunks.flatMap((hunk) => hunk.lines).filter((line) => /^[+-]/.test(line)),
            text: formatPatch(patch).replace(/^(?:Index: .*\n)?=+\n/, ""),
          };
    });
  return changed.map(({ file, lines, text }) => {
    const elsewhere = new Set(
      changed.filter((other) => other.file !== file).flatMap((other) => other.lines),
    );
    const isRepeated = file === everything && lines.every((line) => elsewhere.has(line));
    return {
      ...{ region, file, isRepeated },
      ...(!isRepeated && text !== undefined && { diff: text }),
      added: lines.filter((line) => line.startsWith("+")).length,
      removed: lines.filter((line) => line.startsWith("-")).length,
    };
  });
}

/** All lines of one text as gone and all of another as new. */
function whole(was = "", is = ""): string[] {
  const marked = (text: string, mark: string): string[] =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => mark + line);
  return [...marked(was, "-"), ...marked(is, "+")];
}

/** The file that has the documents of all the others. */
const everything = "bootstrap.yaml";
