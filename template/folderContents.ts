import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { placeFile } from "./packerFiles";

/** What Packer or git leaves in a folder, and what each build writes anew: no part of what the folder says. */
const notContent: ReadonlySet<string> = new Set([
  ".git",
  ".DS_Store",
  "crash.log",
  "packer_cache",
  placeFile,
]);

/** The files of a Packer folder that count, as paths in it, sorted. Symbolic links are followed. */
export function contentFiles(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below))
    .filter((name) => !notContent.has(name))
    .sort()
    .flatMap((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      return statSync(join(folder, path)).isDirectory() ? contentFiles(folder, path) : [path];
    });
}

/** A hash of the names and contents of a Packer folder's files. @throws what reading throws */
export function folderContents(folder: string): string {
  const hash = createHash("sha256");
  for (const file of contentFiles(folder)) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
