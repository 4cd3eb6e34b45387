import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { contentFiles } from "../folderContents";
import { deckhouseFolder, localFolder, type DeckhouseSource, type PackerSource } from "../source";
import { toolEnvironment } from "./environment";
import { RunFailure } from "./failure";
import type { Tools } from "./tools";

/** What fetching needs. */
export interface Fetching {
  /** The root of this repository. */
  readonly root: string;
  readonly tools: Tools;
  /** How long fetching may take. */
  readonly seconds: number;
}

/**
 * Copies the Packer folder of a source to where it can be changed.
 *
 * @param target is made; what was there goes
 * @throws RunFailure when it cannot be had
 */
export async function fetchSource(
  source: PackerSource,
  target: string,
  fetching: Fetching,
): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  const folder = localFolder(source, fetching.root);
  if (folder !== undefined) {
    copyFolder(folder, target);
    return;
  }
  const clone = `${target}.git`;
  try {
    await fetchCommit(source as DeckhouseSource, clone, fetching);
    copyFolder(join(clone, deckhouseFolder), target);
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
}

/** Fetches one commit without its history, and of it one folder. */
async function fetchCommit(
  { commit, repository }: DeckhouseSource,
  clone: string,
  { root, tools, seconds }: Fetching,
): Promise<void> {
  rmSync(clone, { recursive: true, force: true });
  mkdirSync(clone, { recursive: true, mode: 0o700 });
  const deadline = Date.now() + seconds * 1000;
  const run = async (remedy: string, ...args: string[]): Promise<void> =>
    tools.run({
      stage: "fetch",
      shown: `git ${args[0] ?? ""}`,
      command: "git",
      // No hooks, filters or line endings of the user's may change what is fetched.
      arguments: ["-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", ...args],
      folder: clone,
      environment: toolEnvironment({ GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true", LC_ALL: "C" }),
      timeout: Math.max(1, (deadline - Date.now()) / 1000),
      remedy,
    });
  const ownFault = "see the log; is the disk full?";
  const local = resolve(root, repository);
  await run(ownFault, "init", "--quiet", "--template=");
  await run(ownFault, "remote", "add", "origin", existsSync(local) ? local : repository);
  // Files are fetched when they are checked out: the repository is large, the folder is not.
  await run(ownFault, "config", "remote.origin.promisor", "true");
  await run(ownFault, "config", "remote.origin.partialclonefilter", "blob:none");
  await run(
    `check that this machine reaches ${repository} and that it has the commit ${commit}; a copy of the repository can be named as templateImage.deckhouse.repository`,
    ...["fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags", "origin", commit],
  );
  await run(
    `the commit has no folder ${deckhouseFolder}: name another one as templateImage.deckhouse.commit (docs/templates.md)`,
    ...["checkout", "--quiet", commit, "--", deckhouseFolder],
  );
}

/** Copies the files that count, and what symbolic links lead to in place of the links. */
function copyFolder(folder: string, target: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new RunFailure(
      "fetch",
      `${folder}: there is no such folder`,
      "correct templateImage.directory.path",
    );
  }
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const file of contentFiles(folder)) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(folder, file), join(target, file), { dereference: true });
    // The copy is changed, whatever the user's own file allows; a script stays one that can be run.
    chmodSync(join(target, file), statSync(join(folder, file)).mode | 0o600);
  }
}
