import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";

import { RunFailure } from "./failure";

/** Bytes that the path of a Unix socket may have: macOS takes 104 with the NUL at the end, Linux 108 (unix(7)). */
const longestSocketPath = 103;

/** Each plugin of Packer opens a socket of such a name (packer-plugin-sdk, plugin/server.go; Go's os.CreateTemp). */
const socketName = "packer-plugin4294967295";

/**
 * What means nothing else in a URL, a template or a pattern: Packer knows a local installer by a URL, and what it is
 * given in its folder by paths.
 */
const plain = /^[\w/.,@+=-]+$/;

/**
 * The path of a new folder for the temporary files and sockets of Packer: in the system's folder for such things
 * (TMPDIR), or where that one's path will not do, in /tmp.
 *
 * @param name of the folder, which nobody can guess and no other run has
 * @param places where it may be, the best one first
 * @returns an absolute path
 * @throws RunFailure when neither will do
 */
export function temporaryFolderPath(
  name: string,
  places: readonly string[] = [tmpdir(), "/tmp"],
): string {
  // Packer and its plugins work in a folder of their own, where a relative TMPDIR would mean another place.
  const paths = places.map((place) => resolve(place, name));
  const found = paths.find(
    (path, index) => plain.test(path) && isShort(path) && isWritable(places[index] ?? ""),
  );
  if (found !== undefined) return found;
  const longest = longestSocketPath - `/${name}/${socketName}`.length;
  throw new RunFailure(
    "tools",
    `Packer needs a folder for temporary files and sockets, and neither ${places.join(" nor ")} will do`,
    `let TMPDIR name a folder that this account may write in, with a path of at most ${longest} bytes, of letters, ` +
      "digits and /._-",
  );
}

function isShort(path: string): boolean {
  return Buffer.byteLength(`${path}/${socketName}`) <= longestSocketPath;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
