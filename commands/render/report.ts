import { join } from "node:path";
import { placeholdersIn } from "../../documents";
import type { Written } from "./writeDocuments";

/**
 * What the user should know of a run: what was written, what was removed, and what is left to fill in.
 *
 * @param folder the folder, as the user wrote it
 * @param written what was done
 * @param exposure a warning, if there is one
 */
export function reportLines(
  folder: string,
  { files, removed }: Written,
  exposure: string | undefined,
): string[] {
  const open = [...new Set(files.flatMap(({ text }) => placeholdersIn(text)))];
  return [
    ...files.map(({ path }) => join(folder, path)),
    ...removed.map((path) => `${join(folder, path)} removed: there are no such documents any more`),
    ...(open.length === 0
      ? []
      : ["", "Left to fill in before the installation:", ...open.map((name) => `  ${name}`)]),
    ...(exposure === undefined ? [] : ["", exposure]),
  ];
}
