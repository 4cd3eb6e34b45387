import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

import type { FileContent, ReadFile } from "./datastoreFiles";

/**
 * Reads text files of a project, and no others: the paths stand in a configuration that a pull request may change, what
 * they lead to in messages that many can read, and a path that leads out means another file on each machine.
 *
 * @param folder the project's folder
 */
export function projectFiles(folder: string): ReadFile {
  return (path) => {
    const place = join(folder, path);
    if (isAbsolute(path) || leadsOut(folder, place)) {
      return outside(folder);
    }
    try {
      if (leadsOut(realpathSync(folder), realpathSync(place))) {
        return outside(folder);
      }
      if (!statSync(place).isFile()) {
        return { wrong: "it is not a file", remedy: "write the path of a file with a list" };
      }
      return { text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(place)) };
    } catch (error) {
      return unreadable(folder, error);
    }
  };
}

function leadsOut(folder: string, place: string): boolean {
  const way = relative(folder, place);
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function outside(folder: string): FileContent {
  return {
    wrong: `the file would be outside of the project's folder, ${folder}`,
    remedy: "put it there, best beside the stack's file, and write its path from there",
  };
}

function unreadable(folder: string, error: unknown): FileContent {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return {
        wrong: `there is no such file in the project's folder, ${folder}`,
        remedy: "correct the path, which begins in that folder, or make the file",
      };
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return { wrong: "the file is not in UTF-8", remedy: "save it in UTF-8" };
    default:
      return {
        wrong: `the file cannot be read (${code || String(error)})`,
        remedy: "let the account that runs pulumi read it",
      };
  }
}
