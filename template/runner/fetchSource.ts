import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import {
  contentFiles,
  deckhouseFolder,
  localFolder,
  type DeckhouseSource,
  type PackerSource,
} from "../recipe";
import { toolEnvironment, type Tools } from "./childProcess";
import { failure } from "./failure";

/** What fetching needs. */
export interface Fetching {
  /** The root of this repository. */
  readonly root: string;
  readonly tools: Tools;
  /** How long fetching may take in all. */
  readonly seconds: number;
}

/**
 * Copies the Packer folder of a source to where it can be changed.
 *
 * @param target created; replaces what was there
 * @throws RunFailure when the folder is not available
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

/** Fetches one folder of one commit, without the history. */
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
      // The user's hooks, filters and line endings must not change what is fetched.
      arguments: ["-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", ...args],
      folder: clone,
      environment: toolEnvironment({ GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true", LC_ALL: "C" }),
      timeout: Math.max(1, (deadline - Date.now()) / 1000),
      remedy,
    });
  const ownFault = "find the cause in the log; is the disk full?";
  const local = resolve(root, repository);
  await run(ownFault, "init", "--quiet", "--template=");
  await run(ownFault, "remote", "add", "origin", existsSync(local) ? local : repository);
  // Files are fetched when they are checked out: the repository is large, but the folder is not.
  await run(ownFault, "config", "remote.origin.promisor", "true");
  await run(ownFault, "config", "remote.origin.partialclonefilter", "blob:none");
  await run(
    `check that this machine reaches ${repository} and that the commit ${commit} is in it, or name a copy of the repository ` +
      "as templateImage.deckhouse.repository",
    ...["fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags", "origin", commit],
  );
  await run(
    `name a commit that contains the folder ${deckhouseFolder} as templateImage.deckhouse.commit (docs/templates.md)`,
    ...["checkout", "--quiet", commit, "--", deckhouseFolder],
  );
}

/** Copies the files that shape an image, and replaces symbolic links by what they point to. */
function copyFolder(folder: string, target: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw failure("fetch", {
      where: folder,
      wrong: "no such folder",
      remedy: "correct templateImage.directory.path",
    });
  }
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const file of contentFiles(folder)) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(folder, file), join(target, file), { dereference: true });
    // The copy has to be writable even if the user's file is not, and a script has to stay executable.
    chmodSync(join(target, file), statSync(join(folder, file)).mode | 0o600);
  }
}
