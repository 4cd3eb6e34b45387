import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, UserError } from "../../commands/run";
import { circles, importsAcrossRooms, readImports, roomOf, type RoomImports } from "./imports";

/** A file of this many lines or fewer is a small one. */
export const smallFile = 30;

/** How much a part of the house holds. */
export interface Size {
  readonly files: number;
  /** Every line counts: code, comment or empty. */
  readonly lines: number;
  /** Files of {@link smallFile} lines or fewer. */
  readonly smallFiles: number;
}

/** The figures of one checkout. */
export interface Figures {
  /** Which state was measured: the commit, and whether files differ from it. */
  readonly state: string;
  /** Visible folders at the top, the rooms. */
  readonly folders: readonly string[];
  readonly program: Size;
  readonly scripts: Size;
  readonly tests: Size;
  readonly generated: Size;
  /** How often files of one room import files of another, types included. */
  readonly acrossRooms: readonly RoomImports[];
  /** Groups of files, and of rooms, in which each leads to each other; imports of types count too. */
  readonly circlesOfFiles: readonly (readonly string[])[];
  readonly circlesOfRooms: readonly (readonly string[])[];
}

/** The parts that a source file can belong to; `undefined` for what is not ours, or only sets up a tool. */
type Part = "program" | "scripts" | "tests" | "generated" | undefined;

/**
 * Which part a file counts to. Only TypeScript and JavaScript count: no Go, shell or HCL, and none of the files in other
 * formats that tests read.
 */
function partOf(file: string): Part {
  const room = roomOf(file);
  if (!/\.[cm]?[jt]s$/.test(file) || room === "sdks" || room === "lab") return undefined;
  if (/\.generated\.ts$/.test(file)) return "generated";
  if (room === "test") return "tests";
  if (room === "scripts") return "scripts";
  const setsUpTool = file.startsWith(".") || /^[^/]*\.config\.[cm]?[jt]s$/.test(file);
  return setsUpTool ? undefined : "program";
}

/**
 * Measures a checkout as it is on the disk now, but for what git ignores.
 *
 * @param folder in any checkout of this repository, also one of an older commit
 * @throws UserError when there is no such folder, CommandFailure when it is in no checkout
 */
export async function measure(folder: string): Promise<Figures> {
  if (!existsSync(folder)) {
    throw new UserError(`${folder}: there is no such folder; give the folder of a checkout`);
  }
  const root = (await git(folder, "rev-parse", "--show-toplevel")).trim();
  const files = await filesOf(root);
  const sources = files.filter((file) => partOf(file) !== undefined);
  const imports = await readImports(root, sources);
  const acrossRooms = importsAcrossRooms(imports);
  return {
    state: await stateOf(root),
    folders: visibleFolders(files),
    program: sizeOf(root, sources, "program"),
    scripts: sizeOf(root, sources, "scripts"),
    tests: sizeOf(root, sources, "tests"),
    generated: sizeOf(root, sources, "generated"),
    acrossRooms,
    circlesOfFiles: circles(imports),
    circlesOfRooms: circles(acrossRooms),
  };
}

async function git(root: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await runCommand("git", args, { cwd: root });
  return stdout;
}

async function filesOf(root: string): Promise<string[]> {
  const kinds = ["--cached", "--others", "--exclude-standard"];
  const listed = (await git(root, "ls-files", "-z", ...kinds)).split("\0");
  return [...new Set(listed)].filter((file) => file !== "" && existsSync(join(root, file)));
}

async function stateOf(root: string): Promise<string> {
  const commit = (await git(root, "rev-parse", "--short", "HEAD")).trim();
  const changes = await git(root, "status", "--porcelain");
  return changes === "" ? commit : `${commit} with changes`;
}

function visibleFolders(files: readonly string[]): string[] {
  const rooms = files.filter((file) => file.includes("/")).map(roomOf);
  return [...new Set(rooms)].filter((room) => !room.startsWith(".")).sort();
}

function sizeOf(root: string, sources: readonly string[], part: Part): Size {
  const lines = sources
    .filter((file) => partOf(file) === part)
    .map((file) => readFileSync(join(root, file), "utf8").split("\n").length - 1);
  return {
    files: lines.length,
    lines: lines.reduce((sum, count) => sum + count, 0),
    smallFiles: lines.filter((count) => count <= smallFile).length,
  };
}
