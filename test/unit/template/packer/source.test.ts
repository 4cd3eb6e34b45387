import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  gitRepositoryWithOldFolder,
  oldPackerFolder,
  oldPackerFolderInRepository,
  type GitRepository,
} from "../../../support/packerSource";

describe("the repository with the imitation of the old Packer folder", () => {
  let repository: GitRepository;
  let clone: string;

  before(async () => {
    repository = await gitRepositoryWithOldFolder();
    clone = mkdtempSync(join(tmpdir(), "clone-"));
    git("init", "--quiet");
  });

  after(async () => {
    rmSync(clone, { recursive: true, force: true });
    await repository.remove();
  });

  function git(...parameters: readonly string[]): string {
    return execFileSync("git", parameters, { cwd: clone, encoding: "utf8", stdio: "pipe" });
  }

  it("gives the folder to a shallow fetch by hash, with every file", () => {
    assert.match(repository.commit, /^[0-9a-f]{40}$/);
    git("fetch", "--quiet", "--depth=1", repository.path, repository.commit);
    git("checkout", "--quiet", "FETCH_HEAD");
    const fetched = readdirSync(join(clone, oldPackerFolderInRepository), {
      recursive: true,
      encoding: "utf8",
    });
    const original = readdirSync(oldPackerFolder, { recursive: true, encoding: "utf8" });
    assert.deepEqual(fetched.sort(), original.sort());
    assert.ok(fetched.includes("boot_config/ubuntu-22.04/meta-data"));
  });

  it("does not have it on any branch", () => {
    const branches = git("ls-remote", "--heads", repository.path);
    assert.match(branches, /^[0-9a-f]{40}\trefs\/heads\/main\n$/);
    assert.ok(!branches.includes(repository.commit));
  });
});
