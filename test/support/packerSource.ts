import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../scripts/lab/folders";
import { deckhouseFolder } from "../../template/recipe";
import { removeFolder, temporaryFolder, writeFiles } from "./temporaryFolder";

/** The imitation of Deckhouse's old Packer folder. */
export const oldPackerFolder = join(repositoryRoot, "test/fixtures/packer/old-folder");

/** A git repository of a test. */
export interface GitRepository {
  /** Its folder, which git takes as the address of a remote. */
  readonly path: string;
  /** Full hash of the commit that has the old Packer folder. */
  readonly commit: string;
  remove(): void;
}

/**
 * Makes a repository that has the old Packer folder where Deckhouse's has it. As there, the folder is gone from the
 * default branch, and its commit belongs to a pull request that was never merged: a plain clone does not get it, only a
 * fetch by its hash.
 */
export async function gitRepositoryWithOldFolder(): Promise<GitRepository> {
  const path = temporaryFolder();
  try {
    await git(path, "init", "--quiet", "--initial-branch=pull-request");
    cpSync(oldPackerFolder, join(path, deckhouseFolder), { recursive: true });
    // --force: a .gitignore of the folder or of the machine must not keep a file out.
    await git(path, "add", "--force", "--all");
    await git(path, "commit", "--quiet", "--message", "Build templates with Packer");
    const commit = await git(path, "rev-parse", "HEAD");
    await git(path, "update-ref", "refs/pull/3180/head", commit);

    await git(path, "checkout", "--quiet", "--orphan", "main");
    await git(path, "rm", "--quiet", "--force", "-r", ".");
    writeFiles(path, { "README.md": "The folder with the templates is gone.\n" });
    await git(path, "add", "--all");
    await git(path, "commit", "--quiet", "--message", "Remove the templates");
    await git(path, "branch", "--quiet", "--delete", "--force", "pull-request");
    return { path, commit, remove: () => removeFolder(path) };
  } catch (error) {
    removeFolder(path);
    throw error;
  }
}

/** Runs git in a folder, free of the settings of the user and the machine. */
async function git(folder: string, ...parameters: readonly string[]): Promise<string> {
  const author = ["-c", "user.name=Author", "-c", "user.email=author@example.com"];
  const { stdout } = await promisify(execFile)("git", [...author, ...parameters], {
    cwd: folder,
    env: { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull },
  });
  return stdout.trim();
}
