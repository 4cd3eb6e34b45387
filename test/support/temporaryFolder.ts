import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Makes an empty folder for a test, which has to remove it with {@link removeFolder}. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "deckhouse-test-"));
}

/** Removes a folder with all that is in it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Gives each test of a suite an empty folder, which is removed after the test and before the suite's own `afterEach`. */
export function folderForEachTest(use: (folder: string) => void): void {
  let folder: string;
  beforeEach(() => use((folder = temporaryFolder())));
  afterEach(() => removeFolder(folder));
}

/** Writes files, by their paths in a folder; the folders on the way are made. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
