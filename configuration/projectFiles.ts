import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { FileContent, ReadFile } from "./datastoreFiles";
import type { WrittenText } from "./schema/faults";

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

/** The root of this repository: the nearest folder above the program's code that has a Pulumi.yaml. */
export function repositoryRoot(start = __dirname): string {
  let folder = start;
  while (!existsSync(join(folder, "Pulumi.yaml")) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}
