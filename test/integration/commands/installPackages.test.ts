import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { folderForEachTest, writeFiles } from "../../support/temporaryFolder";

const script = "scripts/installPackages.js";

describe("the installation of the npm packages", () => {
  let folder: string;

  folderForEachTest((made) => {
    folder = made;
    for (const file of [script, "package.json", "package-lock.json", "sdks/vsphere/package.json"]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(repositoryRoot, file), join(folder, file));
    }
    // Does what npm does as far as this script sees it: a new node_modules.
    const npm = '#!/bin/sh\necho "$@" >> calls\nrm -rf node_modules\nmkdir node_modules\n';
    writeFiles(folder, { "bin/npm": npm, calls: "" });
    spawnSync("chmod", ["+x", join(folder, "bin/npm")]);
  });

  function install(): readonly string[] {
    const path = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
    const options = { cwd: folder, env: { ...process.env, PATH: path }, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("node", [script], options);
    assert.equal(status, 0, stderr);
    return readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  }

  it("takes what the lock file says, once", () => {
    assert.deepEqual(install(), ["ci --no-audit --no-fund"]);
    assert.deepEqual(install(), ["ci --no-audit --no-fund"]);
  });

  it("is done again when the lock file changed", () => {
    install();
    writeFiles(folder, { "package-lock.json": "{}" });
    assert.equal(install().length, 2);
  });
});
