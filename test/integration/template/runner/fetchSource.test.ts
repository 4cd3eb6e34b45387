import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../../scripts/lab/folders";
import { folderContents, deckhouseFolder, type DeckhouseSource } from "../../../../template/recipe";
import { Tools } from "../../../../template/runner/childProcess";
import { RunFailure } from "../../../../template/runner/failure";
import { fetchSource } from "../../../../template/runner/fetchSource";
import { RunLog } from "../../../../template/runner/runLog";
import { Redaction } from "../../../../vcenter";
import { setVariable } from "../../../support/environment";
import {
  gitRepositoryWithOldFolder,
  oldPackerFolder,
  type GitRepository,
} from "../../../support/packerSource";
import { folderForEachTest, removeFolder, writeFiles } from "../../../support/temporaryFolder";
import { thrownBy } from "../../../support/thrownBy";

describe("fetching the Packer folder", () => {
  const path = process.env["PATH"];
  let repository: GitRepository;
  let folder: string;
  let target: string;
  let log: RunLog;
  let tools: Tools;

  before(async () => {
    repository = await gitRepositoryWithOldFolder();
  });

  after(() => repository.remove());

  folderForEachTest((made) => {
    folder = made;
    target = join(folder, "run", "source");
    log = new RunLog(join(folder, "run.log"), new Redaction());
    tools = new Tools({ log, signal: new AbortController().signal, grace: 1 });
  });

  afterEach(() => {
    setVariable("PATH", path);
    log.close();
  });

  function fetch(changes: Partial<DeckhouseSource> = {}, seconds = 60): Promise<void> {
    const { commit, path: address } = repository;
    return fetchSource(
      { kind: "deckhouse", ubuntu: "22.04", commit, repository: address, ...changes },
      target,
      { root: folder, tools, seconds },
    );
  }

  /** Asserts that fetching fails with such a text and excerpt, and leaves nothing behind. */
  async function assertFailure(
    promise: Promise<void>,
    text: RegExp | string,
    line?: string,
  ): Promise<void> {
    const error = await thrownBy(promise);
    assert.ok(error instanceof RunFailure && error.stage === "fetch", String(error));
    if (typeof text === "string") assert.equal(error.message, text);
    else assert.match(error.message, text);
    const { excerpt } = error;
    assert.ok(
      line === undefined || excerpt.some((each) => each.includes(line)),
      excerpt.join("\n"),
    );
    assert.deepEqual(readdirSync(join(folder, "run")), []);
  }

  it("gets a commit by its hash, which is on no branch, and of it the folder alone", async () => {
    writeFiles(target, { "old.pkr.hcl": "replaced" });
    await fetch();
    const heads = execFileSync("git", ["ls-remote", "--heads", repository.path]).toString();
    assert.ok(heads.includes("refs/heads/main") && !heads.includes(repository.commit), heads);
    assert.equal(folderContents(target), folderContents(oldPackerFolder));
    assert.ok(existsSync(join(target, "boot_config/ubuntu-22.04/meta-data")));
    assert.deepEqual(readdirSync(join(folder, "run")), ["source"]);
  });

  it("gets it from a clone that is named relative to the root of the repository, and from a URL", async () => {
    execFileSync("git", ["clone", "--quiet", "--mirror", repository.path, join(folder, "mirror")], {
      stdio: "ignore",
    });
    for (const address of ["mirror", `file://${repository.path}`]) {
      await fetch({ repository: address });
      assert.equal(folderContents(target), folderContents(oldPackerFolder));
    }
  });

  it("does not touch the repository whose hook runs Pulumi", async () => {
    const hooked = join(folder, "hooked");
    execFileSync("git", ["init", "--quiet", hooked]);
    const config = readFileSync(join(hooked, ".git/config"), "utf8");
    const variables = { GIT_DIR: join(hooked, ".git"), GIT_WORK_TREE: hooked };
    for (const [name, value] of Object.entries(variables)) setVariable(name, value);
    try {
      await fetch();
    } finally {
      for (const name of Object.keys(variables)) setVariable(name, undefined);
    }
    assert.equal(readFileSync(join(hooked, ".git/config"), "utf8"), config);
    assert.deepEqual(readdirSync(hooked), [".git"]);
  });

  it("reports a missing commit and repository, and that another repository can be named", async () => {
    const commit = "1".repeat(40);
    const text =
      /^git fetch: failed \(exit code \d+\): check .* that the commit 1{40} is in it, or .*deckhouse\.repository$/;
    await assertFailure(fetch({ commit }), text, "fatal: ");
    const none = fetch({ repository: join(folder, "none") });
    await assertFailure(none, /^git fetch: failed /, "does not appear to be a git repository");
  });

  it("reports a commit without the folder", async () => {
    const commit = execFileSync("git", ["rev-parse", "main"], { cwd: repository.path });
    await assertFailure(
      fetch({ commit: commit.toString().trim() }),
      `git checkout: failed (exit code 1): name a commit that contains the folder ${deckhouseFolder} as ` +
        "templateImage.deckhouse.commit (docs/templates.md)",
    );
  });

  it("ends when it takes too long", async () => {
    writeFiles(folder, {
      "bin/git": '#!/bin/sh\ncase "$*" in *fetch*) echo waiting; exec sleep 30;; esac\n',
    });
    chmodSync(join(folder, "bin/git"), 0o755);
    process.env["PATH"] = `${join(folder, "bin")}:${path ?? ""}`;
    await assertFailure(fetch({}, 1), /^git fetch: took longer than 1 s: .*timeouts\)$/, "waiting");
  });

  it("reports that there is no git", async () => {
    process.env["PATH"] = join(folder, "bin");
    await assertFailure(
      fetch(),
      "git init: git could not be started: put git on the PATH of pulumi",
    );
  });

  it("copies a local folder with what its links point to, and leaves it as it was", async () => {
    const own = join(repositoryRoot, "template/packer/ubuntu-24.04");
    const before = folderContents(own);
    const fetching = { root: repositoryRoot, tools, seconds: 1 };
    await fetchSource({ kind: "builtin", ubuntu: "24.04" }, target, fetching);
    assert.equal(folderContents(target), before);
    const entries = readdirSync(target, { withFileTypes: true, recursive: true });
    assert.ok(entries.every((entry) => !entry.isSymbolicLink()));
    writeFiles(target, { "scripts/verify.sh": "changed" });
    assert.equal(folderContents(own), before);
  });

  it("reports that a local folder does not exist, or is none", async () => {
    writeFiles(folder, { file: "", "run/.keep": "" });
    removeFolder(join(folder, "run/.keep"));
    for (const name of ["none", "file"]) {
      const source = { kind: "directory", path: name, name: "ours", variableFiles: [] } as const;
      await assertFailure(
        fetchSource(source, target, { root: folder, tools, seconds: 1 }),
        `${join(folder, name)}: no such folder: correct templateImage.directory.path`,
      );
    }
  });
});
