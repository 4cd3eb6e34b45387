import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentFiles } from "../../documents";
import { UserError } from "../main";
import type { StackDocuments } from "./stackDocuments";

/** A file that was written. */
export interface WrittenFile {
  /** Below the folder: `k8s-region-x1/bootstrap.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** What a run did to the folder. */
export interface Written {
  readonly files: readonly WrittenFile[];
  /** Files of an earlier run that have no documents any more, below the folder. */
  readonly removed: readonly string[];
}

/**
 * Writes the files of each region into a folder of its own. A file appears whole and with its mode, or not at all; of
 * what is there already, only files of the same names are replaced or, when they have no documents any more, removed.
 *
 * @param folder where to
 * @param documents the files by region
 * @param secret whether they hold secrets: then nobody else may read them (mode 0600, folders 0700)
 * @throws UserError when the folder cannot be written to
 */
export function writeDocuments(
  folder: string,
  documents: StackDocuments,
  { secret }: { readonly secret: boolean },
): Written {
  try {
    return writeAll(folder, documents, secret);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(
      `--out: found "${folder}": the files cannot be written there (${error.message}): ` +
        "name a folder that you may write to",
    );
  }
}

function writeAll(folder: string, documents: StackDocuments, secret: boolean): Written {
  const files: WrittenFile[] = [];
  const removed: string[] = [];
  for (const [region, texts] of Object.entries(documents)) {
    const place = join(folder, region);
    mkdirSync(place, { recursive: true, mode: secret ? 0o700 : 0o755 });
    for (const [name, text] of Object.entries(texts)) {
      writeWhole(join(place, name), text, secret ? 0o600 : 0o644);
      files.push({ path: join(region, name), text });
    }
    const old = readdirSync(place).filter(
      (name) => documentFiles.includes(name) && !Object.hasOwn(texts, name),
    );
    for (const name of old) {
      rmSync(join(place, name));
      removed.push(join(region, name));
    }
  }
  return { files, removed };
}

/** A new file in place of the old one: writing into that would keep its mode. */
function writeWhole(path: string, text: string, mode: number): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeFileSync(temporary, text, { mode, flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
