import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A piece of a secret of this many characters tells too much. */
const pieceLength = 8;

/**
 * Watches that secrets stand nowhere in the clear: neither whole nor a piece of eight characters, in what programs print
 * and in the files of a folder.
 */
export class SecretWatch {
  readonly #pieces = new Set<string>();

  /** Watches over one more secret. A short one is watched as a whole. */
  add(secret: string): void {
    for (let start = 0; start + pieceLength <= secret.length; start++) {
      this.#pieces.add(secret.slice(start, start + pieceLength));
    }
    if (secret !== "" && secret.length < pieceLength) this.#pieces.add(secret);
  }

  /** The pieces of secrets that a text holds. */
  piecesIn(text: string): string[] {
    return [...this.#pieces].filter((piece) => text.includes(piece));
  }

  /** The files of a folder that hold a piece of a secret, by their paths in it. Links are not followed. */
  filesWithPieces(folder: string): string[] {
    return filesBelow(folder)
      .filter((file) => this.piecesIn(readFileSync(file, "latin1")).length > 0)
      .map((file) => relative(folder, file));
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const status = lstatSync(path);
    if (status.isDirectory()) return filesBelow(path);
    return status.isFile() ? [path] : [];
  });
}
