import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { RunFailure } from "../../../../template/runner/failure";
import { fetchSource } from "../../../../template/runner/fetchSource";
import { RunLog } from "../../../../template/runner/runLog";
import { Tools } from "../../../../template/runner/tools";
import { folderContents } from "../../../../template/folderContents";
import { deckhouseFolder, type DeckhouseSource } from "../../../../template/source";
import { Redaction } from "../../../../vcenter";
import { setVariable } from "../../../support/environment";
import {
  gitRepositoryWithOldFolder,
  oldPackerFolder,
  type GitRepository,
} from "../../../support/packerSource";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";
import { thrownBy } from "../../../support/thrownBy";

describe("fetching the Packer folder", () => {
  const path = process.env["PATH"];
  let repository: GitRepository;
  let folder: string;
  let target: string;
  let log: RunLog;

  before(async () => {
    repository = await gitRepositoryWithOldFolder();
  });

  after(async () => {
    await repository.remove();
  });

  beforeEach(() => {
    folder = temporaryFolder();
    target = join(folder, "run", "source");
    log = new RunLog(join(folder, "run.log"), new Redaction());
  });

  afterEach(() => {
    setVariable("PATH", path);
    log.close();
    removeFolder(folder);
  });

  function fetch(changes: Partial<DeckhouseSource> = {}, seconds = 60): Promise<void> {
    const { commit, path: address } = repository;
    return fetchSource(
      { kind: "deckhouse", ubuntu: "22.04", commit, repository: address, ...changes },
      target,
      { root: folder, tools: tools(), seconds },
    );
  }

  const tools = (): Tools => new Tools(log, new AbortController().signal, 1, () => undefined);

  async function failure(promise: Promise<void>): Promise<RunFailure> {
    const error = await thrownBy(promise);
    assert.ok(error instanceof RunFailure, String(error));
    assert.equal(error.stage, "fetch");
    assert.deepEqual(readdirSync(join(folder, "run")), [], "nothing is left of it");
    return error;
  }

  it("gets a commit by its hash, which is on no branch, and of it the folder alone", async () => {
    await fetch();
    assert.equal(folderContents(target), folderContents(oldPackerFolder));
    assert.deepEqual(readdirSync(join(folder, "run")), ["source"]);
  });

  it("gets it from a clone that is named from the root of the repository, and from an address", async () => {
    execFileSync("git", ["clone", "--quiet", "--mirror", repository.path, join(folder, "mirror")], {
      stdio: "ignore",
    });
    await fetch({ repository: "mirror" });
    assert.equal(folderContents(target), folderContents(oldPackerFolder));
    await fetch({ repository: `file://${repository.path}` });
    assert.equal(folderContents(target), folderContents(oldPackerFolder));
  });

  it("takes the place of what was there", async () => {
    writeFiles(target, { "old.pkr.hcl": "old" });
    await fetch();
    assert.ok(!existsSync(join(target, "old.pkr.hcl")));
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

  it("says that the commit is missing, and how another repository can be named", async () => {
    const commit = "1".repeat(40);
    const { message, remedy, excerpt } = await failure(fetch({ commit }));
    assert.match(message, /^git fetch failed \(exit code \d+\)$/);
    assert.ok(remedy.includes(`that it has the commit ${commit}; `), remedy);
    assert.ok(remedy.includes("templateImage.deckhouse.repository"), remedy);
    assert.ok(
      excerpt.some((line) => line.startsWith("fatal: ")),
      excerpt.join("\n"),
    );
  });

  it("says that the repository is not there", async () => {
    const { message, excerpt } = await failure(fetch({ repository: join(folder, "none") }));
    assert.match(message, /^git fetch failed /);
    assert.ok(excerpt.some((line) => line.includes("does not appear to be a git repository")));
  });

  it("says that the commit has no such folder", async () => {
    const commit = execFileSync("git", ["rev-parse", "main"], {
      ...{ cwd: repository.path, encoding: "utf8" },
    }).trim();
    const { message, remedy } = await failure(fetch({ commit }));
    assert.match(message, /^git checkout failed /);
    assert.equal(
      remedy,
      `the commit has no folder ${deckhouseFolder}: name another one as templateImage.deckhouse.commit (docs/templates.md)`,
    );
  });

  it("ends when it takes too long", async () => {
    writeFiles(folder, {
      "bin/git": '#!/bin/sh\ncase "$*" in *fetch*) echo waiting; exec sleep 30;; esac\n',
    });
    chmodSync(join(folder, "bin/git"), 0o755);
    process.env["PATH"] = `${join(folder, "bin")}:${path ?? ""}`;
    const { message, excerpt } = await failure(fetch({}, 1));
    assert.equal(message, "git fetch took longer than 1 s");
    assert.deepEqual(excerpt, ["waiting"]);
  });

  it("says that there is no git", async () => {
    process.env["PATH"] = join(folder, "bin");
    const { message, remedy } = await failure(fetch());
    assert.deepEqual(
      [message, remedy],
      ["git could not be started", "put git on the PATH of pulumi"],
    );
  });

  it("copies a folder of this machine with what its links lead to, and leaves it as it was", async () => {
    const root = join(__dirname, "../../../..");
    const fetching = { root, tools: tools(), seconds: 1 };
    const own = join(root, "template/packer/ubuntu-24.04");
    const before = folderContents(own);
    await fetchSource({ kind: "builtin", ubuntu: "24.04" }, target, fetching);
    assert.equal(folderContents(target), before);
    const entries = readdirSync(target, { withFileTypes: true, recursive: true });
    assert.ok(entries.every((entry) => !entry.isSymbolicLink()));
    writeFiles(target, { "scripts/verify.sh": "changed" });
    assert.equal(folderContents(own), before);
  });

  it("says that a folder of this machine is not there, or is none", async () => {
    writeFiles(folder, { file: "", "run/.keep": "" });
    for (const name of ["none", "file"]) {
      const error = await thrownBy(
        fetchSource({ kind: "directory", path: name, name: "ours", variableFiles: [] }, target, {
          root: folder,
          tools: tools(),
          seconds: 1,
        }),
      );
      assert.ok(error instanceof RunFailure);
      assert.equal(error.message, `${join(folder, name)}: there is no such folder`);
      assert.equal(error.remedy, "correct templateImage.directory.path");
    }
  });
});
