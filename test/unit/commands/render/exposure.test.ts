import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exposureOf } from "../../../../commands/render/exposure";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

describe("files with secrets", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => {
    removeFolder(folder);
  });

  it("can be committed by accident in a git repository that does not ignore their folder", async () => {
    execFileSync("git", ["init", "--quiet", folder]);
    mkdirSync(join(folder, "clusters"));
    assert.match((await exposureOf(join(folder, "clusters"))) ?? "", /do not commit them/);
  });

  it("cannot where the folder is ignored, and outside of a repository", async () => {
    mkdirSync(join(folder, "clusters"));
    assert.equal(await exposureOf(join(folder, "clusters")), undefined);
    execFileSync("git", ["init", "--quiet", folder]);
    writeFileSync(join(folder, ".gitignore"), "clusters/\n");
    assert.equal(await exposureOf(join(folder, "clusters")), undefined);
  });
});
