import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFiles } from "../../../configuration/stackSettings";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

describe("files of the project", () => {
  const read = (path: string) => projectFiles(join(folder, "project"))(path);
  const wrong = (path: string): string => {
    const content = read(path);
    assert.ok("wrong" in content && content.remedy !== "", JSON.stringify(content));
    return content.wrong;
  };
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    writeFiles(folder, { "project/datastores/a.yaml": "- lün\n", "secret.yaml": "secret" });
  });

  afterEach(() => {
    removeFolder(folder);
  });

  it("are read by their paths from the project's folder", () => {
    for (const path of ["datastores/a.yaml", "./datastores/../datastores/a.yaml"]) {
      assert.deepEqual(read(path), { text: "- lün\n" });
    }
  });

  it("are not those outside of it, by no way", () => {
    symlinkSync(folder, join(folder, "project", "up"));
    symlinkSync("../secret.yaml", join(folder, "project", "link.yaml"));
    for (const path of [
      ...["../secret.yaml", "datastores/../../secret.yaml", "up/secret.yaml", "link.yaml"],
      ...[join(folder, "secret.yaml"), join(folder, "project", "datastores", "a.yaml"), ".."],
    ]) {
      assert.match(wrong(path), /^the file would be outside of the project's folder, /, path);
    }
  });

  it("that cannot be read are told in words", () => {
    writeFileSync(join(folder, "project", "latin1.yaml"), Buffer.from("- l\xfcn\n", "latin1"));
    symlinkSync("loop", join(folder, "project", "loop"));
    assert.match(wrong("missing.yaml"), /^there is no such file in the project's folder, \//);
    assert.match(wrong("datastores/a.yaml/b"), /^there is no such file/);
    assert.equal(wrong("datastores"), "it is not a file");
    assert.equal(wrong("."), "it is not a file");
    assert.equal(wrong("latin1.yaml"), "the file is not in UTF-8");
    assert.equal(wrong("loop"), "the file cannot be read (ELOOP)");
    assert.match(wrong("a\0b"), /^the file cannot be read \(/);
  });
});
